using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackpropGen.Benchmarks.Editor;

/// <summary>The command <c>generator</c>: what the generator costs an editor, which runs it after every pause in typing.</summary>
internal static class GeneratorCommand
{
    public const string Usage = """
        generator  what the generator costs an editor: a cold run, and after an edit, by the clock of the compiler's driver
          --networks N    how many networks the project has; 1, 20 and 200 unless given, may be repeated
          --count N       how many runs a median is of; 21 unless given, a third of it for cold runs
        """;

    public static int Run(Arguments arguments)
    {
        int count = Math.Max(1, arguments.Number("count", 21));
        int[] sizes = [.. arguments.All("networks").Select(int.Parse)];
        arguments.RejectUnknown();
        Console.WriteLine($"{"",-36}{"generator ms",14}{"driver ms",12}{"least",10}{"emitted",12}");
        foreach (int networks in sizes.Length > 0 ? sizes : [1, 20, 200])
        {
            var project = new EditorProject(networks);
            Console.WriteLine(FormattableString.Invariant($"{networks} networks, {project.Layers} layers"));
            Timing first = Measure(EditorProject.NewDriver(), project.Compilation, out GeneratorDriver driver);
            Print("first run of the process", [first], driver);
            Print("cold run", [.. Enumerable.Range(0, Math.Max(1, count / 3)).Select(_ => Measure(EditorProject.NewDriver(), project.Compilation, out driver))], driver);
            Print("edit in a method elsewhere", Edits(project.EditMethod), driver);
            Print("edit of a member elsewhere", Edits(project.EditMember), driver);
            Print("edit of a layer, one of 64", Edits(project.EditDeepNetwork), driver);
            if (networks > 1)
            {
                Print("edit of a layer, one of 4", Edits(project.EditSmallNetwork), driver);
            }

            // Twice as many, for the first half warms up.
            Timing[] Edits(Func<CSharpCompilation> edit) => [.. Enumerable.Range(0, 2 * count).Select(_ => Measure(driver, edit(), out driver)).Skip(count)];
        }

        return 0;
    }

    private static Timing Measure(GeneratorDriver driver, CSharpCompilation compilation, out GeneratorDriver after)
    {
        // What earlier runs left behind is not collected within this one.
        GC.Collect();
        after = driver.RunGenerators(compilation);
        GeneratorDriverTimingInfo timing = after.GetTimingInfo();
        GeneratorRunResult result = after.GetRunResult().Results[0];
        return result.Exception is null
            ? new Timing(timing.GeneratorTimes[0].ElapsedTime.TotalMilliseconds, timing.ElapsedTime.TotalMilliseconds)
            : throw new InvalidOperationException("The generator failed.", result.Exception);
    }

    private static void Print(string what, Timing[] timings, GeneratorDriver driver)
    {
        ImmutableArray<GeneratedSourceResult> sources = driver.GetRunResult().Results[0].GeneratedSources;
        double[] generator = [.. timings.Select(timing => timing.Generator).Order()];
        double[] all = [.. timings.Select(timing => timing.Driver).Order()];
        Console.WriteLine(
            FormattableString.Invariant($"  {what,-34}{generator[generator.Length / 2],14:F2}{all[all.Length / 2],12:F2}{generator[0],10:F2}")
            + FormattableString.Invariant($"{sources.Sum(source => (long)source.SourceText.Length) / 1024,9:N0} kB"));
    }

    /// <summary>Milliseconds of one run.</summary>
    /// <param name="Generator">Of the generator, by the clock of the driver.</param>
    /// <param name="Driver">Of the whole driver, which also parses what is emitted.</param>
    private sealed record Timing(double Generator, double Driver);
}
