using Microsoft.CodeAnalysis.Testing;

namespace BackpropGen.Generator.Tests;

/// <summary>The project in which the testing library of Roslyn puts its sources.</summary>
internal static class ProjectSettings
{
    /// <summary>The references of the process that runs the tests, so that nothing is downloaded, and <c>using BackpropGen;</c>.</summary>
    public static void Apply(SolutionState state)
    {
        state.ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        state.AdditionalReferences.AddRange(GeneratorTest.References);
        state.Sources.Add(("/0/Usings.cs", GeneratorTest.Usings));
    }
}
