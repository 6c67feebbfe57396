using BackpropGen;

namespace Digits;

/// <summary>
/// Draws digits the way a hand does: a skeleton of strokes, every point a little off, the whole slanted, turned, stretched and
/// shifted, drawn with a pen of some width and pressure, then noise. So the sample needs no download. Every image has random
/// numbers of its own, from the seed and its position: the result does not depend on how many threads draw.
/// </summary>
internal static class StrokeDigits
{
    private const int Side = DigitImages.Side;

    // Chosen so that the sample's network finds 97 to 99 %, which leaves it something to learn.
    private const float Wobble = 0.035f;
    private const float Slant = 0.2f;
    private const float Turn = 0.1f;
    private const float Shift = 0.8f;
    private const float Noise = 0.05f;

    private const int StepsPerCurvePart = 5;

    /// <summary>Draws digits; the same count and seed give the same images.</summary>
    public static LabeledData<float> Draw(int count, ulong seed)
    {
        var pixels = new byte[count * DigitImages.Pixels];
        var labels = new byte[count];
        ulong start = new SplitMix64(seed).Next();
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, n =>
        {
            var random = new SplitMix64(start + ((ulong)n << 32));
            int digit = random.NextInt(10);
            labels[n] = (byte)digit;
            DrawOne(digit, random, pixels.AsSpan(n * DigitImages.Pixels, DigitImages.Pixels));
        });
        return DigitImages.FromBytes(pixels, labels);
    }

    private static void DrawOne(int digit, SplitMix64 random, Span<byte> image)
    {
        Hand hand = Hand.From(random);
        float radius = random.Uniform(0.7f, 1.7f);
        float pressure = random.Uniform(0.75f, 1);

        Span<float> ink = stackalloc float[DigitImages.Pixels];
        ink.Clear();

        Stroke[][] ways = DigitSkeletons.Of[digit];
        foreach (Stroke stroke in ways[random.NextInt(ways.Length)])
        {
            (float X, float Y)[] points = Array.ConvertAll(stroke.Points, hand.Place);
            (float X, float Y) from = points[0];
            foreach ((float X, float Y) to in stroke.Smooth ? Rounded(points) : points)
            {
                DrawSegment(ink, from, to, radius);
                from = to;
            }
        }

        for (int i = 0; i < image.Length; i++)
        {
            float value = (ink[i] * pressure) + random.Normal(Noise);
            image[i] = (byte)(Math.Clamp(value, 0, 1) * 255);
        }
    }

    /// <summary>The Catmull-Rom curve through the points, as short straight parts.</summary>
    private static IEnumerable<(float X, float Y)> Rounded((float X, float Y)[] points)
    {
        for (int i = 0; i + 1 < points.Length; i++)
        {
            (float X, float Y) a = points[Math.Max(i - 1, 0)], b = points[i], c = points[i + 1], d = points[Math.Min(i + 2, points.Length - 1)];
            for (int step = 1; step <= StepsPerCurvePart; step++)
            {
                float t = (float)step / StepsPerCurvePart;
                yield return (CatmullRom(a.X, b.X, c.X, d.X, t), CatmullRom(a.Y, b.Y, c.Y, d.Y, t));
            }
        }
    }

    private static float CatmullRom(float a, float b, float c, float d, float t) =>
        b + (0.5f * t * (c - a + (t * ((2 * a) - (5 * b) + (4 * c) - d + (t * ((3 * (b - c)) + d - a))))));

    /// <summary>Darkens the pixels near a straight part; the edge of the pen fades over one pixel, which smooths it.</summary>
    private static void DrawSegment(Span<float> ink, (float X, float Y) from, (float X, float Y) to, float radius)
    {
        float reach = radius + 0.5f;
        int left = Math.Max(0, (int)MathF.Ceiling(Math.Min(from.X, to.X) - reach));
        int right = Math.Min(Side - 1, (int)MathF.Floor(Math.Max(from.X, to.X) + reach));
        int top = Math.Max(0, (int)MathF.Ceiling(Math.Min(from.Y, to.Y) - reach));
        int bottom = Math.Min(Side - 1, (int)MathF.Floor(Math.Max(from.Y, to.Y) + reach));

        (float X, float Y) along = (to.X - from.X, to.Y - from.Y);
        float lengthSquared = Math.Max((along.X * along.X) + (along.Y * along.Y), 1e-6f);
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                float position = Math.Clamp((((x - from.X) * along.X) + ((y - from.Y) * along.Y)) / lengthSquared, 0, 1);
                float dx = x - from.X - (position * along.X);
                float dy = y - from.Y - (position * along.Y);
                float coverage = Math.Clamp(reach - MathF.Sqrt((dx * dx) + (dy * dy)), 0, 1);
                ref float pixel = ref ink[(y * Side) + x];
                pixel = Math.Max(pixel, coverage);
            }
        }
    }

    /// <summary>Where one hand, with its size, slant, turn and unsteadiness, puts a point of the skeleton: in pixels.</summary>
    private sealed record Hand(SplitMix64 Random, float Width, float Height, float Slant, float Sine, float Cosine, float X, float Y)
    {
        public static Hand From(SplitMix64 random)
        {
            (float sine, float cosine) = MathF.SinCos(random.Normal(Turn));
            return new Hand(
                random,
                Width: random.Uniform(9, 15),
                Height: random.Uniform(15, 20.5f),
                Slant: random.Normal(StrokeDigits.Slant),
                sine,
                cosine,
                X: ((Side - 1) / 2f) + random.Normal(Shift),
                Y: ((Side - 1) / 2f) + random.Normal(Shift));
        }

        public (float X, float Y) Place((float X, float Y) point)
        {
            float y = (point.Y - 0.5f + Random.Normal(Wobble)) * Height;
            float x = ((point.X - 0.5f + Random.Normal(Wobble)) * Width) - (y * Slant);
            return (X + (x * Cosine) - (y * Sine), Y + (x * Sine) + (y * Cosine));
        }
    }
}
