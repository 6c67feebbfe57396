using System.Numerics;

namespace BackpropGen;

/// <summary>The argument checks of data sets; each message names the argument, what it holds and what is needed.</summary>
internal static class DataGuard
{
    /// <summary>The values of one row, where <paramref name="length"/> values are <paramref name="count"/> rows.</summary>
    public static int Width(int length, int count, string name)
    {
        if (length == 0 || length % count != 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{name}' holds {length} values; a multiple of {count}, the number of samples, is needed (1 or more each)."),
                name);
        }

        return length / count;
    }

    public static void Count(int count, string name)
    {
        if (count < 1)
        {
            throw new ArgumentException(FormattableString.Invariant($"'{name}' holds {count} samples; 1 or more are needed."), name);
        }
    }

    /// <summary>No weights, or one finite weight ≥ 0 per sample.</summary>
    public static void SampleWeights<T>(ReadOnlySpan<T> weights, int count, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!weights.IsEmpty && weights.Length != count)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{name}' holds {weights.Length} values; {count} (one per sample) or none are needed."), name);
        }

        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= T.Zero && T.IsFinite(weights[i])))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"'{name}' holds {weights[i]} at {i}; a finite number ≥ 0 is needed."), name);
            }
        }
    }

    public static void Labels(ReadOnlySpan<int> labels, string name)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] < 0)
            {
                throw new ArgumentException(FormattableString.Invariant($"'{name}' holds {labels[i]} at {i}; 0 or more is needed."), name);
            }
        }
    }

    public static void Range(int start, int length, int count)
    {
        if (start < 0 || start > count)
        {
            throw new ArgumentOutOfRangeException(nameof(start), start, FormattableString.Invariant($"'start' is {start}; 0 to {count} is needed."));
        }

        if (length < 1 || length > count - start)
        {
            throw new ArgumentOutOfRangeException(
                nameof(length), length, FormattableString.Invariant($"'length' is {length}; 1 to {count - start} is needed."));
        }
    }
}
