using System.Collections.Generic;

namespace BigMlFlow.Models.Resources;

/// <summary>Resource ids: <c>type/24 hexadecimal digits</c>, <c>shared/…</c> and <c>public/…</c> forms included.</summary>
internal static class ResourceId
{
    /// <summary>The types of which models can be built, and the word for them.</summary>
    internal static readonly IReadOnlyDictionary<string, string> ModelTypes = new Dictionary<string, string>
    {
        ["model"] = "decision tree",
        ["ensemble"] = "ensemble",
        ["logisticregression"] = "logistic regression",
        ["linearregression"] = "linear regression",
        ["deepnet"] = "deepnet",
        ["fusion"] = "fusion",
        ["cluster"] = "cluster",
        ["anomaly"] = "anomaly detector",
        ["topicmodel"] = "topic model",
        ["association"] = "association",
        ["pca"] = "PCA",
        ["timeseries"] = "time series",
    };

    /// <summary>The type in an id: <c>shared/model/…</c> and <c>public/model/…</c> are models too.</summary>
    internal static string TypeOf(string id)
    {
        string[] parts = id.Split('/');
        return parts.Length > 2 && parts[0] is "shared" or "public" ? parts[1] : parts[0];
    }

    /// <summary>The file name that BigML's exports use: slashes become underscores.</summary>
    internal static string FileName(string id) => id.Replace('/', '_');

    /// <summary>Whether the text has the form of an id: a type of lower-case letters and an alphanumeric key, nothing a path could climb with.</summary>
    internal static bool IsValid(string id)
    {
        string[] parts = id.Split('/');
        if (parts.Length is < 2 or > 3)
            return false;
        foreach (string part in parts)
        {
            if (part.Length == 0)
                return false;
            foreach (char letter in part)
            {
                if (letter is not (>= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-'))
                    return false;
            }
        }
        return true;
    }
}
