namespace BackpropGen.Conformance;

/// <summary>
/// Compares the gradients of an emitted double network with central differences of its own loss, along random directions in the space
/// of parameters and inputs and for single parameters.
/// </summary>
/// <remarks>
/// D(t) = (L(θ + t·v) − L(θ − t·v)) / 2t, and S(t) = (L(θ + t·v) − 2·L(θ) + L(θ − t·v)) / t, the difference of the slopes to either
/// side. Where the loss is smooth, D(t/2) is D(t) and S(t/2) half of S(t) but for terms of higher order. Where they are not, t is too
/// large or the direction crosses a kink (one very near θ shows in S alone): smaller steps are tried, and if none will do, the
/// direction is passed over. That is decided without a look at the gradient under test. For a network without kinks every direction
/// must be conclusive.
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
        double center = LossAt(direction, targets, 0);
        foreach (double step in Steps)
        {
            (double slope, double turn) = Differences(direction, targets, center, step);
            (double slopeOfHalf, double turnOfHalf) = Differences(direction, targets, center, step / 2);
            double rounding = 1e-14 * Math.Max(1, Math.Abs(reference.Expected.Loss)) / step;
            double limit = (1e-7 * size) + rounding;
            if (Math.Abs(slope - slopeOfHalf) <= limit && Math.Abs(turn - (2 * turnOfHalf)) <= limit)
            {
                error = (1e-6 * size) + rounding;
                return slopeOfHalf;
            }
        }

        error = 0;
        return null;
    }

    /// <summary>D and S of the remarks.</summary>
    private (double Slope, double Turn) Differences(Direction direction, Targets targets, double center, double step)
    {
        double ahead = LossAt(direction, targets, step);
        double behind = LossAt(direction, targets, -step);
        return ((ahead - behind) / (2 * step), (ahead - (2 * center) + behind) / step);
    }

    private double LossAt(Direction direction, Targets targets, double step)
    {
        network.SetParameters(Along(reference.Parameters, direction.Parameters, step));
        double[] inputs = Along(reference.Inputs, direction.Inputs, step);
        if (reference.IsInference)
        {
            return network.Evaluate(inputs, targets);
        }

        network.Forward(inputs);
        return network.Backward(targets).Loss;
    }

    private static double[] Along(double[] start, double[] direction, double step) =>
        [.. start.Zip(direction, (value, slope) => value + (step * slope))];

    private static double Dot(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();
}
