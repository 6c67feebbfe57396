using System.Numerics;

namespace BackpropGen;

/// <summary>Which class a row of scores stands for.</summary>
internal static class Decision
{
    /// <summary>No class: a score is NaN.</summary>
    public const int None = -1;

    /// <summary>
    /// The class of the largest score, the first of them if there are several; of a single score class 1 if it is above ½, otherwise
    /// class 0. A row with a NaN says nothing.
    /// </summary>
    public static int Of<T>(ReadOnlySpan<T> row)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (row.Length == 1)
        {
            return T.IsNaN(row[0]) ? None : IsAbove(row[0], 0.5) ? 1 : 0;
        }

        int largest = 0;
        for (int i = 0; i < row.Length; i++)
        {
            if (T.IsNaN(row[i]))
            {
                return None;
            }

            largest = row[i] > row[largest] ? i : largest;
        }

        return largest;
    }

    /// <summary>Whether a probability says yes; NaN does not.</summary>
    public static bool IsAbove<T>(T value, double threshold)
        where T : unmanaged, IFloatingPointIeee754<T> => double.CreateTruncating(value) > threshold;
}
