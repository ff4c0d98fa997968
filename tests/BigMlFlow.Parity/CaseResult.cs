using System.Text.Json;

namespace BigMlFlow.Parity;

/// <summary>What comparing the answer to a case came to.</summary>
internal enum Verdict
{
    /// <summary>The same answer, within the tolerances.</summary>
    Agreed,

    /// <summary>Another answer, or one of the two refused and the other did not.</summary>
    Differed,

    /// <summary>Both refused.</summary>
    Refused,

    /// <summary>Another outcome where the reference's is an accident of its own.</summary>
    Quirk,

    /// <summary>The program does not read models of this type.</summary>
    Unsupported,
}

/// <summary>The program's answer to a case, and the verdict on it.</summary>
/// <param name="Case">The case.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Answer">What the program answered; undefined where it refused.</param>
/// <param name="ErrorType">The type of the error where it refused.</param>
/// <param name="ErrorMessage">The message of that error.</param>
/// <param name="Difference">What differs, and where.</param>
/// <param name="IsExact">Whether every number of an answer that agreed is the very same double.</param>
/// <param name="IsTied">Whether an answer agreed only because near figures may come in either order.</param>
internal sealed record CaseResult(
    ReferenceCase Case,
    Verdict Verdict,
    JsonElement Answer = default,
    string? ErrorType = null,
    string? ErrorMessage = null,
    string? Difference = null,
    bool IsExact = false,
    bool IsTied = false);
