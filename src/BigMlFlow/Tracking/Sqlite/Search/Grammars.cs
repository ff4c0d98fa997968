using System.Collections.Generic;

namespace BigMlFlow.Tracking.Sqlite.Search;

/// <summary>The entities that are searched for, with the keys, comparisons and orders of MLflow 3.17, which takes all that earlier ones take.</summary>
internal static class Grammars
{
    private static readonly Dictionary<string, FieldKind> TagsAndAttributes = new()
    {
        ["attribute"] = FieldKind.Attribute,
        ["tag"] = FieldKind.Tag,
        ["tags"] = FieldKind.Tag,
    };

    /// <summary>Experiments, as <c>e</c>.</summary>
    internal static Grammar Experiments { get; } = new()
    {
        Of = "experiments",
        Entities = TagsAndAttributes,
        Attributes = new Dictionary<string, SearchAttribute>
        {
            ["name"] = new(AttributeType.Text, "e.name"),
            ["experiment_id"] = new(AttributeType.ListedText, "CAST(e.experiment_id AS TEXT)"),
            ["creation_time"] = new(AttributeType.Number, "e.creation_time"),
            ["last_update_time"] = new(AttributeType.Number, "e.last_update_time"),
        },
        Orders = new Dictionary<string, string>
        {
            ["name"] = "e.name",
            ["experiment_id"] = "e.experiment_id",
            ["creation_time"] = "e.creation_time",
            ["last_update_time"] = "e.last_update_time",
        },
        Tables = new Dictionary<FieldKind, KeyedTable> { [FieldKind.Tag] = new("experiment_tags x WHERE x.experiment_id = e.experiment_id", "key", "value") },
        DefaultOrder = "e.creation_time DESC, e.experiment_id",
        TieOrder = "e.experiment_id DESC",
    };

    /// <summary>Runs, as <c>r</c>.</summary>
    internal static Grammar Runs { get; } = new()
    {
        Of = "runs",
        Entities = new Dictionary<string, FieldKind>
        {
            ["metric"] = FieldKind.Metric,
            ["metrics"] = FieldKind.Metric,
            ["param"] = FieldKind.Parameter,
            ["params"] = FieldKind.Parameter,
            ["parameter"] = FieldKind.Parameter,
            ["parameters"] = FieldKind.Parameter,
            ["tag"] = FieldKind.Tag,
            ["tags"] = FieldKind.Tag,
            ["attribute"] = FieldKind.Attribute,
            ["attributes"] = FieldKind.Attribute,
            ["attr"] = FieldKind.Attribute,
            ["run"] = FieldKind.Attribute,
            ["dataset"] = FieldKind.Dataset,
            ["datasets"] = FieldKind.Dataset,
        },
        Attributes = new Dictionary<string, SearchAttribute>
        {
            ["run_id"] = new(AttributeType.ListedText, "r.run_uuid"),
            ["status"] = new(AttributeType.Text, "r.status"),
            ["user_id"] = new(AttributeType.Text, "r.user_id"),
            ["artifact_uri"] = new(AttributeType.Text, "r.artifact_uri"),
            ["start_time"] = new(AttributeType.Number, "r.start_time"),
            ["created"] = new(AttributeType.Number, "r.start_time"),
            ["Created"] = new(AttributeType.Number, "r.start_time"),
            ["end_time"] = new(AttributeType.Number, "r.end_time"),
        },
        AttributeTags = new Dictionary<string, string>
        {
            ["run_name"] = "mlflow.runName",
            ["run name"] = "mlflow.runName",
            ["Run name"] = "mlflow.runName",
            ["Run Name"] = "mlflow.runName",
        },
        Orders = new Dictionary<string, string>
        {
            ["run_id"] = "r.run_uuid",
            ["run_name"] = "r.name",
            ["status"] = "r.status",
            ["user_id"] = "r.user_id",
            ["artifact_uri"] = "r.artifact_uri",
            ["start_time"] = "r.start_time",
            ["created"] = "r.start_time",
            ["Created"] = "r.start_time",
            ["end_time"] = "r.end_time",
        },
        KeyedOrders = [FieldKind.Metric, FieldKind.Parameter, FieldKind.Tag],
        Tables = new Dictionary<FieldKind, KeyedTable>
        {
            [FieldKind.Metric] = new("latest_metrics x WHERE x.run_uuid = r.run_uuid", "key", "value", IsNaN: "x.is_nan"),
            [FieldKind.Parameter] = new("params x WHERE x.run_uuid = r.run_uuid", "key", "value"),
            [FieldKind.Tag] = new("tags x WHERE x.run_uuid = r.run_uuid", "key", "value"),
        },
        Datasets = new Dictionary<string, string> { ["name"] = "d.name", ["digest"] = "d.digest", ["context"] = "c.value" },
        DatasetRows = "inputs i JOIN datasets d ON d.dataset_uuid = i.source_id LEFT JOIN input_tags c ON c.input_uuid = i.input_uuid AND c.name = 'mlflow.data.context' "
            + "WHERE i.source_type = 'DATASET' AND i.destination_type = 'RUN' AND i.destination_id = r.run_uuid",
        DefaultOrder = "r.start_time DESC, r.run_uuid",
        TieOrder = "r.start_time DESC, r.run_uuid",
    };

