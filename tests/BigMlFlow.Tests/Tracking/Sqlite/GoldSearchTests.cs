using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.Tracking;
using BigMlFlow.Tracking.Sqlite;
using Xunit;

namespace BigMlFlow.Tests.Tracking.Sqlite;

/// <summary>Searches give the ids that Python's MLflow gives on the same database, in the same order, page by page with the same tokens.</summary>
public sealed class GoldSearchTests(ITestOutputHelper output)
{
    /// <summary>What is not the same, on purpose.</summary>
    private static readonly Dictionary<(string Version, string Api, string Filter), string[]> Defects = new()
    {
        // MLflow compares the stored number of the status with the text.
        [("3.17.2", "search_logged_models", "status = 'READY'")] = ["m-50c758d96f3a4c5ea5aafd74aad2cdb7", "m-06d7b21e9d554e62bcc8cd8825bdeeca", "m-2d338cc7ff334c81a72fd9d401c09a06"],
        [("3.17.2", "search_logged_models", "status = 'FAILED'")] = ["m-563e975ade3d48ff977fc18f2da70116"],
        [("3.17.2", "search_logged_models", "status != 'READY'")] = ["m-3d06ac16d3a5477589b65d87708f16dc", "m-563e975ade3d48ff977fc18f2da70116"],
        // MLflow 2 compares the zero that stands for a NaN.
        [("2.22.5", "search_runs", "metric.nan = 0")] = [],
    };

    [Theory]
    [InlineData("2.22.5", 215)]
    [InlineData("3.17.2", 260)]
    public async Task AllSearches(string version, int least)
    {
        using var gold = new GoldStore(version);
        HashSet<string> takenByLater = [.. GoldStore.Expectations("3.17.2").GetProperty("queries").EnumerateArray().Where(query => !query.TryGetProperty("error", out _)).Select(Question)];
        var differences = new List<string>();
        int compared = 0;
        foreach (JsonElement query in gold.Expected.GetProperty("queries").EnumerateArray())
        {
            // Requests cannot ask for the metrics of one dataset.
            if (query.GetRawText().Contains("\"dataset_name\""))
                continue;
            compared++;
            if (await Difference(gold.Store, version, query, takenByLater) is { } difference)
                differences.Add($"{query.GetProperty("api")} {query.GetProperty("args")}: {difference}");
        }
        output.WriteLine($"{compared} searches compared");
        Assert.True(differences.Count == 0, $"{differences.Count} of {compared} differ:\n{string.Join('\n', differences)}");
        Assert.True(compared >= least, $"Only {compared} searches were compared.");
    }

    private static string Question(JsonElement query) => query.GetProperty("api").GetString() + query.GetProperty("args").GetRawText();

    private static async Task<string?> Difference(SqliteStore store, string version, JsonElement query, HashSet<string> takenByLater)
    {
        JsonElement arguments = query.GetProperty("args");
        string api = query.GetProperty("api").GetString()!;
        string? filter = arguments.TryGetProperty("filter_string", out JsonElement text) ? text.GetString() : null;
        string[]? expected = query.TryGetProperty("ids", out JsonElement ids) ? [.. ids.EnumerateArray().Select(id => id.GetString()!)] : null;
        if (Defects.TryGetValue((version, api, filter ?? string.Empty), out string[]? right))
            expected = right;
        List<string[]> pages;
        string? token;
        try
        {
            (pages, token) = await Pages(store, api, arguments, filter);
        }
        catch (TrackingException error)
        {
            return expected is not null ? $"{error.Error}: {error.Message}" : error.Error == TrackingError.InvalidValue ? null : $"is {error.Error}, not InvalidValue: {error.Message}";
        }
        if (expected is null)
        {
            // A filter that is empty is none, also on the second page, where MLflow takes it for another; and what MLflow 3 takes is taken.
            return (filter?.Length == 0 && query.GetProperty("error").GetProperty("message").GetString()!.Contains("page token")) || (version != "3.17.2" && takenByLater.Contains(Question(query)))
                ? null
                : $"should be refused: {query.GetProperty("error").GetProperty("message")}";
        }
        string[] found = [.. pages.SelectMany(page => page)];
        if (!found.SequenceEqual(expected))
            return $"gives {string.Join(' ', found)}, not {string.Join(' ', expected)}";
        if (query.TryGetProperty("token", out JsonElement first) && token != first.GetString())
            return $"has the token {token}, not {first}";
        // MLflow 2 gives an empty page after one that is full.
        if (query.TryGetProperty("pages", out JsonElement sizes) && !sizes.EnumerateArray().Select(size => size.GetInt32()).Where(size => size > 0).SequenceEqual(pages.Select(page => page.Length)))
            return $"has pages of {string.Join(' ', pages.Select(page => page.Length))}, not {sizes}";
        return null;
    }

    private static async Task<(List<string[]> Pages, string? FirstToken)> Pages(SqliteStore store, string api, JsonElement arguments, string? filter)
    {
        var request = new SearchRequest
        {
            Filter = filter,
            OrderBy = arguments.TryGetProperty("order_by", out JsonElement order) ? [.. order.EnumerateArray().Select(Order)] : [],
            MaxResults = arguments.TryGetProperty("max_results", out JsonElement most) ? most.GetInt32() : null,
            View = arguments.TryGetProperty("view_type", out JsonElement view) || arguments.TryGetProperty("run_view_type", out view) ? View(view.GetString()!) : ViewType.ActiveOnly,
        };
        string[] experiments = arguments.TryGetProperty("experiment_ids", out JsonElement list) ? [.. list.EnumerateArray().Select(id => id.GetString()!)] : [];
        var pages = new List<string[]>();
        string? first = null;
        do
        {
            (string[] ids, string? next) = await Page(store, api, experiments, request);
            pages.Add(ids);
            first ??= next;
            request = request with { PageToken = next };
        }
        while (request.PageToken is not null);
        return (pages, first);
    }

    private static async Task<(string[] Ids, string? Next)> Page(SqliteStore store, string api, string[] experiments, SearchRequest request)
    {
        (string[], string?) Of<T>(Page<T> page, Func<T, string> id) => ([.. page.Items.Select(id)], page.NextPageToken);
        return api switch
        {
            "search_runs" => Of(await store.SearchRunsAsync(experiments, request, CancellationToken.None), run => run.RunId),
            "search_experiments" => Of(await store.SearchExperimentsAsync(request, CancellationToken.None), experiment => experiment.ExperimentId),
            "search_registered_models" => Of(await store.SearchRegisteredModelsAsync(request, CancellationToken.None), model => model.Name),
            "search_model_versions" => Of(await store.SearchVersionsAsync(request, CancellationToken.None), version => $"{version.Name}/{version.Version.ToString(CultureInfo.InvariantCulture)}"),
            "search_logged_models" => Of(await store.SearchLoggedModelsAsync(experiments, request, CancellationToken.None), model => model.ModelId),
            _ => throw new ArgumentOutOfRangeException(nameof(api), api, "Not searched for."),
        };
    }

    private static string Order(JsonElement key)
        => key.ValueKind == JsonValueKind.String ? key.GetString()! : key.GetProperty("field_name").GetString() + (key.GetProperty("ascending").GetBoolean() ? string.Empty : " DESC");

    private static ViewType View(string name) => name switch
    {
        "ALL" => ViewType.All,
        "DELETED_ONLY" => ViewType.DeletedOnly,
        _ => ViewType.ActiveOnly,
    };
}
