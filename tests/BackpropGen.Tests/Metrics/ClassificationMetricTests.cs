namespace BackpropGen.Tests.Metrics;

/// <summary>Metrics of classes, against counts by hand and scikit-learn's figures.</summary>
public sealed class ClassificationMetricTests
{
    // Predicted classes 0, 2, 1, 0, 0, 1 for the labels below: scikit-learn's own example of precision_score and its relatives.
    private static readonly float[] Predictions =
    [
        0.8f, 0.1f, 0.1f,
        0.2f, 0.1f, 0.7f,
        0.1f, 0.6f, 0.3f,
        0.5f, 0.2f, 0.3f,
        0.4f, 0.3f, 0.3f,
        0.3f, 0.4f, 0.3f,
    ];

    private static readonly int[] Labels = [0, 1, 2, 0, 1, 2];

    [Theory]
    [InlineData(Averaging.Macro, 2.0 / 9, 1.0 / 3, 4.0 / 15)]
    [InlineData(Averaging.Micro, 1.0 / 3, 1.0 / 3, 1.0 / 3)]
    [InlineData(Averaging.Weighted, 2.0 / 9, 1.0 / 3, 4.0 / 15)]
    public void PrecisionRecallAndF1AreThoseOfScikitLearn(Averaging averaging, double precision, double recall, double f1)
    {
        Assert.Equal(precision, Of(new PrecisionScore<float>(3, averaging)), 1e-12);
        Assert.Equal(recall, Of(new RecallScore<float>(3, averaging)), 1e-12);
        Assert.Equal(f1, Of(new F1Score<float>(3, averaging)), 1e-12);
    }