    /// <summary>Logged models, as <c>m</c>.</summary>
    internal static Grammar LoggedModels { get; } = new()
    {
        Of = "logged models",
        Entities = new Dictionary<string, FieldKind>
        {
            ["metrics"] = FieldKind.Metric,
            ["params"] = FieldKind.Parameter,
            ["tags"] = FieldKind.Tag,
            ["attributes"] = FieldKind.Attribute,
        },
        Attributes = new Dictionary<string, SearchAttribute>
        {
            ["model_id"] = new(AttributeType.ListedText, "m.model_id"),
            ["name"] = new(AttributeType.ListedText, "m.name"),
            ["model_type"] = new(AttributeType.ListedText, "m.model_type"),
            ["source_run_id"] = new(AttributeType.ListedText, "m.source_run_id"),
            ["experiment_id"] = new(AttributeType.ListedText, "CAST(m.experiment_id AS TEXT)"),
            ["artifact_location"] = new(AttributeType.ListedText, "m.artifact_location"),
            ["status_message"] = new(AttributeType.ListedText, "m.status_message"),
            // Numbers in the database. MLflow compares them with texts as they are, and so finds none by its name.
            ["status"] = new(AttributeType.ListedText, "CASE m.status WHEN 1 THEN 'PENDING' WHEN 2 THEN 'READY' WHEN 3 THEN 'FAILED' ELSE 'UNSPECIFIED' END", "m.status"),
            ["creation_timestamp"] = new(AttributeType.Number, "m.creation_timestamp_ms"),
            ["creation_time"] = new(AttributeType.Number, "m.creation_timestamp_ms"),
            ["last_updated_timestamp"] = new(AttributeType.Number, "m.last_updated_timestamp_ms"),
        },
        Orders = new Dictionary<string, string>
        {
            ["model_id"] = "m.model_id",
            ["name"] = "m.name",
            ["model_type"] = "m.model_type",
            ["source_run_id"] = "m.source_run_id",
            ["experiment_id"] = "m.experiment_id",
            ["artifact_location"] = "m.artifact_location",
            ["status"] = "m.status",
            ["creation_timestamp"] = "m.creation_timestamp_ms",
            ["creation_time"] = "m.creation_timestamp_ms",
            ["last_updated_timestamp"] = "m.last_updated_timestamp_ms",
        },
        KeyedOrders = [FieldKind.Metric],
        Tables = new Dictionary<FieldKind, KeyedTable>
        {
            [FieldKind.Metric] = new(
                "logged_model_metrics x WHERE x.model_id = m.model_id", "metric_name", "metric_value", IsNaN: "x.metric_value IS NULL",
                Latest: " ORDER BY x.metric_timestamp_ms DESC, x.metric_step DESC, x.run_id"),
            [FieldKind.Parameter] = new("logged_model_params x WHERE x.model_id = m.model_id", "param_key", "param_value"),
            [FieldKind.Tag] = new("logged_model_tags x WHERE x.model_id = m.model_id", "tag_key", "tag_value"),
        },
        ListsKeyed = true,
        DefaultOrder = "m.creation_timestamp_ms DESC, m.model_id",
        TieOrder = "m.creation_timestamp_ms DESC, m.model_id",
    };

    /// <summary>Registered models, as <c>n</c>.</summary>
    internal static Grammar RegisteredModels { get; } = new()
    {
        Of = "registered models",
        Entities = TagsAndAttributes,
        Attributes = new Dictionary<string, SearchAttribute> { ["name"] = new(AttributeType.ListedText, "n.name") },
        Orders = new Dictionary<string, string>
        {
            ["name"] = "n.name",
            ["timestamp"] = "n.last_updated_time",
            ["last_updated_timestamp"] = "n.last_updated_time",
        },
        Tables = new Dictionary<FieldKind, KeyedTable> { [FieldKind.Tag] = new("registered_model_tags x WHERE x.name = n.name", "key", "value") },
        DefaultOrder = "n.name",
        TieOrder = "n.name",
    };

    /// <summary>Versions of registered models, as <c>v</c>.</summary>
    internal static Grammar ModelVersions { get; } = new()
    {
        Of = "model versions",
        Entities = TagsAndAttributes,
        Attributes = new Dictionary<string, SearchAttribute>
        {
            ["name"] = new(AttributeType.ListedText, "v.name"),
            ["run_id"] = new(AttributeType.ListedText, "v.run_id"),
            ["source_path"] = new(AttributeType.Text, "v.source"),
            ["version_number"] = new(AttributeType.QuotableNumber, "v.version"),
        },
        Orders = new Dictionary<string, string>
        {
            ["name"] = "v.name",
            ["version_number"] = "v.version",
            ["creation_timestamp"] = "v.creation_time",
            ["last_updated_timestamp"] = "v.last_updated_time",
        },
        Tables = new Dictionary<FieldKind, KeyedTable> { [FieldKind.Tag] = new("model_version_tags x WHERE x.name = v.name AND x.version = v.version", "key", "value") },
        DefaultOrder = "v.last_updated_time DESC, v.name, v.version DESC",
        TieOrder = "v.name, v.version DESC",
    };
}
