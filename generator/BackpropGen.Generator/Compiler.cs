using BackpropGen.Generator.Model;

namespace BackpropGen.Generator;

/// <summary>The compiler behind the generator: a pure function from a spec to C# files, with no Roslyn object in sight.</summary>
internal static class Compiler
{
}
