namespace BackpropGen.Tests.Data;

/// <summary>Views of samples with labels: sizes, slices, splits, class weights.</summary>
public sealed class LabeledDataTests
{
    /// <summary>The inputs of sample i are 10·i and 10·i + 1, so that a row says where it comes from.</summary>
    private static LabeledData<float> Numbered(params int[] labels) =>
        new(Enumerable.Range(0, labels.Length).SelectMany(i => new float[] { 10 * i, (10 * i) + 1 }).ToArray(), labels);

    [Fact]
    public void ItIsAViewOfTheCallersMemory()
    {
        float[] inputs = [1, 2, 3, 4, 5, 6];
        int[] labels = [0, 1];
        var data = new LabeledData<float>(inputs, labels);
        Assert.Equal((2, 3), (data.Count, data.Features));
        inputs[4] = 7;
        labels[1] = 2;
        LabeledData<float> second = data.Slice(1, 1);
        Assert.Equal([4, 7, 6], second.Inputs.ToArray());
        Assert.Equal([2], second.Labels.ToArray());
    }

    [Fact]
    public void WrongSizesAreNamedWithWhatIsNeeded()
    {
        var exception = Assert.Throws<ArgumentException>("inputs", () => new LabeledData<float>(new float[7], new int[3]));
        Assert.Contains("holds 7 values; a multiple of 3", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("inputs", () => new LabeledData<float>(default, new int[3]));
        Assert.Throws<ArgumentException>("labels", () => new LabeledData<float>(new float[3], default));
        Assert.Throws<ArgumentException>("labels", () => new LabeledData<float>(new float[2], new[] { 0, -1 }));
        Assert.Throws<ArgumentException>("sampleWeights", () => new LabeledData<float>(new float[2], new int[2], new float[3]));
        Assert.Throws<ArgumentException>("sampleWeights", () => new LabeledData<float>(new float[2], new int[2], new[] { 1, -0.5f }));
        Assert.Throws<ArgumentException>("sampleWeights", () => new LabeledData<float>(new float[2], new int[2], new[] { 1, float.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>("start", () => Numbered(0, 1).Slice(3, 1));
        Assert.Throws<ArgumentOutOfRangeException>("length", () => Numbered(0, 1).Slice(1, 2));
        Assert.Throws<ArgumentOutOfRangeException>("fraction", () => Numbered(0, 1).Split(1, 0));
        Assert.Throws<InvalidOperationException>(() => Numbered(0).Split(0.5, 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ASplitDealsOutEverySampleOnce(bool stratify)
    {
        int[] labels = [.. Enumerable.Range(0, 50).Select(i => i % 5 == 0 ? 1 : 0)];
        float[] weights = [.. Enumerable.Range(0, 50).Select(i => (float)i)];
        var data = new LabeledData<float>(Numbered(labels).Inputs, labels, weights);
        (LabeledData<float> first, LabeledData<float> second) = data.Split(0.3, seed: 4, stratify);

        Assert.Equal((35, 15), (first.Count, second.Count));
        var seen = new List<int>();
        foreach (LabeledData<float> part in new[] { first, second })
        {
            for (int i = 0; i < part.Count; i++)
            {
                int row = (int)part.SampleWeights.Span[i];
                seen.Add(row);
                Assert.Equal([10 * row, (10 * row) + 1], part.Inputs.Slice(2 * i, 2).ToArray());
                Assert.Equal(labels[row], part.Labels.Span[i]);
            }
        }

        Assert.Equal(Enumerable.Range(0, 50), seen.Order());
        Assert.NotEqual(seen.Order(), seen);
        Assert.Equal(first.Inputs.ToArray(), data.Split(0.3, seed: 4, stratify).First.Inputs.ToArray());
        Assert.NotEqual(first.Inputs.ToArray(), data.Split(0.3, seed: 5, stratify).First.Inputs.ToArray());
    }

    [Fact]
    public void AStratifiedSplitKeepsTheShareOfEveryClass()
    {
        int[] labels = [.. Enumerable.Repeat(0, 80), .. Enumerable.Repeat(1, 15), .. Enumerable.Repeat(2, 5)];
        for (ulong seed = 0; seed < 20; seed++)
        {
            int[] second = Numbered(labels).Split(0.2, seed, stratify: true).Second.Labels.ToArray();
            Assert.Equal([16, 3, 1], Enumerable.Range(0, 3).Select(label => second.Count(other => other == label)));
        }
    }

    [Fact]
    public void BothPartsHaveASample()
    {
        Assert.Equal(1, Numbered(0, 1, 2).Split(0.01, 0).Second.Count);
        Assert.Equal(1, Numbered(0, 1, 2).Split(0.99, 0).First.Count);
        Assert.Equal(1, Numbered(0, 1, 2).Split(0.01, 0, stratify: true).Second.Count);
        Assert.Equal(1, Numbered(0, 1, 2).Split(0.99, 0, stratify: true).First.Count);
    }

    [Fact]
    public void BalancedWeightsAreThoseOfScikitLearn()
    {
        // compute_class_weight("balanced", classes=[0, 1, 3], y=[0, 0, 0, 1, 3, 3]) = [2/3, 2, 1]
        float[] weights = Numbered(0, 0, 0, 1, 3, 3).WithBalancedClassWeights().SampleWeights.ToArray();
        float third = 2f / 3;
        Assert.Equal([third, third, third, 2, 1, 1], weights);
    }

    [Fact]
    public void ALabelMayBeAnyNumber()
    {
        LabeledData<float> data = Numbered(int.MaxValue, 7, 7, 1_000_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        float[] weights = data.WithBalancedClassWeights().SampleWeights.ToArray();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Equal([4f / 3, 2f / 3, 2f / 3, 4f / 3], weights);
        var exception = Assert.Throws<ArgumentException>("classWeights", () => data.WithClassWeights(1, 2));
        Assert.Contains("the label 2147483647 needs 2147483648 or more", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASmallClassIsInOneSetAlone()
    {
        int[] labels = [0, 0, 0, 0, 0, 0, 0, 0, 1];
        Assert.DoesNotContain(1, Numbered(labels).Split(0.25, 0, stratify: true).Second.Labels.ToArray());
        Assert.Contains(1, Numbered(labels).Split(0.5, 0, stratify: true).Second.Labels.ToArray());
    }

    [Fact]
    public void ClassWeightsMultiplySampleWeights()
    {
        var data = new LabeledData<double>(new double[3], new[] { 0, 1, 1 }, new[] { 1, 2, 3.0 });
        Assert.Equal([0.5, 8, 12], data.WithClassWeights(0.5, 4).SampleWeights.ToArray());
        Assert.Throws<ArgumentException>("classWeights", () => data.WithClassWeights(0.5));
        Assert.Throws<ArgumentException>("classWeights", () => data.WithClassWeights(0.5, double.PositiveInfinity));
    }
}
