namespace BackpropGen.Generator.Model;

/// <summary>What the emitted text may call; see <see cref="Emission.DialectSyntax"/> for what follows.</summary>
internal enum Dialect
{
    /// <summary>The vectors of .NET 8 and later.</summary>
    Hardware,

    /// <summary>Those of BackpropGen.Portable, for netstandard2.0 and whatever runs it: .NET Framework, Mono, Unity.</summary>
    Portable,
}
