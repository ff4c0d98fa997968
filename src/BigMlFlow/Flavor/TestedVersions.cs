namespace BigMlFlow.Flavor;

/// <summary>The versions of Python's side that this release was held against: what it writes into the files that name one.</summary>
internal static class TestedVersions
{
    /// <summary>MLflow: the format that MLmodel is written in.</summary>
    internal const string Mlflow = "3.17.2";

    /// <summary>BigML's bindings.</summary>
    internal const string Bigml = "9.8.3";

    /// <summary>The community flavor, whose loader opens the directory.</summary>
    internal const string Bigmlflow = "1.0.2";

    /// <summary>Python.</summary>
    internal const string Python = "3.11.7";
}
