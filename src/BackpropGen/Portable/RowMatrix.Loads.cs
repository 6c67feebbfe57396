namespace BackpropGen.Numerics;

/// <content>Loads element by element.</content>
public static partial class RowMatrix
{
    /// <summary>Loads the first elements of a vector and touches no other; the remaining lanes are zero.</summary>
    private static unsafe Vector256<T> LoadFirst<T>(T* first, int count, Vector256<T> lanes)
        where T : unmanaged
    {
        Vector256<T> value = Vector256<T>.Zero;
        for (int i = 0; i < count; i++)
        {
            value = value.WithElement(i, first[i]);
        }

        return value;
    }
}
