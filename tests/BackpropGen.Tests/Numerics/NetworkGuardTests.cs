using BackpropGen.Numerics;

namespace BackpropGen.Tests.Numerics;

public class NetworkGuardTests
{
    [Fact]
    public void BatchSizeCountsWholeSamples()
    {
        Assert.Equal(1, NetworkGuard.BatchSize(784, 784, "inputs"));
        Assert.Equal(3, NetworkGuard.BatchSize(2352, 784, "inputs"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(783)]
    [InlineData(785)]
    public void BatchSizeRefusesPartsOfSamples(int length)
    {
        var exception = Assert.Throws<ArgumentException>("inputs", () => NetworkGuard.BatchSize(length, 784, "inputs"));
        Assert.StartsWith(
            $"'inputs' holds {length} values; a whole number of samples of 784 values each is needed (1 or more).",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void LengthNamesWhatIsNeeded()
    {
        NetworkGuard.Length(640, 640, "outputs", "64 × 10");
        NetworkGuard.Length(640, 64, 10, "outputs");
        var exception = Assert.Throws<ArgumentException>("outputs", () => NetworkGuard.Length(9, 640, "outputs", "64 × 10"));
        Assert.StartsWith("'outputs' holds 9 values; 640 are needed (64 × 10).", exception.Message, StringComparison.Ordinal);
        exception = Assert.Throws<ArgumentException>("outputs", () => NetworkGuard.Length(9, 64, 10, "outputs"));
        Assert.StartsWith("'outputs' holds 9 values; 640 are needed (64 × 10).", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    [InlineData(int.MinValue)]
    public void LabelsMustBeClasses(int label)
    {
        NetworkGuard.Labels([0, 9, 5], 10, "labels");
        int[] labels = [0, 9, label];
        var exception = Assert.Throws<ArgumentOutOfRangeException>("labels", () => NetworkGuard.Labels(labels, 10, "labels"));
        Assert.StartsWith(
            $"'labels[2]' is {label}; a class from 0 to 9 is needed.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(label, exception.ActualValue);
    }

    [Fact]
    public void TheFirstWrongLabelIsNamedWhereverItStands()
    {
        var labels = new int[37];
        for (int position = 0; position < labels.Length; position++)
        {
            Array.Clear(labels);
            labels[position] = 3;
            labels[^1] = 3;
            var exception = Assert.Throws<ArgumentOutOfRangeException>(() => NetworkGuard.Labels(labels, 3, "labels"));
            Assert.StartsWith($"'labels[{position}]' is 3;", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-0.5f)]
    public void SampleWeightsMustBeFiniteAndNotNegative(float weight)
    {
        NetworkGuard.SampleWeights<float>([], 5, "sampleWeights");
        NetworkGuard.SampleWeights([0f, 2f], 2, "sampleWeights");
        float[] weights = [1, weight];
        var exception = Assert.Throws<ArgumentOutOfRangeException>(
            "sampleWeights", () => NetworkGuard.SampleWeights<float>(weights, 2, "sampleWeights"));
        Assert.StartsWith("'sampleWeights[1]' is ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("a finite weight of 0 or more is needed", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SampleWeightsMustBeOnePerSample()
    {
        double[] weights = [1, 1, 1];
        var exception = Assert.Throws<ArgumentException>(
            "sampleWeights", () => NetworkGuard.SampleWeights<double>(weights, 2, "sampleWeights"));
        Assert.StartsWith(
            "'sampleWeights' holds 3 values; 2 are needed, one for each sample (or none at all).",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void BackwardNeedsAForward()
    {
        NetworkGuard.Backward(1);
        var exception = Assert.Throws<InvalidOperationException>(() => NetworkGuard.Backward(0));
        Assert.Equal("Backward needs a Forward before it.", exception.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ALearningRateIsFiniteAndPositive(double value)
    {
        Assert.Equal(1e-3, NetworkGuard.LearningRate(1e-3));
        var exception = Assert.Throws<ArgumentOutOfRangeException>("value", () => NetworkGuard.LearningRate(value));
        Assert.Contains("a finite number greater than 0 is needed", exception.Message, StringComparison.Ordinal);
    }
}
