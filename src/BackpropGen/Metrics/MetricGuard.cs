namespace BackpropGen;

/// <summary>The argument checks of the metrics.</summary>
internal static class MetricGuard
{
    /// <summary>The outputs per sample of <paramref name="predictions"/> values for <paramref name="labels"/> samples.</summary>
    public static int Outputs(int predictions, int labels)
    {
        if (labels == 0 ? predictions != 0 : predictions == 0 || predictions % labels != 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'predictions' holds {predictions} values; a multiple of {labels}, the number of labels, is needed."),
                nameof(predictions));
        }

        return labels == 0 ? 1 : predictions / labels;
    }

    /// <summary>Demands as many targets as predictions, in whole rows.</summary>
    public static void Rows(int predictions, int targets, int outputs)
    {
        if (outputs < 1)
        {
            throw new ArgumentException(FormattableString.Invariant($"'outputs' is {outputs}; 1 or more is needed."), nameof(outputs));
        }

        if (predictions % outputs != 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'predictions' holds {predictions} values; whole rows of {outputs} are needed."), nameof(predictions));
        }

        if (targets != predictions)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'targets' holds {targets} values; {predictions}, as many as 'predictions', are needed."), nameof(targets));
        }
    }

    /// <summary>Demands a class; a single output stands for two.</summary>
    public static void Label(int label, int outputs)
    {
        int classes = outputs == 1 ? 2 : outputs;
        if ((uint)label >= (uint)classes)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'labels' holds {label}; 0 to {classes - 1} is needed."), "labels");
        }
    }
}
