namespace BackpropGen;

/// <summary>Whether data, options and network fit each other.</summary>
internal static class TrainingGuard
{
    public static void Features(int features, int inputs, string name)
    {
        if (features != inputs)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{name}' has {features} features per sample; the network takes {inputs} inputs."), name);
        }
    }

    public static void Outputs(int targets, int outputs, string name)
    {
        if (targets != outputs)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{name}' has {targets} targets per sample; the network has {outputs} outputs."), name);
        }
    }

    public static void Labels(ReadOnlySpan<int> labels, int outputs, string name)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] >= outputs)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"'{name}' has the label {labels[i]} at {i}; 0 to {outputs - 1} is needed."), name);
            }
        }
    }

    public static void OneValidation(TrainingOptions options, bool hasValidation, string name)
    {
        if (hasValidation && options.ValidationSplit > 0)
        {
            throw new ArgumentException($"'{name}' is given, and 'ValidationSplit' asks for a part of the data too; one of them is needed.", name);
        }
    }

    /// <summary>A part for training and a part for validation have a sample each.</summary>
    public static void Splittable(int samples, string name)
    {
        if (samples < 2)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{name}' has {samples} sample; 'ValidationSplit' needs 2 or more."), name);
        }
    }

    public static void NoClassWeights(TrainingOptions options, string name)
    {
        if (options.BalancedClassWeights || options.ClassWeights is not null)
        {
            throw new ArgumentException($"'{name}' has class weights; target rows have no classes. Give the samples weights instead.", name);
        }
    }

    /// <summary>One way to set the class weights, one way to set the learning rate, and observers that are there.</summary>
    public static void Consistent(TrainingOptions options)
    {
        if (options.Observers.Contains(null!))
        {
            throw new ArgumentException("'options.Observers' has an observer that is null.", nameof(options));
        }

        if (options.BalancedClassWeights && options.ClassWeights is not null)
        {
            throw new ArgumentException("'options' has 'ClassWeights' and 'BalancedClassWeights'; one of them is needed.", nameof(options));
        }

        if (options.Schedule is not null && options.Plateau is not null)
        {
            throw new ArgumentException("'options' has 'Schedule' and 'Plateau'; one of them is needed.", nameof(options));
        }
    }

    /// <summary>Whether a run of these options may go on from a state.</summary>
    public static void Resumable(TrainerState state, TrainingOptions options, int samples, int parameters)
    {
        if (state.Seed != options.Seed)
        {
            throw Refuse("Seed", state.Seed, options.Seed);
        }

        if (state.SampleCount != samples)
        {
            throw Refuse("SampleCount", state.SampleCount, samples);
        }

        if (state.RestoredBest)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"'options.ResumeFrom' is the end of a run that gave the network the parameters of its best epoch, {state.BestEpoch}. ")
                + "A run goes on from parameters and state of one moment: those that an observer keeps, or a run without 'RestoreBestWeights'.",
                nameof(options));
        }

        if (state.BestParameters is { } best && best.Count != parameters)
        {
            throw Refuse("BestParameters.Count", best.Count, parameters);
        }

        if (state.Epoch < 0 || state.Step < 0 || state.EpochsWithoutImprovement < 0 || state.Position < 0 || state.Position > samples)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'options.ResumeFrom' is no place in a run: epoch {state.Epoch}, position {state.Position} of {samples}, step {state.Step}."),
                nameof(options));
        }

        if (state.Plateau is { } plateau
            && !(plateau.LearningRate >= 0 && double.IsFinite(plateau.LearningRate) && !double.IsNaN(plateau.Best) && plateau.BadEpochs >= 0 && plateau.Cooldown >= 0))
        {
            throw new ArgumentException(FormattableString.Invariant($"'options.ResumeFrom.Plateau' is {plateau}, where no plateau can stand."), nameof(options));
        }

        static ArgumentException Refuse(string what, object found, object needed) =>
            new(FormattableString.Invariant($"'options.ResumeFrom.{what}' is {found}; this run needs {needed}."), nameof(options));
    }
}
