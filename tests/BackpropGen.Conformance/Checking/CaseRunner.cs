using System.Reflection;
using BackpropGen.Generator;
using BackpropGen.Generator.Model;

namespace BackpropGen.Conformance;

/// <summary>What became of a case.</summary>
internal enum Outcome
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>A case and what became of it.</summary>
/// <param name="Name">The case.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Messages">What was wrong, one line each; or why it was skipped.</param>
/// <param name="Compared">How many numbers were compared.</param>
/// <param name="Declaration">The attributes of the network, one a line; empty where there is none.</param>
internal sealed record CaseResult(
    string Name, Outcome Outcome, IReadOnlyList<string> Messages, int Compared = 0, string Declaration = "");

/// <summary>
/// Runs cases: declares a class for every precision, with kept intermediates and without, compiles all cases together, and checks
/// each class.
/// </summary>
internal static class CaseRunner
{
    /// <summary>How many cases share a compilation: enough to pay its fixed cost once, few enough to keep memory flat.</summary>
    private const int CasesPerCompilation = 80;

    /// <summary>Runs cases in order.</summary>
    public static IEnumerable<CaseResult> Run(IEnumerable<CaseSource> sources) => sources.Chunk(CasesPerCompilation).SelectMany(RunTogether);

    private static IEnumerable<CaseResult> RunTogether(CaseSource[] sources)
    {
        // Cases that differ only in their batch share their classes: specs compare by value.
        Declaration[] declarations = [.. sources.Where(source => source.Case is not null).Select(source => Declaration.Of(source.Case!)).Distinct()];
        IReadOnlyList<CompiledUnit> units = declarations.Length == 0
            ? []
            : InProcessCompiler.Compile([.. declarations.Select((declaration, number) => declaration.ToUnit(number))]);

        foreach (CaseSource source in sources)
        {
            if (source.SkipReason is not null)
            {
                yield return new CaseResult(source.Name, Outcome.Skipped, [source.SkipReason]);
            }
            else if (source.Error is not null)
            {
                yield return new CaseResult(source.Name, Outcome.Failed, [source.Error]);
            }
            else
            {
                int number = Array.IndexOf(declarations, Declaration.Of(source.Case!));
                yield return RunCase(source.Case!, number, units[number]);
            }
        }
    }

    private static CaseResult RunCase(ReferenceCase reference, int number, CompiledUnit unit)
    {
        string attributes = SourceWriter.Attributes(reference.Spec with { Precision = reference.Precisions[0].Precision });
        if (unit.Assembly is null)
        {
            return new CaseResult(reference.Name, Outcome.Failed, [unit.Error!], Declaration: attributes);
        }

        int compared = 0;
        List<string> messages = [];
        foreach (PrecisionCheck check in reference.Precisions)
        {
            foreach (bool keep in new[] { true, false })
            {
                string name = $"{SourceWriter.Namespace}.{Declaration.ClassName(number, check.Precision, keep)}";
                Type type = unit.Assembly.GetType(name, throwOnError: true)!;
                Comparer comparer = Check(reference, check, keep, () => Instantiate(type, check.Precision));
                compared += comparer.Compared;
                messages.AddRange(comparer.Mismatches.Select(mismatch => mismatch.ToString()));
            }
        }

        return new CaseResult(reference.Name, messages.Count == 0 ? Outcome.Passed : Outcome.Failed, messages, compared, attributes);
    }

    /// <summary>Runs the checks of a case on one class.</summary>
    public static Comparer Check(ReferenceCase reference, PrecisionCheck check, bool keep, Func<INetworkHandle> create)
    {
        string context = (check.Precision == Precision.Double ? "double" : "float") + (keep ? ", intermediates kept" : "");
        var comparer = new Comparer(context, check.Tolerance);
        GivenMasks.Use(reference.Masks);
        try
        {
            new NetworkChecks(reference, comparer, create, keep).Run();
            if (reference.CheckDifferences && check.Precision == Precision.Double && !keep)
            {
                new FiniteDifferences(reference, comparer, create()).Run();
            }
        }
        catch (Exception exception)
        {
            Exception cause = (exception as TargetInvocationException)?.InnerException ?? exception;
            string place = cause.StackTrace?.Split('\n')[0].Trim() ?? "";
            comparer.Require(false, "exception", $"{cause.GetType().Name}: {cause.Message} {place}");
        }

        return comparer;
    }

    /// <summary>A new network of a compiled class.</summary>
    public static INetworkHandle Instantiate(Type type, Precision precision)
    {
        object network = Activator.CreateInstance(type, 42UL)!;
        return precision == Precision.Double
            ? new NetworkHandle<double>((IEmittedNetwork<double>)network)
            : new NetworkHandle<float>((IEmittedNetwork<float>)network);
    }

    /// <summary>What the classes of a case depend on.</summary>
    private sealed record Declaration(NetworkSpec Spec, EquatableArray<string> Precisions)
    {
        public static Declaration Of(ReferenceCase reference) =>
            new(reference.Spec, new EquatableArray<string>(reference.Precisions.Select(check => check.Precision.ToString())));

        public static string ClassName(int number, Precision precision, bool keep) =>
            FormattableString.Invariant($"Network{number}{precision}{(keep ? "Kept" : "")}");

        /// <summary>A file that declares a class for every precision, with kept intermediates and without.</summary>
        public SourceUnit ToUnit(int number) => new($"Network{number}", SourceWriter.Write(
            from precision in Precisions.Select(Enum.Parse<Precision>)
            from keep in new[] { true, false }
            select Spec with
            {
                Host = new HostSpec(SourceWriter.Namespace, default, ClassName(number, precision, keep), "", DeclaresConstructor: false),
                Precision = precision,
                KeepIntermediates = keep,
            }));
    }
}
