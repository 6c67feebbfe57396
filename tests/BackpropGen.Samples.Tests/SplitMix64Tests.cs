using Digits;

namespace BackpropGen.Samples.Tests;

public sealed class SplitMix64Tests
{
    [Fact]
    public void The_sequence_is_the_published_one()
    {
        // The first outputs of the reference implementation for the seed 1234567.
        var random = new SplitMix64(1234567);

        Assert.Equal(6457827717110365317UL, random.Next());
        Assert.Equal(3203168211198807973UL, random.Next());
        Assert.Equal(9817491932198370423UL, random.Next());
    }

    [Fact]
    public void Whole_numbers_stay_below_their_bound_and_reach_all_values()
    {
        var random = new SplitMix64(1);
        var seen = new HashSet<int>();
        for (int i = 0; i < 1000; i++)
        {
            seen.Add(random.NextInt(7));
        }

        Assert.Equal(Enumerable.Range(0, 7), seen.Order());
    }

    [Fact]
    public void Normal_numbers_have_their_mean_and_deviation()
    {
        var random = new SplitMix64(1);
        float[] values = [.. Enumerable.Range(0, 20_000).Select(_ => random.Normal(2))];

        Assert.Equal(0, values.Average(), 0.05);
        Assert.Equal(4, values.Average(value => value * value), 0.15);
    }
}
