namespace BackpropGen;

/// <summary>The ways from one learning rate to another.</summary>
internal static class Anneal
{
    /// <summary>Half a cosine: <paramref name="from"/> at fraction 0, <paramref name="to"/> at 1, level at both ends.</summary>
    public static double Cosine(double from, double to, double fraction) =>
        to + ((from - to) * (1 + Math.Cos(Math.PI * fraction)) / 2);

    /// <summary>A straight line.</summary>
    public static double Linear(double from, double to, double fraction) => from + ((to - from) * fraction);
}
