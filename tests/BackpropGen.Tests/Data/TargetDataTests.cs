namespace BackpropGen.Tests.Data;

/// <summary>Views of samples with target rows: sizes, slices, splits.</summary>
public sealed class TargetDataTests
{
    [Fact]
    public void SizesFollowFromTheCount()
    {
        var data = new TargetData<double>(new double[12], new double[8], 4);
        Assert.Equal((4, 3, 2), (data.Count, data.Features, data.Outputs));
    }

    [Fact]
    public void WrongSizesAreNamedWithWhatIsNeeded()
    {
        Assert.Throws<ArgumentException>("count", () => new TargetData<float>(new float[4], new float[4], 0));
        Assert.Throws<ArgumentException>("inputs", () => new TargetData<float>(new float[5], new float[4], 2));
        var exception = Assert.Throws<ArgumentException>("targets", () => new TargetData<float>(new float[4], new float[5], 2));
        Assert.Contains("holds 5 values; a multiple of 2", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("sampleWeights", () => new TargetData<float>(new float[4], new float[4], 2, new float[1]));
    }

    [Fact]
    public void SlicesAreViewsAndSplitsAreDisjoint()
    {
        float[] numbers = [.. Enumerable.Range(0, 20).Select(i => (float)i)];
        var data = new TargetData<float>(numbers, numbers, 10, numbers.AsMemory(0, 10));
        TargetData<float> slice = data.Slice(2, 3);
        numbers[4] = -4;
        Assert.Equal([-4, 5, 6, 7, 8, 9], slice.Targets.ToArray());
        Assert.Equal([2, 3, -4], slice.SampleWeights.ToArray());

        numbers[4] = 4;
        (TargetData<float> first, TargetData<float> second) = data.Split(0.3, seed: 1);
        Assert.Equal((7, 3), (first.Count, second.Count));
        Assert.Equal(first.Inputs.ToArray(), first.Targets.ToArray());
        Assert.Equal(numbers, first.Inputs.ToArray().Concat(second.Inputs.ToArray()).Order());
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(2 * second.SampleWeights.Span[i], second.Inputs.Span[2 * i]));
    }
}