    [Fact]
    public void EveryClassHasItsScore()
    {
        var precision = new PrecisionScore<float>(3);
        var recall = new RecallScore<float>(3);
        Of(precision);
        Of(recall);
        Assert.Equal([2.0 / 3, 0, 0], Enumerable.Range(0, 3).Select(precision.PerClass));
        Assert.Equal([1.0, 0, 0], Enumerable.Range(0, 3).Select(recall.PerClass));
        Assert.Throws<ArgumentOutOfRangeException>(() => recall.PerClass(3));
        Assert.Throws<ArgumentOutOfRangeException>("classes", () => new F1Score<float>(int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>("classes", () => new ConfusionMatrix<float>(46_341));
    }

    [Fact]
    public void WeightedCountsAClassAsOftenAsItOccurs()
    {
        // Class 0: precision 2/2, recall 2/3; class 1: precision 1/2, recall 1.
        var precision = new PrecisionScore<double>(2, Averaging.Weighted);
        precision.Add([0.2, 0.7, 0.1, 0.9], (int[])[0, 0, 0, 1]);
        Assert.Equal(((3 * 1.0) + (1 * 0.5)) / 4, precision.Value, 1e-12);
    }

    [Fact]
    public void ABinaryScoreIsThatOfThePositives()
    {
        int[] labels = [0, 1, 1, 0, 1];
        double[] predictions = [0.2, 0.7, 0.4, 0.8, 0.51];
        var f1 = new F1Score<double>(2, Averaging.Binary);
        f1.Add(predictions, labels);
        Assert.Equal(2.0 / 3, f1.Value, 1e-12);
        Assert.Throws<ArgumentException>("classes", () => new F1Score<double>(3, Averaging.Binary));
    }

    [Fact]
    public void WithoutPositivesTheScoreIsZero()
    {
        double[] predictions = [0.2, 0.3];
        foreach (ClassScore<double> score in (ClassScore<double>[])[
            new PrecisionScore<double>(2, Averaging.Binary), new RecallScore<double>(2, Averaging.Binary), new F1Score<double>(2, Averaging.Binary)])
        {
            Assert.Equal(double.NaN, score.Value);
            score.Add(predictions, (int[])[0, 0]);
            Assert.Equal(0, score.Value);
        }
    }

    [Fact]
    public void MacroLeavesOutClassesThatNobodyNames()
    {
        var recall = new RecallScore<float>(4);
        recall.Add([0.9f, 0.1f, 0, 0, 0.2f, 0.8f, 0, 0], (int[])[0, 1]);
        Assert.Equal(1, recall.Value);
    }

    [Fact]
    public void AccuracyIsTheShareOfRightAnswers()
    {
        Assert.Equal(2.0 / 6, Of(new Accuracy<float>()), 1e-12);
        Assert.Equal(2.0 / 6, Of(new TopKAccuracy<float>(1)), 1e-12);

        // Row 1 ranks its class last; row 4 ranks 1 before the equal 2, row 5 ranks 1, 0, 2.
        Assert.Equal(4.0 / 6, Of(new TopKAccuracy<float>(2)), 1e-12);
        Assert.Equal(1, Of(new TopKAccuracy<float>(3)));
        Assert.Equal("top_3_accuracy", new TopKAccuracy<float>(3).Name);
    }

    [Fact]
    public void OneOutputIsDecidedAtOneHalf()
    {
        var accuracy = new Accuracy<double>();
        accuracy.Add([0.5, 0.500001, 0.9, 0.1], (int[])[0, 1, 0, 0]);
        Assert.Equal(0.75, accuracy.Value);
        accuracy.Reset();
        accuracy.Add([0.5, 0.500001, 0.9, 0.1], [0.0, 1, 0, 0], outputs: 1);
        Assert.Equal(0.75, accuracy.Value);
        Assert.Throws<ArgumentException>("labels", () => accuracy.Add([0.5], (int[])[2]));
        Assert.Throws<ArgumentException>("predictions", () => new TopKAccuracy<double>().Add([0.5], (int[])[1]));
    }

    [Fact]
    public void RowsOfTargetsSayTheirClass()
    {
        float[] oneHot = [.. Labels.SelectMany(label => Enumerable.Range(0, 3).Select(k => k == label ? 1f : 0))];
        foreach (Func<IMetric> create in (Func<IMetric>[])[
            () => new Accuracy<float>(), () => new TopKAccuracy<float>(2), () => new ConfusionMatrix<float>(3), () => new F1Score<float>(3), () => new LogLoss<float>()])
        {
            IMetric metric = create();
            ((ITargetMetric<float>)metric).Add(Predictions, oneHot, 3);
            Assert.Equal(Of((ILabelMetric<float>)create()), metric.Value, 1e-12);
        }
    }

    [Fact]
    public void ElementsAreCountedOneByOne()
    {
        var accuracy = new BinaryAccuracy<float>(0.7);
        accuracy.Add([0.8f, 0.6f, 0.1f, float.NaN], [1, 1, 0, 0], 2);
        Assert.Equal(0.5, accuracy.Value);
    }

    [Fact]
    public void TheConfusionMatrixCounts()
    {
        var matrix = new ConfusionMatrix<float>(3);
        Of(matrix);
        Assert.Equal([2, 0, 0, 1, 0, 1, 0, 2, 0], from actual in Enumerable.Range(0, 3) from predicted in Enumerable.Range(0, 3) select matrix[actual, predicted]);
        Assert.Equal((2, 3, 0), (matrix.Actual(1), matrix.Predicted(0), matrix.Undecided(0)));
        Assert.Equal((6, 2.0 / 6), (matrix.Total, matrix.Value));
        Assert.Throws<ArgumentException>("predictions", () => matrix.Add([0.1f, 0.9f], (int[])[1]));
        matrix.Reset();
        Assert.Equal((0, 0), (matrix.Total, matrix[0, 0]));
        Assert.Equal(double.NaN, matrix.Value);
    }

    [Fact]
    public void NaNIsNoClass()
    {
        float[] predictions = [0.9f, float.NaN, 0.8f, 0.2f];
        int[] labels = [0, 0];
        foreach (ILabelMetric<float> metric in (ILabelMetric<float>[])[new Accuracy<float>(), new TopKAccuracy<float>(2), new ConfusionMatrix<float>(2), new RecallScore<float>(2)])
        {
            metric.Add(predictions, labels);
            Assert.Equal(0.5, metric.Value);
        }

        var precision = new PrecisionScore<float>(2);
        precision.Add(predictions, labels);
        Assert.Equal((1, 1), (precision.Value, precision.Matrix.Undecided(0)));
    }

    [Fact]
    public void LogLossIsTheMeanOfTheLogarithms()
    {
        double expected = -(Math.Log(0.8) + Math.Log(0.1) + Math.Log(0.3) + Math.Log(0.5) + Math.Log(0.3) + Math.Log(0.3)) / 6;
        Assert.Equal(expected, Of(new LogLoss<float>()), 1e-6);

        var binary = new LogLoss<double>();
        binary.Add([0.9, 0.2], (int[])[1, 0]);
        Assert.Equal(-(Math.Log(0.9) + Math.Log(0.8)) / 2, binary.Value, 1e-15);
        binary.Add([0, 1], [0.0, 1], outputs: 1);
        Assert.Equal(-(Math.Log(0.9) + Math.Log(0.8)) / 4, binary.Value, 1e-15);

        // The machine epsilon of double is 2⁻⁵².
        binary.Reset();
        binary.Add([0.0], (int[])[1]);
        Assert.Equal(52 * Math.Log(2), binary.Value, 1e-12);
        binary.Add([double.NaN], (int[])[1]);
        Assert.Equal(double.NaN, binary.Value);
    }

    private static double Of(ILabelMetric<float> metric)
    {
        metric.Reset();
        metric.Add(Predictions.AsSpan(0, 12), Labels.AsSpan(0, 4));
        metric.Add(Predictions.AsSpan(12), Labels.AsSpan(4));
        return metric.Value;
    }
}
