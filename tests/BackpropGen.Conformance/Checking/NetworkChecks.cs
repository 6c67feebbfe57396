using BackpropGen.Generator.Model;

namespace BackpropGen.Conformance;

/// <summary>Compares everything that one emitted class gives with the numbers of a case.</summary>
/// <param name="reference">The case.</param>
/// <param name="comparer">Collects what does not fit.</param>
/// <param name="create">Makes a new instance of the class.</param>
/// <param name="keepsIntermediates">Whether the class was declared to keep z, h and δ.</param>
internal sealed class NetworkChecks(ReferenceCase reference, Comparer comparer, Func<INetworkHandle> create, bool keepsIntermediates)
{
    private readonly NetworkSpec _spec = reference.Spec;
    private readonly ReferenceValues _expected = reference.Expected;
    private readonly IReadOnlyList<ParameterTensor> _tensors = ParameterTensor.Of(reference.Spec);

    private int Outputs => _expected.Outputs.Length / reference.Batch;

    /// <summary>The largest number that a loss is made of.</summary>
    private double OutputMagnitude => Comparer.Magnitude(_expected.Outputs);

    /// <summary>Runs all checks.</summary>
    public void Run()
    {
        INetworkHandle network = create();
        CheckSizes(network);
        CheckParameters(network);
        CheckInference(network, "before any forward pass");
        Disturb(network);
        foreach (Targets targets in reference.Targets)
        {
            CheckPass(network, targets);
            CheckAccumulation(network, targets);
            CheckInterruptedPass(network, targets);
        }

        if (_expected.OutputGradients is not null)
        {
            CheckPassFromOutputGradients(network, _expected.OutputGradients);
        }

        CheckInference(network, "after the passes");
        CheckHeldParameterSpan();
        CheckAllocations();
        if (reference.Trajectory is not null)
        {
            new TrajectoryChecks(reference, reference.Trajectory, comparer, create).Run();
        }
    }

    private void CheckSizes(INetworkHandle network)
    {
        (int, int, int) expected = (_spec.Inputs, Outputs, reference.Parameters.Length);
        comparer.Require(network.Sizes == expected, "InputSize, OutputSize, ParameterCount", $"got {network.Sizes}, expected {expected}");
    }

    private void CheckParameters(INetworkHandle network)
    {
        double[] first = create().CopyParameters();
        comparer.Require(first.SequenceEqual(network.CopyParameters()), "initial parameters", "two networks with one seed differ");
        comparer.Require(first.All(double.IsFinite), "initial parameters", "not all are finite");

        network.SetParameters(reference.Parameters);
        CheckTensors("CopyParametersTo after SetParameters", network.CopyParameters(), reference.Parameters, "");
        CheckTensors("Parameters", network.ReadParameters(), reference.Parameters, "");
        CheckTensors("the layers' Weights and Bias", network.ReadLayerViews().Parameters, reference.Parameters, "");

        network.Initialize(42);
        comparer.Require(first.SequenceEqual(network.CopyParameters()), "Initialize", "gives other parameters than the constructor with the same seed");
        network.SetParameters(reference.Parameters);
    }

    /// <summary>Predict and Evaluate, for the whole batch and (rows do not depend on each other) for its first rows alone.</summary>
    private void CheckInference(INetworkHandle network, string when)
    {
        if (!reference.IsInference)
        {
            return;
        }

        comparer.Check($"Predict {when}", network.Predict(reference.Inputs), _expected.Predictions, Outputs);
        int rows = (reference.Batch + 1) / 2;
        comparer.Check(
            $"Predict {when} of the first {rows} rows",
            network.Predict(reference.Inputs[..(rows * _spec.Inputs)]),
            _expected.Predictions.AsSpan(0, rows * Outputs),
            Outputs);
        foreach (Targets targets in reference.Targets)
        {
            comparer.Check(
                $"Evaluate on {targets.Form} {when}", network.Evaluate(reference.Inputs, targets), _expected.Loss, OutputMagnitude);
        }
    }

    /// <summary>Fills the workspaces with a larger batch, and then with a smaller one.</summary>
    private void Disturb(INetworkHandle network)
    {
        Targets targets = reference.Targets[0];
        network.Forward([.. reference.Inputs, .. reference.Inputs]);
        network.Backward(targets.Doubled());
        network.Forward(reference.Inputs[.._spec.Inputs]);
    }

    private void CheckPass(INetworkHandle network, Targets targets)
    {
        comparer.Check("outputs of Forward", network.ForwardTo(reference.Inputs), _expected.Outputs, Outputs);
        BackwardResult result = network.Backward(targets);
        CheckResult($"Backward on {targets.Form}", result, 1);
        CheckLosses($"Backward on {targets.Form}", result);
        CheckTensors("the layers' WeightGradients and BiasGradients", network.ReadLayerViews().Gradients, _expected.Gradients, "d");
        CheckLayers(network, $"after Backward on {targets.Form}");
    }

