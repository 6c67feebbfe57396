namespace Digits;

/// <summary>A line of the pen: points to go through, with corners or in one smooth curve.</summary>
/// <param name="Smooth">Whether the pen goes round the points instead of turning at them.</param>
/// <param name="Points">The points, x to the right and y down, the digit within [0, 1] × [0, 1].</param>
internal sealed record Stroke(bool Smooth, params (float X, float Y)[] Points);

/// <summary>How people write the ten digits: for each digit a few ways, each of one or more strokes.</summary>
internal static class DigitSkeletons
{
    /// <summary>The ways to write each digit.</summary>
    public static readonly Stroke[][][] Of =
    [
        [
            [Curve((0.5f, 0), (0.2f, 0.14f), (0.1f, 0.5f), (0.2f, 0.86f), (0.5f, 1), (0.8f, 0.86f), (0.9f, 0.5f), (0.8f, 0.14f), (0.5f, 0))],
            [Curve((0.62f, 0.04f), (0.3f, 0.1f), (0.12f, 0.5f), (0.26f, 0.92f), (0.6f, 0.96f), (0.86f, 0.6f), (0.8f, 0.2f), (0.45f, 0))],
        ],
        [
            [Line((0.5f, 0), (0.5f, 1))],
            [Line((0.28f, 0.22f), (0.54f, 0), (0.54f, 1))],
            [Line((0.28f, 0.2f), (0.54f, 0), (0.54f, 1)), Line((0.25f, 1), (0.83f, 1))],
        ],
        [
            [Curve((0.1f, 0.25f), (0.3f, 0.03f), (0.65f, 0.02f), (0.84f, 0.25f), (0.7f, 0.5f), (0.4f, 0.75f), (0.1f, 1)), Line((0.1f, 1), (0.92f, 1))],
            [Curve((0.12f, 0.22f), (0.4f, 0), (0.8f, 0.12f), (0.76f, 0.45f), (0.45f, 0.8f), (0.15f, 0.95f), (0.14f, 0.76f), (0.4f, 0.82f), (0.9f, 1))],
        ],
        [
            [Curve((0.12f, 0.12f), (0.45f, 0), (0.8f, 0.16f), (0.72f, 0.4f), (0.4f, 0.47f)), Curve((0.4f, 0.47f), (0.8f, 0.54f), (0.88f, 0.8f), (0.5f, 1), (0.08f, 0.88f))],
            [Line((0.15f, 0.02f), (0.82f, 0.02f), (0.45f, 0.4f)), Curve((0.45f, 0.4f), (0.82f, 0.5f), (0.86f, 0.8f), (0.5f, 1), (0.1f, 0.9f))],
        ],
        [
            [Line((0.68f, 0), (0.08f, 0.66f), (0.95f, 0.66f)), Line((0.7f, 0), (0.7f, 1))],
            [Line((0.2f, 0.02f), (0.14f, 0.5f), (0.8f, 0.5f)), Line((0.8f, 0), (0.76f, 1))],
            [Curve((0.18f, 0), (0.1f, 0.36f), (0.35f, 0.54f), (0.78f, 0.44f)), Line((0.84f, 0.02f), (0.66f, 1))],
        ],
        [
            [Line((0.85f, 0.02f), (0.26f, 0.02f), (0.2f, 0.42f)), Curve((0.2f, 0.42f), (0.55f, 0.36f), (0.86f, 0.6f), (0.72f, 0.92f), (0.4f, 1), (0.08f, 0.9f))],
            [Curve((0.9f, 0), (0.4f, 0.06f), (0.24f, 0.36f), (0.6f, 0.48f), (0.8f, 0.75f), (0.5f, 0.98f), (0.1f, 0.92f))],
        ],
        [
            [Curve((0.72f, 0), (0.35f, 0.2f), (0.12f, 0.6f), (0.2f, 0.9f), (0.5f, 1), (0.82f, 0.86f), (0.8f, 0.62f), (0.5f, 0.52f), (0.18f, 0.7f))],
            [Curve((0.4f, 0), (0.16f, 0.45f), (0.2f, 0.9f), (0.55f, 1), (0.8f, 0.8f), (0.6f, 0.62f), (0.22f, 0.8f))],
        ],
        [
            [Line((0.08f, 0.03f), (0.9f, 0.03f), (0.4f, 1))],
            [Line((0.08f, 0.05f), (0.9f, 0.03f), (0.42f, 1)), Line((0.35f, 0.5f), (0.85f, 0.48f))],
            [Curve((0.1f, 0.14f), (0.5f, 0.06f), (0.88f, 0.06f), (0.66f, 0.4f), (0.5f, 1))],
        ],
        [
            [Curve((0.5f, 0.48f), (0.18f, 0.26f), (0.5f, 0), (0.82f, 0.26f), (0.5f, 0.48f), (0.12f, 0.76f), (0.5f, 1), (0.88f, 0.76f), (0.5f, 0.48f))],
            [Curve((0.82f, 0.12f), (0.5f, 0), (0.2f, 0.2f), (0.5f, 0.48f), (0.82f, 0.78f), (0.5f, 1), (0.18f, 0.8f), (0.5f, 0.48f), (0.84f, 0.16f))],
        ],
        [
            [Curve((0.82f, 0.26f), (0.6f, 0.02f), (0.22f, 0.12f), (0.16f, 0.4f), (0.48f, 0.52f), (0.8f, 0.3f)), Line((0.83f, 0.22f), (0.78f, 1))],
            [Curve((0.84f, 0.2f), (0.45f, 0), (0.14f, 0.26f), (0.4f, 0.52f), (0.8f, 0.26f), (0.8f, 0.65f), (0.6f, 0.96f), (0.25f, 0.96f))],
        ],
    ];

    private static Stroke Line(params (float X, float Y)[] points) => new(Smooth: false, points);

    private static Stroke Curve(params (float X, float Y)[] points) => new(Smooth: true, points);
}
