using System.Runtime.CompilerServices;

namespace BackpropGen.Generator.Parsing;

/// <summary>A number for every object, never given twice, that keeps no object alive: "the same options as before" without holding them.</summary>
internal static class Identities
{
    private static readonly ConditionalWeakTable<object, StrongBox<ulong>> Numbers = new();

    private static long s_last;

    /// <summary>The number of an object.</summary>
    public static ulong Of(object value) => Numbers.GetValue(value, _ => new StrongBox<ulong>((ulong)Interlocked.Increment(ref s_last))).Value;
}
