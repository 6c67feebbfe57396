using System.Collections.Immutable;
using BackpropGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator.Parsing;

/// <summary>What the parser makes of one class: a spec unless there is an error, and all there is to say about it.</summary>
/// <remarks>
/// A class and no record: values are compared in the steps after the parser, not in its own, because compilers around Roslyn 4.4 do not
/// compare what ForAttributeWithMetadataName gives (dotnet/roslyn #66324).
/// </remarks>
/// <param name="spec">The network, or null where a diagnostic is an error or the C# compiler has its own complaint.</param>
/// <param name="diagnostics">Errors and warnings with real locations.</param>
internal sealed class ParseResult(NetworkSpec? spec, ImmutableArray<Diagnostic> diagnostics)
{
    /// <summary>Neither spec nor diagnostics: the C# compiler already reports what is wrong.</summary>
    public static ParseResult Nothing { get; } = new(null, ImmutableArray<Diagnostic>.Empty);

    /// <summary>The network, or null where a diagnostic is an error or the C# compiler has its own complaint.</summary>
    public NetworkSpec? Spec { get; } = spec;

    /// <summary>Errors and warnings with real locations.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; } = diagnostics;
}
