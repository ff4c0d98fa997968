using System;
using System.Collections.Generic;

namespace BigMlFlow.Tracking;

/// <summary>Which of the entities that can be deleted a search looks at.</summary>
public enum ViewType
{
    /// <summary>Those that are there.</summary>
    ActiveOnly,

    /// <summary>Those that are deleted.</summary>
    DeletedOnly,

    /// <summary>All.</summary>
    All,
}

/// <summary>What to search for, in MLflow's own terms.</summary>
public sealed record SearchRequest
{
    /// <summary>The filter, such as <c>metrics.accuracy &gt; 0.9 AND tags.owner = 'me'</c>; null finds all.</summary>
    public string? Filter { get; init; }

    /// <summary>The order, such as <c>metrics.accuracy DESC</c>; empty is the entity's default order.</summary>
    public IReadOnlyList<string> OrderBy { get; init; } = [];

    /// <summary>How many at most in a page; null is the entity's default.</summary>
    public int? MaxResults { get; init; }

    /// <summary>Where the page begins: the token of the one before it; null begins at the front.</summary>
    public string? PageToken { get; init; }

    /// <summary>Whether deleted ones are looked at.</summary>
    public ViewType View { get; init; }
}

/// <summary>A page of what a search found.</summary>
/// <typeparam name="T">What it found.</typeparam>
/// <param name="Items">The items of this page.</param>
/// <param name="NextPageToken">Where the next page begins; null if this is the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextPageToken);

/// <summary>A run to create.</summary>
/// <param name="ExperimentId">The experiment.</param>
public sealed record RunCreation(string ExperimentId)
{
    /// <summary>The name; null lets the store make one up.</summary>
    public string? RunName { get; init; }

    /// <summary>Who starts it.</summary>
    public string? UserId { get; init; }

    /// <summary>When it starts, in UTC.</summary>
    public required DateTime StartTime { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Tags { get; init; } = [];
}

/// <summary>A logged model to create; it is pending until it is finalized.</summary>
/// <param name="ExperimentId">The experiment.</param>
public sealed record LoggedModelCreation(string ExperimentId)
{
    /// <summary>The name; null lets the store make one up.</summary>
    public string? Name { get; init; }

    /// <summary>What kind of model it is.</summary>
    public string? ModelType { get; init; }

    /// <summary>The run that produces it.</summary>
    public string? SourceRunId { get; init; }

    /// <summary>Its parameters.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>Its tags.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Tags { get; init; } = [];
}

/// <summary>A model version to create.</summary>
/// <param name="Name">The registered model, which exists.</param>
/// <param name="Source">Where the model is: <c>models:/m-…</c>, or an artifact URI.</param>
public sealed record ModelVersionCreation(string Name, string Source)
{
    /// <summary>The run that produced it.</summary>
    public string? RunId { get; init; }

    /// <summary>The logged model that it is.</summary>
    public string? ModelId { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Tags { get; init; } = [];
}

/// <summary>What is logged to a run at once. Stores split it by MLflow's limits (1000 metrics, 100 parameters, 100 tags a request).</summary>
public sealed record LogBatch
{
    /// <summary>Metrics.</summary>
    public IReadOnlyCollection<Metric> Metrics { get; init; } = [];

    /// <summary>Parameters; one that was logged before with another value is refused.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>Tags; one that is there already is replaced.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Tags { get; init; } = [];
}
