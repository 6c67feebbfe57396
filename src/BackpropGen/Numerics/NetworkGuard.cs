using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <summary>
/// The argument checks of emitted networks. Each message names the argument, what it got and what it needs; nothing has
/// been modified when one is thrown. The checks are inlined, so that a step of a tiny network does not pay for calls.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class NetworkGuard
{
    /// <summary>What an array can hold, less the room that aligned buffers keep around their elements.</summary>
    private const int MaxWorkspaceLength = 0x7FFF_FF00;

    /// <summary>The most threads of a pass, here as in the attribute.</summary>
    private const int MaxParallelism = 1024;

    /// <summary>The number of samples of <paramref name="rowSize"/> values in an argument of <paramref name="length"/> values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BatchSize(int length, int rowSize, string parameterName)
    {
        int batch = length / rowSize;
        if (batch == 0 || batch * rowSize != length)
        {
            ThrowBatch(length, rowSize, parameterName);
        }

        return batch;
    }

    /// <summary>Demands exactly <paramref name="expected"/> values; <paramref name="meaning"/> says why, such as "64 × 10".</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Length(int length, int expected, string parameterName, string meaning)
    {
        if (length != expected)
        {
            ThrowLength(length, expected, parameterName, meaning);
        }
    }

    /// <summary>Demands exactly <paramref name="rows"/> × <paramref name="columns"/> values; costs nothing where the length is right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Length(int length, int rows, int columns, string parameterName)
    {
        if (length != (long)rows * columns)
        {
            ThrowLength(length, rows, columns, parameterName);
        }
    }

    /// <summary>The length of a workspace, where it fits an array.</summary>
    /// <param name="columns">The elements that one sample takes.</param>
    /// <param name="batch">The number of samples.</param>
    /// <returns>columns · batch.</returns>
    /// <exception cref="ArgumentException">The workspace would be larger than an array can be.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WorkspaceLength(int columns, int batch)
    {
        long length = (long)columns * batch;
        if (length > MaxWorkspaceLength)
        {
            ThrowWorkspaceLength(columns, batch);
        }

        return (int)length;
    }

    /// <summary>Demands that every label is a class from 0 to <paramref name="classes"/> − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Labels(ReadOnlySpan<int> labels, int classes, string parameterName)
    {
        // As unsigned numbers the negative labels are the largest, so one comparison covers both ends of the range.
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes)
            {
                ThrowLabel(labels[i], i, classes, parameterName);
            }
        }
    }

    /// <summary>Demands one finite weight ≥ 0 for each of <paramref name="batch"/> samples, or no weights at all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SampleWeights<T>(ReadOnlySpan<T> weights, int batch, string parameterName)
        where T : unmanaged
    {
        if (!weights.IsEmpty)
        {
            CheckSampleWeights(weights, batch, parameterName);
        }
    }

    private static void CheckSampleWeights<T>(ReadOnlySpan<T> weights, int batch, string parameterName)
        where T : unmanaged
    {
        if (weights.Length != batch)
        {
            ThrowSampleWeightCount(weights.Length, batch, parameterName);
        }

        for (int i = 0; i < weights.Length; i++)
        {
            if (!(Real.ToDouble(weights[i]) is >= 0 and < double.PositiveInfinity))
            {
                ThrowSampleWeight(weights[i], i, parameterName);
            }
        }
    }

    /// <summary>Demands that a forward pass has been run: <paramref name="batch"/> is the number of its samples.</summary>
    public static void Backward(int batch)
    {
        if (batch == 0)
        {
            ThrowNoForward();
        }
    }

    /// <summary>Returns <paramref name="value"/> if it is a learning rate: finite and greater than zero.</summary>
    public static T LearningRate<T>(T value)
        where T : unmanaged
    {
        if (!(Real.ToDouble(value) is > 0 and < double.PositiveInfinity))
        {
            ThrowLearningRate(value);
        }

        return value;
    }

    /// <summary>Returns <paramref name="value"/> if it is a number of threads: 1 to 1,024.</summary>
    public static int Parallelism(int value)
    {
        if (value is < 1 or > MaxParallelism)
        {
            ThrowParallelism(value);
        }

        return value;
    }

    [DoesNotReturn]
    private static void ThrowBatch(int length, int rowSize, string parameterName) =>
        throw new ArgumentException(
            FormattableString.Invariant(
                $"'{parameterName}' holds {length} values; a whole number of samples of {rowSize} values each is needed (1 or more)."),
            parameterName);

    [DoesNotReturn]
    private static void ThrowLength(int length, long expected, string parameterName, string meaning) =>
        throw new ArgumentException(
            FormattableString.Invariant($"'{parameterName}' holds {length} values; {expected} are needed ({meaning})."),
            parameterName);

    [DoesNotReturn]
    private static void ThrowLength(int length, int rows, int columns, string parameterName) =>
        ThrowLength(length, (long)rows * columns, parameterName, FormattableString.Invariant($"{rows} × {columns}"));

    [DoesNotReturn]
    private static void ThrowWorkspaceLength(int columns, int batch) =>
        throw new ArgumentException(
            FormattableString.Invariant(
                $"A batch of {batch} samples needs a workspace of {(long)columns * batch} elements; {MaxWorkspaceLength} is the most an array holds. Use smaller batches."));

    [DoesNotReturn]
    private static void ThrowLabel(int label, int index, int classes, string parameterName) =>
        throw new ArgumentOutOfRangeException(
            parameterName,
            label,
            FormattableString.Invariant($"'{parameterName}[{index}]' is {label}; a class from 0 to {classes - 1} is needed."));

    [DoesNotReturn]
    private static void ThrowSampleWeightCount(int length, int batch, string parameterName) =>
        throw new ArgumentException(
            FormattableString.Invariant(
                $"'{parameterName}' holds {length} values; {batch} are needed, one for each sample (or none at all)."),
            parameterName);

    [DoesNotReturn]
    private static void ThrowSampleWeight<T>(T weight, int index, string parameterName) =>
        throw new ArgumentOutOfRangeException(
            parameterName,
            weight,
            FormattableString.Invariant($"'{parameterName}[{index}]' is {weight}; a finite weight of 0 or more is needed."));

    [DoesNotReturn]
    private static void ThrowNoForward() => throw new InvalidOperationException("Backward needs a Forward before it.");

    [DoesNotReturn]
    private static void ThrowLearningRate<T>(T value) =>
        throw new ArgumentOutOfRangeException(
            nameof(value),
            value,
            FormattableString.Invariant($"The learning rate is {value}; a finite number greater than 0 is needed."));

    [DoesNotReturn]
    private static void ThrowParallelism(int value) =>
        throw new ArgumentOutOfRangeException(
            nameof(value),
            value,
            FormattableString.Invariant($"The parallelism is {value}; a number of threads from 1 to {MaxParallelism} is needed."));
}
