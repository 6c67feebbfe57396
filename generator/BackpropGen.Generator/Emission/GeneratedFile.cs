namespace BackpropGen.Generator.Emission;

/// <summary>One emitted C# file.</summary>
/// <param name="HintName">Its name, unique in the compilation.</param>
/// <param name="Source">Its text.</param>
internal sealed record GeneratedFile(string HintName, string Source);
