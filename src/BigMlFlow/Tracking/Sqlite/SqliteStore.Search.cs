using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Tracking.Sqlite.Search;
using Microsoft.Data.Sqlite;

namespace BigMlFlow.Tracking.Sqlite;

/// <summary>Searches.</summary>
internal sealed partial class SqliteStore
{
    private const string IsPromptTag = "mlflow.prompt.is_prompt";

    public Task<Page<Experiment>> SearchExperimentsAsync(SearchRequest request, CancellationToken cancellation)
        => SearchAsync(
            Grammars.Experiments, request, new PageSizes(1000, 50_000), "SELECT e.experiment_id FROM experiments e WHERE 1 = 1",
            query => query.Where(request.View, "e.lifecycle_stage"), row => row.GetInt64(0), ReadExperiments, inWorkspace: true, cancellation);

    public Task<Page<Run>> SearchRunsAsync(IReadOnlyCollection<string> experimentIds, SearchRequest request, CancellationToken cancellation)
        => SearchAsync(
            Grammars.Runs, request, new PageSizes(1000, 50_000), "SELECT r.run_uuid FROM runs r WHERE 1 = 1",
            query =>
            {
                query.Where("r.experiment_id IN (SELECT value FROM json_each({0}))", Session.List(Keys(experimentIds)));
                query.Where(request.View, "r.lifecycle_stage");
            },
            row => row.StringAt(0), ReadRuns, inWorkspace: false, cancellation);

    public Task<Page<LoggedModel>> SearchLoggedModelsAsync(IReadOnlyCollection<string> experimentIds, SearchRequest request, CancellationToken cancellation)
    {
        // Where a page begins depends on what is searched for: MLflow's tokens say both.
        List<Ordering> order = FilterReader.ReadOrder(request.OrderBy, Grammars.LoggedModels);
        long offset = PageToken.Read(request.PageToken, experimentIds, request.Filter, order);
        var search = new Search<LoggedModel, string>(
            Grammars.LoggedModels, request, new PageSizes(100, int.MaxValue - 1), "SELECT m.model_id FROM logged_models m WHERE 1 = 1",
            query =>
            {
                query.Where("m.experiment_id IN (SELECT value FROM json_each({0}))", Session.List(Keys(experimentIds)));
                query.Where(request.View, "m.lifecycle_stage");
            },
            row => row.StringAt(0), ReadLoggedModels, offset, next => PageToken.Write(next, experimentIds, request.Filter, order));
        return _database.ReadAsync(session => session.Schema.HasLoggedModels ? search.Run(session) : new Page<LoggedModel>([], null), cancellation);
    }

    public Task<Page<RegisteredModel>> SearchRegisteredModelsAsync(SearchRequest request, CancellationToken cancellation)
        => SearchAsync(
            Grammars.RegisteredModels, request, new PageSizes(100, 1000), "SELECT n.name FROM registered_models n WHERE 1 = 1",
            _ => { }, row => row.StringAt(0), ReadRegisteredModels, inWorkspace: true, cancellation);

    public Task<Page<ModelVersion>> SearchVersionsAsync(SearchRequest request, CancellationToken cancellation)
        => SearchAsync(
            Grammars.ModelVersions, request, new PageSizes(10_000, 200_000), "SELECT v.name, v.version FROM model_versions v WHERE 1 = 1",
            query => query.Where("v.current_stage <> {0}", DeletedVersion),
            row => new VersionKey(row.StringAt(0), row.GetInt32(1)), ReadVersions, inWorkspace: true, cancellation);

    private Task<Page<T>> SearchAsync<T, TKey>(
        Grammar grammar, SearchRequest request, PageSizes sizes, string select, Action<SearchQuery> limit, Func<SqliteDataReader, TKey> key,
        Func<Session, IReadOnlyCollection<TKey>, List<T>> read, bool inWorkspace, CancellationToken cancellation)
    {
        var search = new Search<T, TKey>(grammar, request, sizes, select, limit, key, read, PageToken.Read(request.PageToken), PageToken.Write) { InWorkspace = inWorkspace };
        return _database.ReadAsync(search.Run, cancellation);
    }

    /// <param name="Usual">How many a page has where nothing is said.</param>
    /// <param name="Most">How many it may have.</param>
    private sealed record PageSizes(int Usual, int Most);

    /// <summary>A search, read and checked before the database is touched.</summary>
    private sealed class Search<T, TKey>
    {
        private readonly Grammar _grammar;
        private readonly string _select;
        private readonly Action<SearchQuery> _limit;
        private readonly Func<SqliteDataReader, TKey> _key;
        private readonly Func<Session, IReadOnlyCollection<TKey>, List<T>> _read;
        private readonly long _offset;
        private readonly Func<long, string> _token;
        private readonly int _size;
        private readonly List<Comparison> _filter;
        private readonly List<Ordering> _order;

        internal Search(
            Grammar grammar, SearchRequest request, PageSizes sizes, string select, Action<SearchQuery> limit, Func<SqliteDataReader, TKey> key,
            Func<Session, IReadOnlyCollection<TKey>, List<T>> read, long offset, Func<long, string> token)
        {
            Limits.CheckSearch(request, sizes.Most);
            (_grammar, _select, _limit, _key, _read, _offset, _token) = (grammar, select, limit, key, read, offset, token);
            _size = request.MaxResults ?? sizes.Usual;
            _filter = FilterReader.ReadFilter(request.Filter, grammar);
            _order = FilterReader.ReadOrder(request.OrderBy, grammar);
        }

        internal bool InWorkspace { get; init; }

        internal Page<T> Run(Session session)
        {
            var query = new SearchQuery(_grammar, _select + (InWorkspace ? session.Schema.InWorkspace : string.Empty));
            _limit(query);
            query.Where(WithoutPrompts(query));
            query.OrderBy(_order);
            List<TKey> keys = query.Page(session, _key, _offset, _size);
            bool isLast = keys.Count <= _size;
            return new Page<T>(_read(session, isLast ? keys : keys.GetRange(0, _size)), isLast ? null : _token(_offset + _size));
        }

        /// <summary>Prompts are kept as registered models with a tag. Only a filter that asks for the tag finds them; one that asks for its absence finds models without the tag, too.</summary>
        private IEnumerable<Comparison> WithoutPrompts(SearchQuery query)
        {
            if (_grammar != Grammars.RegisteredModels && _grammar != Grammars.ModelVersions)
                return _filter;
            ILookup<bool, Comparison> aboutPrompts = _filter.ToLookup(part => part.Field is { Kind: FieldKind.Tag, Key: IsPromptTag } && part.Value is TextValue && part.Operator is ("=" or "!="));
            bool wanted = aboutPrompts[true].Any(part => (part.Operator == "=") == (((TextValue)part.Value).Text == "true"));
            KeyedTable tags = _grammar.Tables[FieldKind.Tag];
            query.Where((wanted ? "EXISTS" : "NOT EXISTS") + $" (SELECT 1 FROM {tags.Rows} AND x.key = {{0}} AND x.value = 'true')", IsPromptTag);
            return aboutPrompts[false];
        }
    }
}
