namespace BackpropGen.Tests.Metrics;

/// <summary>Metrics of values, against scikit-learn's figures.</summary>
public sealed class RegressionMetricTests
{
    // The examples of scikit-learn's mean_absolute_error, mean_squared_error and r2_score.
    private static readonly double[] Targets = [3, -0.5, 2, 7];
    private static readonly double[] Predictions = [2.5, 0.0, 2, 8];

    [Fact]
    public void TheErrorsAreThoseOfScikitLearn()
    {
        Assert.Equal(0.5, Of(new MeanAbsoluteError<double>()), 1e-15);
        Assert.Equal(Math.Sqrt(0.375), Of(new RootMeanSquaredError<double>()), 1e-15);
        Assert.Equal(0.9486081370449679, Of(new R2Score<double>()), 1e-12);
    }

    [Fact]
    public void R2IsTheMeanOverTheOutputs()
    {
        // r2_score([[0.5, 1], [-1, 1], [7, -6]], [[0, 2], [-1, 2], [8, -5]]), the mean of 0.9654… and 0.9081…
        var r2 = new R2Score<double>();
        r2.Add([0, 2, -1, 2, 8, -5], [0.5, 1, -1, 1, 7, -6], 2);
        Assert.Equal(0.9368005266622779, r2.Value, 1e-12);
        Assert.Throws<ArgumentException>("outputs", () => r2.Add([1.0], [1.0], 1));
    }

    [Fact]
    public void R2KeepsItsDigitsUnderALargeMean()
    {
        var r2 = new R2Score<double>();
        double[] targets = [.. Targets.Select(value => value + 1e8)];
        double[] predictions = [.. Predictions.Select(value => value + 1e8)];
        r2.Add(predictions, targets, 1);
        Assert.Equal(0.9486081370449679, r2.Value, 1e-7);
    }

    [Fact]
    public void ConstantTargetsAreExplainedOrNot()
    {
        Assert.Equal(1, R2([0.1, 0.1, 0.1], [0.1, 0.1, 0.1]));
        Assert.Equal(0, R2([0.1, 0.1, 0.2], [0.1, 0.1, 0.1]));
        Assert.Equal(double.NaN, R2([0.1, double.NaN, 0.2], [0.1, 0.1, 0.1]));
        Assert.Equal(double.NaN, R2([0.1], [0.2]));

        static double R2(double[] predictions, double[] targets)
        {
            var r2 = new R2Score<double>();
            r2.Add(predictions, targets, 1);
            return r2.Value;
        }
    }

    [Fact]
    public void NoSamplesAndNaNGiveNaN()
    {
        foreach (ITargetMetric<double> metric in (ITargetMetric<double>[])[new MeanAbsoluteError<double>(), new RootMeanSquaredError<double>(), new R2Score<double>()])
        {
            Assert.Equal(double.NaN, metric.Value);
            metric.Add([double.NaN, 1, 2], [0, 1, 2.5], 1);
            Assert.Equal(double.NaN, metric.Value);
            metric.Reset();
            metric.Add([1.0, 2], [1, 2.5], 1);
            Assert.True(double.IsFinite(metric.Value));
        }
    }

    [Fact]
    public void WrongLengthsAreNamed()
    {
        var metric = new MeanAbsoluteError<float>();
        Assert.Throws<ArgumentException>("targets", () => metric.Add(new float[4], new float[3], 2));
        Assert.Throws<ArgumentException>("predictions", () => metric.Add(new float[3], new float[3], 2));
        Assert.Throws<ArgumentException>("outputs", () => metric.Add(new float[3], new float[3], 0));
    }

    [Fact]
    public void OnceWarmNothingIsAllocated()
    {
        var random = new Random(1);
        float[] predictions = [.. Enumerable.Range(0, 60).Select(_ => random.NextSingle())];
        float[] targets = [.. Enumerable.Range(0, 60).Select(_ => random.NextSingle())];
        int[] labels = [.. Enumerable.Range(0, 20).Select(_ => random.Next(3))];
        IMetric[] metrics =
        [
            new Accuracy<float>(), new BinaryAccuracy<float>(), new TopKAccuracy<float>(2), new ConfusionMatrix<float>(3), new PrecisionScore<float>(3),
            new RecallScore<float>(3), new F1Score<float>(3), new LogLoss<float>(), new MeanAbsoluteError<float>(), new RootMeanSquaredError<float>(),
            new R2Score<float>(),
        ];
        foreach (IMetric metric in metrics)
        {
            long least = long.MaxValue;
            for (int i = 0; i < 4; i++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                metric.Reset();
                (metric as ILabelMetric<float>)?.Add(predictions, labels);
                metric.Reset();
                (metric as ITargetMetric<float>)?.Add(predictions, targets, 3);
                _ = metric.Value;
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            Assert.True(least == 0, $"{metric.Name} allocated {least} bytes.");
        }
    }

    private static double Of(ITargetMetric<double> metric)
    {
        metric.Add(Predictions.AsSpan(0, 3), Targets.AsSpan(0, 3), 1);
        metric.Add(Predictions.AsSpan(3), Targets.AsSpan(3), 1);
        return metric.Value;
    }
}
