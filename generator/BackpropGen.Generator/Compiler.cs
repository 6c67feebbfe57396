using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Emission;
using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;
using BackpropGen.Generator.Model;

namespace BackpropGen.Generator;

/// <summary>The compiler behind the generator: a pure function from a spec to C# files, with no Roslyn object in sight.</summary>
internal static class Compiler
{
    /// <summary>Compiles one network.</summary>
    /// <param name="spec">A validated network.</param>
    public static IReadOnlyList<GeneratedFile> Compile(NetworkSpec spec)
    {
        LoweredProgram program = Lower(spec);
        return ProgramEmitter.Emit(program);
    }

    /// <summary>The way to a program, short of its text.</summary>
    /// <param name="spec">A validated network.</param>
    public static LoweredProgram Lower(NetworkSpec spec)
    {
        NetworkGraph forward = GraphBuilder.Build(spec);
        NetworkGraph graph = Differentiator.Differentiate(forward);
        return LoweringPipeline.Lower(graph);
    }
}
