namespace BackpropGen.Conformance;

/// <summary>
/// Compares the gradients of an emitted double network with central differences of its own loss, along random directions in the space
/// of parameters and inputs and for single parameters.
/// </summary>
/// <remarks>
/// D(t) = (L(θ + t·v) − L(θ − t·v)) / 2t. Where D(t) and D(t/2) differ by more than a tenth of what is allowed, t is too large or the
/// direction crosses a kink: smaller steps are tried, and if none agrees with its half, the direction is passed over. That is decided
/// without a look at the gradient under test. For a network without kinks every direction must be conclusive.
/// </remarks>
internal sealed class FiniteDifferences(ReferenceCase reference, Comparer comparer, INetworkHandle network)
{
    private const int Directions = 4;
    private const int SingleParameters = 4;

    private static readonly double[] Steps = [1e-3, 1e-4, 1e-5, 1e-6];

    private readonly Random _random = new(reference.Parameters.Length);

    /// <summary>Runs all checks.</summary>
    public void Run()
    {
        Targets targets = reference.Targets[0];
        network.SetParameters(reference.Parameters);
        network.Forward(reference.Inputs);
        BackwardResult result = network.Backward(targets);

        int conclusive = 0;
        for (int i = 0; i < Directions; i++)
        {
            conclusive += CheckDirection($"direction {i + 1}", result, RandomDirection(result), targets);
        }

        for (int i = 0; i < SingleParameters; i++)
        {
            int parameter = _random.Next(reference.Parameters.Length);
            var direction = new Direction(new double[reference.Parameters.Length], new double[reference.Inputs.Length]);
            direction.Parameters[parameter] = 1;
            conclusive += CheckDirection($"parameter {parameter}", result, direction, targets);
        }

        bool smooth = double.IsPositiveInfinity(KinkMargin.Of(reference.Spec, reference.Expected, targets));
        comparer.Require(
            !smooth || conclusive == Directions + SingleParameters,
            "central differences",
            $"only {conclusive} of {Directions + SingleParameters} are conclusive, though the network has no kinks");
    }

    private sealed record Direction(double[] Parameters, double[] Inputs);

    /// <summary>A direction of length 1; the inputs take part where their gradient is known.</summary>
    private Direction RandomDirection(BackwardResult result)
    {
        double[] parameters = Array.ConvertAll(reference.Parameters, _ => _random.NextDouble() - 0.5);
        double[] inputs = Array.ConvertAll(reference.Inputs, _ => result.InputGradients is null ? 0 : _random.NextDouble() - 0.5);
        double length = Math.Sqrt(Dot(parameters, parameters) + Dot(inputs, inputs));
        return new Direction(Array.ConvertAll(parameters, value => value / length), Array.ConvertAll(inputs, value => value / length));
    }

    /// <summary>Returns 1 where the differences are conclusive, else 0.</summary>
    private int CheckDirection(string what, BackwardResult result, Direction direction, Targets targets)
    {
        double slope = Dot(result.Gradients, direction.Parameters)
            + (result.InputGradients is null ? 0 : Dot(result.InputGradients, direction.Inputs));
        double? difference = Difference(direction, targets, out double error);
        if (difference is null)
        {
            return 0;
        }

        double off = Math.Abs(slope - difference.Value);
        comparer.Require(
            off <= error,
            $"central difference along {what}",
            FormattableString.Invariant($"got the slope {slope:R}, expected {difference:R} (off by {off:G3}, allowed {error:G3})"));
        return 1;
    }

    /// <summary>The slope of the loss by differences, and how far off it may be; null where no step agrees with its half.</summary>
    private double? Difference(Direction direction, Targets targets, out double error)
    {
        double size = Math.Max(
            Comparer.Magnitude(reference.Expected.Gradients), Comparer.Magnitude(reference.Expected.InputGradients ?? []));
        foreach (double step in Steps)
        {
            double whole = CentralDifference(direction, targets, step);
            double half = CentralDifference(direction, targets, step / 2);
            double rounding = 1e-14 * Math.Max(1, Math.Abs(reference.Expected.Loss)) / step;
            if (Math.Abs(whole - half) <= (1e-7 * size) + rounding)
            {
                error = (1e-6 * size) + rounding;
                return half;
            }
        }

        error = 0;
        return null;
    }

    private double CentralDifference(Direction direction, Targets targets, double step) =>
        (LossAt(direction, targets, step) - LossAt(direction, targets, -step)) / (2 * step);

    private double LossAt(Direction direction, Targets targets, double step)
    {
        network.SetParameters(Along(reference.Parameters, direction.Parameters, step));
        return network.Evaluate(Along(reference.Inputs, direction.Inputs, step), targets);
    }

    private static double[] Along(double[] start, double[] direction, double step) =>
        [.. start.Zip(direction, (value, slope) => value + (step * slope))];

    private static double Dot(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();
}
