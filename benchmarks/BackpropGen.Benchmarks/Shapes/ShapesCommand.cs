namespace BackpropGen.Benchmarks.Shapes;

/// <summary>
/// The command <c>shapes</c>: how much speed odd sizes cost. A size that is a factor slower than its neighbour is a kernel that nobody
/// has looked at.
/// </summary>
internal static class ShapesCommand
{
    public const string Usage = """
        shapes     random topologies against the same with widths rounded up to multiples of 16, and the batch to one of 6
          --count N       how many; 40 unless given
          --seed S        another draw
          --precision P   float (unless given) or double
        """;

    private const int Shown = 10;

    /// <summary>A larger factor is called slow.</summary>
    private const double Slow = 1.6;

    private const int Rounds = 9;
    private const double SliceNanoseconds = 2e6;

    public static int Run(Arguments arguments)
    {
        int count = arguments.Number("count", 40);
        var random = new Random(arguments.Number("seed", 1));
        Precision precision = arguments.Last("precision") switch
        {
            null or "float" => Precision.Single,
            "double" => Precision.Double,
            var other => throw new UsageException($"--precision needs float or double, got {other}."),
        };
        arguments.RejectUnknown();
        if (count == 0)
        {
            throw new UsageException("--count needs at least 1.");
        }

        List<Comparison> comparisons = [];
        for (int i = 0; i < count; i++)
        {
            comparisons.Add(Compare(Shape.Draw(random), precision));
        }

        Print([.. comparisons.OrderByDescending(comparison => comparison.Factor)]);
        return 0;
    }

    private static Comparison Compare(Shape shape, Precision precision)
    {
        Shape rounded = shape.Rounded();
        Type[] classes = ShapeCompiler.Compile([shape, rounded], precision);
        IShapeRun odd = Prepare(classes[0], shape, precision);
        IShapeRun even = Prepare(classes[1], rounded, precision);

        // The first two steps compile and grow the workspace.
        odd.Time(2);
        even.Time(2);
        int oddSteps = Steps(odd, SliceNanoseconds);
        int evenSteps = Steps(even, SliceNanoseconds);
        double oddTime = double.MaxValue;
        double evenTime = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            oddTime = Math.Min(oddTime, odd.Time(oddSteps));
            evenTime = Math.Min(evenTime, even.Time(evenSteps));
        }

        int lanes = precision == Precision.Double ? 4 : 8;
        return new Comparison(shape, shape.Flops / oddTime, shape.PaddedFlops(lanes) / shape.Flops, rounded, rounded.Flops / evenTime);
    }

    /// <summary>How many steps fill a slice; warms up on the way.</summary>
    public static int Steps(IShapeRun run, double sliceNanoseconds)
    {
        int steps = 1;
        double time = run.Time(steps);
        while (time * steps < sliceNanoseconds)
        {
            steps *= 2;
            time = run.Time(steps);
        }

        return steps;
    }

    /// <summary>A network of a compiled class, with a batch to train it on.</summary>
    public static IShapeRun Prepare(Type network, Shape shape, Precision precision) => precision == Precision.Double
        ? new ShapeRun<double>(network, shape)
        : new ShapeRun<float>(network, shape);

    private static void Print(Comparison[] worstFirst)
    {
        double[] factors = [.. worstFirst.Select(comparison => comparison.Factor)];
        Console.WriteLine(FormattableString.Invariant(
            $"{factors.Length} shapes: factor median {factors[factors.Length / 2]:F2}, worst {factors[0]:F2}; ")
            + FormattableString.Invariant($"above {Slow}: {factors.Count(factor => factor > Slow)}, with the padding as work {worstFirst.Count(comparison => comparison.PaddedFactor > Slow)}"));
        Console.WriteLine($"{"factor",8}{"padded",8}{"GFLOP/s",9}  {"shape",-34}{"GFLOP/s",9}  rounded");
        foreach (Comparison comparison in worstFirst.Take(Shown))
        {
            Console.WriteLine(FormattableString.Invariant($"{comparison.Factor,8:F2}{comparison.PaddedFactor,8:F2}{comparison.Gflops,9:F2}  {comparison.Shape,-34}")
                + FormattableString.Invariant($"{comparison.RoundedGflops,9:F2}  {comparison.Rounded}"));
        }
    }

    /// <summary>A shape and the same rounded up, each with the GFLOP/s of its own arithmetic.</summary>
    private sealed record Comparison(Shape Shape, double Gflops, double Padding, Shape Rounded, double RoundedGflops)
    {
        public double Factor => RoundedGflops / Gflops;

        /// <summary>The factor without what no kernel can avoid: a sum for a unit that fills one lane costs as much as one for all lanes.</summary>
        public double PaddedFactor => Factor / Padding;
    }
}
