namespace BackpropGen.Benchmarks.Contestants;

/// <summary>Parameters with their gradients and Adam's moments.</summary>
internal sealed class Trainable(int length)
{
    public float[] Values { get; } = new float[length];

    public float[] Gradients { get; } = new float[length];

    public float[] FirstMoments { get; } = new float[length];

    public float[] SecondMoments { get; } = new float[length];

    public void Set(float[] values)
    {
        values.CopyTo(Values, 0);
        Array.Clear(FirstMoments);
        Array.Clear(SecondMoments);
    }
}
