namespace BackpropGen.Conformance;

/// <summary>Compares the optimizer of an emitted class with the steps of a case.</summary>
internal sealed class TrajectoryChecks(
    ReferenceCase reference, ReferenceTrajectory trajectory, Comparer comparer, Func<INetworkHandle> create)
{
    private readonly IReadOnlyList<ParameterTensor> _tensors = ParameterTensor.Of(reference.Spec);

    private double LossMagnitude => Comparer.Magnitude(reference.Expected.Outputs);

    /// <summary>Runs all checks.</summary>
    public void Run()
    {
        foreach (Targets targets in reference.Targets)
        {
            double[] fused = CheckTrainSteps(targets);
            double[] separate = CheckSeparateSteps(targets);
            ParameterTensor.Check(
                comparer, _tensors, $"Forward, Backward, ApplyGradients on {targets.Form} beside TrainStep", separate, fused, "");
            if (reference.IsInference)
            {
                CheckAccumulatedSteps(targets);
            }
        }
    }

    /// <summary>TrainStep, on a network that has trained before and was initialised anew.</summary>
    private double[] CheckTrainSteps(Targets targets)
    {
        INetworkHandle network = create();
        comparer.Check("initial LearningRate", network.LearningRate, reference.Spec.Optimizer!.LearningRate);
        network.TrainStep(reference.Inputs, targets);
        network.Initialize(7);
        network.SetParameters(reference.Parameters);

        for (int i = 0; i < trajectory.Steps.Count; i++)
        {
            ReferenceStep step = trajectory.Steps[i];
            network.LearningRate = step.LearningRate;
            double loss = network.TrainStep(reference.Inputs, targets);
            comparer.Check($"loss of TrainStep {i + 1} on {targets.Form}", loss, step.Loss, LossMagnitude);
            if (network.GradientNorm is { } norm)
            {
                comparer.Check($"GradientNorm of TrainStep {i + 1} on {targets.Form}", norm, step.GradientNorm);
            }

            CheckParameters(network, step, $"TrainStep {i + 1} on {targets.Form}");
        }

        CheckFinalLoss(network, targets);
        return network.CopyParameters();
    }

    /// <summary>The same by Forward, Backward and ApplyGradients.</summary>
    private double[] CheckSeparateSteps(Targets targets)
    {
        INetworkHandle network = create();
        network.SetParameters(reference.Parameters);
        for (int i = 0; i < trajectory.Steps.Count; i++)
        {
            ReferenceStep step = trajectory.Steps[i];
            network.LearningRate = step.LearningRate;
            network.Forward(reference.Inputs);
            BackwardResult result = network.Backward(targets);
            network.ApplyGradients();

            comparer.Check($"loss of Backward in step {i + 1} on {targets.Form}", result.Loss, step.Loss, LossMagnitude);
            double norm = Math.Sqrt(result.Gradients.Sum(gradient => gradient * gradient));
            comparer.Check($"gradient norm in step {i + 1} on {targets.Form}", norm, step.GradientNorm);
            CheckParameters(network, step, $"ApplyGradients in step {i + 1} on {targets.Form}");
        }

        CheckFinalLoss(network, targets);
        return network.CopyParameters();
    }

    /// <summary>The batch in parts: the first third, and the rest.</summary>
    private void CheckAccumulatedSteps(Targets targets)
    {
        INetworkHandle network = create();
        network.SetParameters(reference.Parameters);
        int first = reference.Batch / 3;
        for (int i = 0; i < trajectory.Steps.Count; i++)
        {
            ReferenceStep step = trajectory.Steps[i];
            network.LearningRate = step.LearningRate;
            Accumulate(0, first);
            Accumulate(first, reference.Batch - first);
            network.ApplyGradients();
            CheckParameters(network, step, $"Accumulate and ApplyGradients in step {i + 1} on {targets.Form}");
        }

        void Accumulate(int start, int samples)
        {
            if (samples > 0)
            {
                int inputs = reference.Spec.Inputs;
                network.Accumulate(
                    reference.Inputs[(start * inputs)..((start + samples) * inputs)], targets.Slice(start, samples, reference.Batch));
            }
        }
    }

    private void CheckParameters(INetworkHandle network, ReferenceStep step, string when)
    {
        if (step.ParametersAfter is not null)
        {
            ParameterTensor.Check(comparer, _tensors, $"parameters after {when}", network.CopyParameters(), step.ParametersAfter, "");
        }
    }

    private void CheckFinalLoss(INetworkHandle network, Targets targets)
    {
        // What was trained with masks is evaluated without.
        if (reference.IsInference)
        {
            double loss = network.Evaluate(reference.Inputs, targets);
            comparer.Check($"Evaluate on {targets.Form} after {trajectory.Steps.Count} steps", loss, trajectory.FinalLoss, LossMagnitude);
        }
    }
}