    private void CheckAccumulation(INetworkHandle network, Targets targets)
    {
        network.Forward(reference.Inputs);
        network.Backward(targets);
        network.Forward(reference.Inputs);
        BackwardResult twice = network.Backward(targets, accumulate: true);
        CheckResult($"Backward on {targets.Form}, accumulated", twice, 2);
        CheckLosses($"Backward on {targets.Form}, accumulated", twice);
    }

    /// <summary>A Predict of other rows between Forward and Backward leaves no trace, and a second Backward gives the same as the first.</summary>
    private void CheckInterruptedPass(INetworkHandle network, Targets targets)
    {
        network.Forward(reference.Inputs);
        network.Predict(reference.Inputs[.._spec.Inputs]);
        CheckResult($"Backward on {targets.Form} after a Predict in between", network.Backward(targets), 1);
        CheckResult($"a second Backward on {targets.Form}", network.Backward(targets), 1);
    }

    private void CheckPassFromOutputGradients(INetworkHandle network, double[] outputGradients)
    {
        network.Forward(reference.Inputs);
        CheckResult("BackwardFrom", network.BackwardFrom(outputGradients), 1);
        CheckLayers(network, "after BackwardFrom");
        network.Forward(reference.Inputs);
        CheckResult("BackwardFrom, accumulated", network.BackwardFrom(outputGradients, accumulate: true), 2);
    }

    private void CheckHeldParameterSpan()
    {
        INetworkHandle network = create();
        network.WriteParametersThroughHeldSpan(reference.Parameters, reference.Inputs);
        comparer.Check("Forward after a write to a held Parameters span", network.ForwardTo(reference.Inputs), _expected.Outputs, Outputs);
        CheckResult("Backward after a write to a held Parameters span", network.Backward(reference.Targets[0]), 1);
    }

    /// <summary>
    /// Once warm nothing is allocated: for the batch, for parts of it in a workspace that has room for all of it, and again with the flat
    /// views, which every call then keeps in step.
    /// </summary>
    private void CheckAllocations()
    {
        INetworkHandle network = create();
        network.SetParameters(reference.Parameters);
        foreach (Targets targets in reference.Targets)
        {
            foreach (int samples in new[] { reference.Batch, 1, (reference.Batch + 1) / 2 }.Distinct())
            {
                CheckAllocations(network, targets, samples, "");
            }

            network.ReadParameters();
            network.Forward(reference.Inputs);
            network.Backward(targets);
            CheckAllocations(network, targets, reference.Batch, ", flat views taken");
        }
    }

    private void CheckAllocations(INetworkHandle network, Targets targets, int samples, string when)
    {
        double[] inputs = reference.Inputs[..(samples * _spec.Inputs)];
        IReadOnlyList<(string Call, long Bytes)> found = network.FindAllocations(inputs, targets.First(samples, reference.Batch));
        comparer.Require(
            found.Count == 0,
            $"allocations on {targets.Form}, {samples} of {reference.Batch} samples{when}",
            string.Join(", ", found.Select(allocation => $"{allocation.Call} took {allocation.Bytes} bytes")));
    }

    private void CheckLosses(string pass, BackwardResult result)
    {
        comparer.Check($"loss of {pass}", result.Loss, _expected.Loss, OutputMagnitude);
        comparer.Check($"SampleLosses of {pass}", result.SampleLosses, _expected.SampleLosses, 1, OutputMagnitude);
    }

    /// <summary>The gradients of a pass; those of the parameters may have been accumulated, ∂x never is.</summary>
    private void CheckResult(string pass, BackwardResult result, int times)
    {
        double[] expected = times == 1 ? _expected.Gradients : Array.ConvertAll(_expected.Gradients, gradient => times * gradient);
        CheckTensors(pass, result.Gradients, expected, "d");
        if (_expected.InputGradients is not null)
        {
            comparer.Check($"dx of {pass}", result.InputGradients ?? [], _expected.InputGradients, _spec.Inputs);
        }
    }

    private void CheckLayers(INetworkHandle network, string when)
    {
        if (!keepsIntermediates)
        {
            return;
        }

        for (int i = 0; i < _expected.Layers.Count; i++)
        {
            ReferenceLayer layer = _expected.Layers[i];
            int units = layer.Output.Length / reference.Batch;
            (double[] z, double[] h, double[] delta) = network.ReadIntermediates(i, reference.Batch, units);
            comparer.Check($"z{i + 1} {when}", z, layer.PreActivation, units);
            comparer.Check($"h{i + 1} {when}", h, layer.Output, units);
            comparer.Check($"dz{i + 1} {when}", delta, layer.Delta, units);
        }
    }

    /// <summary>Compares a flat array tensor by tensor.</summary>
    private void CheckTensors(string what, double[] actual, double[] expected, string prefix) =>
        ParameterTensor.Check(comparer, _tensors, what, actual, expected, prefix);
}
