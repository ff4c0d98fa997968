namespace BigMlFlow.Models.Resources;

/// <summary>Whether a number is neither infinite nor NaN: <c>double.IsFinite</c>, which .NET Framework lacks.</summary>
internal static class Finite
{
    internal static bool Is(double value) => value - value == 0;
}
