using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace BigMlFlow.Tracking;

/// <summary>
/// MLflow's limits (mlflow/utils/validation.py), checked before anything is sent or stored: servers cut what is too long
/// without a word, and check some names only after all work is done. Where servers of several versions differ, the widest limit
/// counts; the server says the rest.
/// </summary>
internal static class Limits
{
    internal const int MostMetrics = 1000;
    internal const int MostParameters = 100;
    internal const int MostTags = 100;
    internal const int MostPerBatch = 1000;
    internal const int MostBatchBytes = 1_000_000;

    private const int LongestKey = 250;
    private const int LongestParameter = 6000;
    private const int LongestRunTag = 8000;
    private const int LongestExperimentTag = 20_000;
    private const int LongestRegistryTag = 100_000;
    private const int LongestExperimentName = 500;
    private const int LongestRegisteredModelName = 256;
    private const int LongestAlias = 255;

    private static readonly Regex Key = new(@"^[/\w.\- :]*\z", RegexOptions.CultureInvariant);
    private static readonly Regex RunId = new(@"^[a-zA-Z0-9][\w\-]{0,255}\z", RegexOptions.CultureInvariant);
    private static readonly Regex ExperimentId = new(@"^[a-zA-Z0-9][\w\-]{0,63}\z", RegexOptions.CultureInvariant);
    private static readonly Regex ModelId = new(@"^[a-zA-Z0-9][\w\-]{0,255}\z", RegexOptions.CultureInvariant);
    private static readonly Regex Alias = new(@"^[\w\-]+\z", RegexOptions.CultureInvariant);
    private static readonly Regex VersionLike = new(@"^[vV]\d+\z", RegexOptions.CultureInvariant);

    internal static void CheckRunId(string id) => CheckId(RunId, "run", id);

    internal static void CheckExperimentId(string id) => CheckId(ExperimentId, "experiment", id);

    internal static void CheckModelId(string id) => CheckId(ModelId, "logged model", id);

    internal static void CheckExperimentName(string name)
    {
        CheckNotBlank("The name of an experiment", name);
        CheckLength("The name of an experiment", name, LongestExperimentName);
    }

    /// <summary>The name of a registered model to create; existing ones of old servers may have a slash or colon.</summary>
    internal static void CheckNewRegisteredModelName(string name)
    {
        CheckRegisteredModelName(name);
        CheckLength("The name of a registered model", name, LongestRegisteredModelName);
        if (name.IndexOfAny(['/', ':']) >= 0)
            throw Invalid($"'{name}' cannot be the name of a registered model: it must not contain / or :, which separate the parts of models:/ URIs.");
    }

    internal static void CheckRegisteredModelName(string name) => CheckNotBlank("The name of a registered model", name);

    internal static void CheckVersion(int version)
    {
        if (version < 1)
            throw Invalid($"{version} is no version of a registered model: versions count from 1.");
    }

    /// <summary>An alias to set.</summary>
    internal static void CheckAlias(string alias)
    {
        if (!Alias.IsMatch(alias))
            throw Invalid($"'{alias}' cannot be an alias: it consists of letters, digits, _ and -.");
        CheckLength("An alias", alias, LongestAlias);
        if (string.Equals(alias, "latest", StringComparison.OrdinalIgnoreCase))
            throw Invalid("'latest' cannot be an alias: models:/name/latest means the latest version.");
        if (VersionLike.IsMatch(alias))
            throw Invalid($"'{alias}' cannot be an alias: it looks like a version number.");
    }

    /// <summary>Whether MLflow 3 takes a name for a logged model.</summary>
    internal static bool IsLoggedModelName(string name) => !string.IsNullOrWhiteSpace(name) && name.IndexOfAny(['/', ':', '.', '%', '"', '\'']) < 0;

    internal static void CheckLoggedModelName(string name)
    {
        if (!IsLoggedModelName(name))
            throw Invalid($"'{name}' cannot be the name of a logged model: it must not be blank, nor contain / : . % \" or '.");
    }

    internal static void CheckExperimentTag(string key, string value) => CheckTag("experiment", key, value, LongestExperimentTag);

    internal static void CheckRunTag(string key, string value) => CheckTag("run", key, value, LongestRunTag);

    internal static void CheckLoggedModelTag(string key, string value) => CheckTag("logged model", key, value, LongestRunTag);

    internal static void CheckRegistryTag(string key, string value) => CheckTag("registered model or version", key, value, LongestRegistryTag);

    internal static void CheckParameter(string key, string value)
    {
        CheckKey("parameter", key);
        CheckLength($"The value of the parameter '{key}'", value, LongestParameter);
    }

    internal static void CheckMetric(Metric metric)
    {
        CheckKey("metric", metric.Key);
        if (metric.RunId is not null)
            CheckRunId(metric.RunId);
        if (metric.ModelId is not null)
            CheckModelId(metric.ModelId);
    }

    /// <summary>What may be asked of a search.</summary>
    /// <param name="request">The request.</param>
    /// <param name="most">How many a page may have.</param>
    internal static void CheckSearch(SearchRequest request, int most)
    {
        if (request.MaxResults is { } count && (count < 1 || count > most))
            throw Invalid($"A page of this search has from 1 to {most} results, not {count}.");
    }

