namespace BackpropGen.Conformance;

/// <summary>What the calls of a network allocate once each has been made for the batch at hand.</summary>
/// <typeparam name="T">The element type of the network.</typeparam>
/// <param name="network">The network.</param>
/// <param name="inputs">[N × inputs].</param>
/// <param name="labels">The class of every sample, or null.</param>
/// <param name="rows">One row of targets per sample, or null.</param>
/// <param name="weights">One weight per sample, or none.</param>
internal sealed class Allocations<T>(IEmittedNetwork<T> network, T[] inputs, int[]? labels, T[]? rows, T[] weights)
    where T : unmanaged
{
    /// <summary>The calls that allocated, and how many bytes each time.</summary>
    public IEnumerable<(string Call, long Bytes)> Find()
    {
        var outputs = new T[inputs.Length / network.Sizes.Inputs * network.Sizes.Outputs];
        var parameters = new T[network.Sizes.Parameters];
        List<(string Name, Action Call)> calls =
        [
            ("Forward", () => network.Forward(inputs)),
            ("Forward with outputs", () => network.Forward(inputs, outputs)),
            ("Backward", () => Backward(accumulate: false)),
            ("Backward, accumulating", () => Backward(accumulate: true)),
            ("BackwardFrom", () => network.BackwardFrom(outputs)),
            ("Predict", () => network.Predict(inputs, outputs)),
            ("Evaluate", Evaluate),
            ("CopyParametersTo", () => network.CopyParametersTo(parameters)),
            ("SetParameters", () => network.SetParameters(parameters)),
        ];
        if (network is IHasOptimizer<T> optimizer)
        {
            calls.Add(("ApplyGradients", optimizer.ApplyGradients));
            calls.Add(("TrainStep", TrainStep));
            calls.Add(("Accumulate", Accumulate));
            calls.Add(("ApplyGradients after Accumulate", () =>
            {
                Accumulate();
                optimizer.ApplyGradients();
            }
            ));
        }

        // Each of the calls once more in turn, for what one of them might take away from another.
        return calls.Concat(calls).Select(call => (call.Name, Measure(call.Call))).Where(measured => measured.Item2 != 0);
    }

    /// <summary>The least of three calls after the first: what the runtime does for itself may fall into one of them, not into all.</summary>
    private static long Measure(Action call)
    {
        call();
        long least = long.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private void Backward(bool accumulate)
    {
        if (labels is not null)
        {
            ((ITakesLabels<T>)network).Backward(labels, weights, accumulate);
        }
        else
        {
            ((ITakesRows<T>)network).Backward(rows!, weights, accumulate);
        }
    }

    private void Evaluate()
    {
        if (labels is not null)
        {
            ((ITakesLabels<T>)network).Evaluate(inputs, labels, weights);
        }
        else
        {
            ((ITakesRows<T>)network).Evaluate(inputs, rows!, weights);
        }
    }

    private void Accumulate()
    {
        if (labels is not null)
        {
            ((IStepsOnLabels<T>)network).Accumulate(inputs, labels, weights);
        }
        else
        {
            ((IStepsOnRows<T>)network).Accumulate(inputs, rows!, weights);
        }
    }

    private void TrainStep()
    {
        if (labels is not null)
        {
            ((IStepsOnLabels<T>)network).TrainStep(inputs, labels, weights);
        }
        else
        {
            ((IStepsOnRows<T>)network).TrainStep(inputs, rows!, weights);
        }
    }
}
