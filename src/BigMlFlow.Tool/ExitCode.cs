namespace BigMlFlow.Tool;

/// <summary>What the program ends with.</summary>
internal static class ExitCode
{
    /// <summary>Every row has an answer.</summary>
    internal const int Success = 0;

    /// <summary>Some rows were refused; each has been reported.</summary>
    internal const int SomeRowsRefused = 1;

    /// <summary>The arguments, the model or the table are wrong, and there is no answer.</summary>
    internal const int Usage = 2;

    /// <summary>Interrupted, as shells number it.</summary>
    internal const int Interrupted = 130;
}