    /// <summary>
    /// Checks a batch and splits it into batches of MLflow's size: parameters first, which can be refused, then tags, then metrics.
    /// </summary>
    /// <exception cref="TrackingException">A key or value is not allowed, or a parameter has two values.</exception>
    internal static IReadOnlyList<LogBatch> Split(LogBatch batch)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> pair in batch.Parameters)
        {
            CheckParameter(pair.Key, pair.Value);
            if (parameters.TryGetValue(pair.Key, out string? other) && other != pair.Value)
                throw Invalid($"The parameter '{pair.Key}' is given twice, as '{other}' and as '{pair.Value}': a parameter has one value.");
            parameters[pair.Key] = pair.Value;
        }
        var tags = new TagSet(batch.Tags);
        foreach (KeyValuePair<string, string> pair in tags)
            CheckRunTag(pair.Key, pair.Value);
        foreach (Metric metric in batch.Metrics)
            CheckMetric(metric);

        var batches = new List<LogBatch>();
        batches.AddRange(Chunks(parameters, MostParameters, pair => Size(pair)).Select(part => new LogBatch { Parameters = part }));
        batches.AddRange(Chunks(tags, MostTags, pair => Size(pair)).Select(part => new LogBatch { Tags = part }));
        batches.AddRange(Chunks(batch.Metrics, MostMetrics, metric => Size(metric)).Select(part => new LogBatch { Metrics = part }));
        return Joined(batches);
    }

    /// <summary>Joins what fits into one request, so that a few of each are one.</summary>
    private static List<LogBatch> Joined(List<LogBatch> batches)
    {
        var joined = new List<LogBatch>();
        foreach (LogBatch next in batches)
        {
            LogBatch? last = joined.LastOrDefault();
            if (last is not null && Fits(last, next))
            {
                joined[joined.Count - 1] = new LogBatch
                {
                    Parameters = [.. last.Parameters, .. next.Parameters],
                    Tags = [.. last.Tags, .. next.Tags],
                    Metrics = [.. last.Metrics, .. next.Metrics],
                };
            }
            else
            {
                joined.Add(next);
            }
        }
        return joined;
    }

    private static bool Fits(LogBatch one, LogBatch other)
        => one.Parameters.Count + other.Parameters.Count <= MostParameters
            && one.Tags.Count + other.Tags.Count <= MostTags
            && Count(one) + Count(other) <= MostPerBatch
            && Size(one) + Size(other) <= MostBatchBytes;

    private static int Count(LogBatch batch) => batch.Parameters.Count + batch.Tags.Count + batch.Metrics.Count;

    private static long Size(LogBatch batch) => batch.Parameters.Sum(pair => (long)Size(pair)) + batch.Tags.Sum(pair => (long)Size(pair)) + batch.Metrics.Sum(metric => (long)Size(metric));

    /// <summary>The JSON of a pair in bytes, at most: a letter may take six as an escape.</summary>
    private static int Size(KeyValuePair<string, string> pair) => 30 + (6 * (pair.Key.Length + pair.Value.Length));

    private static int Size(Metric metric) => 170 + (6 * metric.Key.Length) + (metric.ModelId?.Length ?? 0);

    private static IEnumerable<List<T>> Chunks<T>(IEnumerable<T> items, int most, Func<T, int> size)
    {
        var chunk = new List<T>();
        int bytes = 0;
        foreach (T item in items)
        {
            int next = size(item);
            if (chunk.Count == most || (chunk.Count > 0 && bytes + next > MostBatchBytes))
            {
                yield return chunk;
                (chunk, bytes) = ([], 0);
            }
            chunk.Add(item);
            bytes += next;
        }
        if (chunk.Count > 0)
            yield return chunk;
    }

    private static void CheckTag(string of, string key, string value, int longest)
    {
        CheckKey($"tag of a {of}", key);
        CheckLength($"The value of the tag '{key}'", value, longest);
    }

    /// <summary>Keys become file names in some stores, so MLflow allows only those that mean the same as a path.</summary>
    private static void CheckKey(string of, string key)
    {
        CheckNotBlank($"The key of a {of}", key);
        CheckLength($"The key of a {of}", key, LongestKey);
        if (!Key.IsMatch(key))
            throw Invalid($"'{key}' cannot be the key of a {of}: it consists of letters, digits, spaces and _ - . : /.");
        if (key.Split('/').Any(part => part is "" or "." or ".."))
            throw Invalid($"'{key}' cannot be the key of a {of}: as a path it would mean another one.");
    }

    private static void CheckId(Regex form, string of, string id)
    {
        if (!form.IsMatch(id))
            throw Invalid($"'{id}' is not the id of a {of}.");
    }

    private static void CheckNotBlank(string what, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw Invalid($"{what} must not be empty.");
    }

    private static void CheckLength(string what, string text, int longest)
    {
        if (text.Length > longest)
            throw Invalid($"{what} has {text.Length} characters, where MLflow allows {longest}.");
    }

    private static TrackingException Invalid(string message) => new(TrackingError.InvalidValue, message);
}
