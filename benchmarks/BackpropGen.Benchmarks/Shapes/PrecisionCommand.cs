using BackpropGen.Benchmarks.Machine;

namespace BackpropGen.Benchmarks.Shapes;

/// <summary>
/// The command <c>precision</c>: what share of its own peak each precision reaches. A vector holds half as many doubles as floats and takes
/// as long, so the peak in double is half of that in float.
/// </summary>
internal static class PrecisionCommand
{
    public const string Usage = """
        precision  the sizes of the ladder in float and in double, with relu and the mean squared error: each as a share of its own peak
        """;

    private const int Rounds = 15;
    private const double SliceNanoseconds = 8e6;

    /// <summary>The rungs T2 to T7.</summary>
    private static readonly Shape[] Shapes =
    [
        new([4, 16, 16, 3], 32),
        new([17, 64, 64, 6], 64),
        new([64, 128, 64, 10], 32),
        new([784, 128, 64, 10], 64),
        new([784, 512, 512, 10], 128),
        new([1024, 1024, 1024, 1024], 256),
    ];

    public static int Run(Arguments arguments)
    {
        arguments.RejectUnknown();
        Console.WriteLine($"{"shape",-28}{"float GFLOP/s",15}{"of peak",9}{"double GFLOP/s",16}{"of peak",9}{"quotient",10}");
        foreach (Shape shape in Shapes)
        {
            var speed = new MachineSpeed();
            IShapeRun single = ShapesCommand.Prepare(ShapeCompiler.Compile([shape], Precision.Single)[0], shape, Precision.Single);
            IShapeRun twice = ShapesCommand.Prepare(ShapeCompiler.Compile([shape], Precision.Double)[0], shape, Precision.Double);
            (int singleSteps, int twiceSteps) = (ShapesCommand.Steps(single, SliceNanoseconds), ShapesCommand.Steps(twice, SliceNanoseconds));
            (double singleTime, double twiceTime) = (double.MaxValue, double.MaxValue);
            for (int round = 0; round < Rounds; round++)
            {
                speed.Sample();
                singleTime = Math.Min(singleTime, single.Time(singleSteps));
                twiceTime = Math.Min(twiceTime, twice.Time(twiceSteps));
            }

            double singleShare = shape.Flops / singleTime / speed.PeakGflops;
            double twiceShare = shape.Flops / twiceTime / (speed.PeakGflops / 2);
            Console.WriteLine(FormattableString.Invariant($"{shape,-28}{shape.Flops / singleTime,15:F1}{singleShare,9:P1}")
                + FormattableString.Invariant($"{shape.Flops / twiceTime,16:F1}{twiceShare,9:P1}{twiceShare / singleShare,10:F2}"));
        }

        return 0;
    }
}
