using System.Collections.Immutable;
using BackpropGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Parsing;

/// <summary>What the parser makes of one class: a spec unless there is an error, and all there is to say about it.</summary>
/// <param name="Spec">The network, or null where a diagnostic is an error or the C# compiler has its own complaint.</param>
/// <param name="Diagnostics">Errors and warnings with real locations.</param>
internal sealed record ParseResult(NetworkSpec? Spec, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Neither spec nor diagnostics: the C# compiler already reports what is wrong.</summary>
    public static ParseResult Nothing { get; } = new(null, ImmutableArray<Diagnostic>.Empty);
}
