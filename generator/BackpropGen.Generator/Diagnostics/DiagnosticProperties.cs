namespace BackpropGen.Generator.Diagnostics;

/// <summary>What a diagnostic tells a code fix beside its message.</summary>
internal static class DiagnosticProperties
{
    /// <summary>The valid value nearest to the one underlined, as C# text.</summary>
    public const string NearestValue = nameof(NearestValue);
}
