using System;
using System.Collections.Generic;
using System.Linq;
using BigMlFlow.Models.Resources;

namespace BigMlFlow.Models.Fields;

/// <summary>Reads the <c>fields</c> of a resource: the one place where they are modelled, for every type.</summary>
internal static class FieldReader
{
    /// <summary>Reads an object of fields by id.</summary>
    /// <param name="fields">The object.</param>
    /// <param name="leftOut">The ids of fields that are to be as if they were not there; null for none.</param>
    /// <returns>The fields in the document's order, each at the slot of its place.</returns>
    internal static List<Field> Read(JsonView fields, ICollection<string>? leftOut = null)
    {
        var all = new List<Field>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, JsonView> member in fields.Members())
        {
            if (!seen.Add(member.Key))
                throw fields.Error($"The field {member.Key} comes twice.");
            if (leftOut is not null && leftOut.Contains(member.Key))
                continue;
            all.Add(Read(member.Key, all.Count, member.Value));
        }
        return all;
    }

    /// <summary>The fields that a list of ids names; those that are not there are an error, which says whose list it is.</summary>
    internal static List<Field> Named(JsonView ids, IReadOnlyList<Field> all, ICollection<string>? leftOut = null)
    {
        Dictionary<string, Field> byId = all.ToDictionary(field => field.Id, StringComparer.Ordinal);
        var named = new List<Field>();
        foreach (JsonView item in ids.Items())
        {
            string id = item.AsString();
            if (leftOut is not null && leftOut.Contains(id))
                continue;
            named.Add(byId.TryGetValue(id, out Field? field)
                ? field
                : throw item.Error($"There is no field {id} among the model's fields: the export lacks fields. Export it with all of them."));
        }
        return named;
    }

    /// <summary>The inputs that a list of ids names; where there is no list, or an empty one, all fields but the objective, by column.</summary>
    internal static List<Field> Inputs(JsonView ids, IReadOnlyList<Field> all, Field? objective = null, ICollection<string>? leftOut = null)
        => ids.Count > 0 ? Named(ids, all, leftOut) : all.Where(field => field != objective).OrderBy(field => field.ColumnNumber).ToList();

    /// <summary>The texts of <c>missing_tokens</c>; null where the resource has none, so that the default ones apply.</summary>
    internal static IReadOnlyList<string>? MissingTokens(JsonView owner)
    {
        JsonView tokens = owner["missing_tokens"];
        return tokens.IsNull ? null : tokens.Items().Where(item => item.IsString).Select(item => item.AsString()).ToList();
    }

    private static Field Read(string id, int slot, JsonView json)
    {
        OpType opType = OpTypeOf(json.String("optype"));
        JsonView summary = json["summary"];
        string name = json.String("name");
        return new Field(id, slot, opType)
        {
            Name = name,
            OriginalName = name,
            DataType = json.OptionalString("datatype") ?? string.Empty,
            ColumnNumber = json.OptionalInteger("column_number") ?? slot,
            Preferred = json.Flag("preferred", absent: true),
            Importance = json["importance"].IsNumber ? json.OptionalNumber("importance") : null,
            Prefix = json["prefix"].IsString ? json.OptionalString("prefix") : null,
            Suffix = json["suffix"].IsString ? json.OptionalString("suffix") : null,
            Statistics = Statistics(summary),
            TermOptions = opType == OpType.Text ? Terms(json, summary) : null,
            ItemOptions = opType == OpType.Items ? Items(json, summary) : null,
            ParentId = json["parent_ids"].Count > 0 ? json["parent_ids"].ItemAt(0).AsString() : null,
            TimeFormats = json["time_formats"].IsArray ? json["time_formats"].Strings() : [],
        }.WithCategories(opType == OpType.Categorical ? Counted(summary["categories"]) : []);
    }

    private static Field WithCategories(this Field field, IReadOnlyList<Category> categories)
    {
        field.Categories = categories;
        field.Codes = new Dictionary<string, int>(categories.Count, StringComparer.Ordinal);
        for (int code = categories.Count - 1; code >= 0; code--)
            field.Codes[categories[code].Name] = code; // of equal names the first counts
        return field;
    }

    private static OpType OpTypeOf(string text) => text switch
    {
        "numeric" => OpType.Numeric,
        "categorical" => OpType.Categorical,
        "text" => OpType.Text,
        "items" => OpType.Items,
        "datetime" => OpType.DateTime,
        _ => OpType.Other,
    };

    private static Dictionary<string, double> Statistics(JsonView summary)
    {
        var statistics = new Dictionary<string, double>(StringComparer.Ordinal);
        if (summary.IsObject)
        {
            foreach (KeyValuePair<string, JsonView> member in summary.Members())
            {
                if (member.Value.IsNumber)
                    statistics[member.Key] = member.Value.AsNumber();
            }
        }
        return statistics;
    }

    /// <summary>A list of [name, count] pairs. Names that are numbers or flags in the document keep their JSON text.</summary>
    private static List<Category> Counted(JsonView pairs)
    {
        var categories = new List<Category>();
        if (pairs.IsNull)
            return categories;
        foreach (JsonView pair in pairs.Items())
        {
            JsonView name = pair.ItemAt(0);
            JsonView count = pair.ItemAt(1);
            categories.Add(new Category(name.IsString ? name.AsString() : name.Element.GetRawText(), count.AsNumber()));
        }
        return categories;
    }

    private static TermAnalysis Terms(JsonView field, JsonView summary)
    {
        JsonView analysis = field["term_analysis"];
        var forms = new List<KeyValuePair<string, IReadOnlyList<string>>>();
        JsonView termForms = summary["term_forms"];
        if (termForms.IsObject)
        {
            foreach (KeyValuePair<string, JsonView> member in termForms.Members())
                forms.Add(new(member.Key, member.Value.Strings()));
        }
        return new TermAnalysis(
            analysis["case_sensitive"].IsNull ? null : analysis.Flag("case_sensitive"),
            analysis.OptionalString("token_mode"),
            analysis.OptionalString("language"),
            Counted(summary["tag_cloud"]),
            forms);
    }

    private static ItemAnalysis Items(JsonView field, JsonView summary)
    {
        JsonView analysis = field["item_analysis"];
        return new ItemAnalysis(
            analysis.OptionalString("separator"),
            analysis.OptionalString("separator_regexp"),
            Counted(summary["items"]));
    }
}
