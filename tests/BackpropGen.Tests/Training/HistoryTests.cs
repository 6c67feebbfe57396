using System.Globalization;
using System.Text.Json;

namespace BackpropGen.Tests.Training;

/// <summary>The history as text.</summary>
public sealed class HistoryTests
{
    [Fact]
    public void CsvReadsBackToTheSameNumbers()
    {
        TrainingHistory history = Run(out string csv, out _);
        string[] lines = csv.Split('\n');
        Assert.Equal("epoch,loss,val_loss,val_accuracy,\"val_share, \"\"mine\"\"\",learning_rate,seconds", lines[0]);
        Assert.Equal((history.Count + 2, string.Empty), (lines.Length, lines[^1]));
        for (int i = 0; i < history.Count; i++)
        {
            EpochRecord record = history[i];
            double[] fields = [.. lines[i + 1].Split(',').Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
            Assert.Equal(
                [record.Epoch, record.Loss, record.ValidationLoss!.Value, .. record.Metrics, record.LearningRate, record.Duration.TotalSeconds], fields);
        }

        Assert.Contains("NaN", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void EveryLineOfJsonIsAnObject()
    {
        TrainingHistory history = Run(out _, out string json);
        string[] lines = json.Split('\n');
        Assert.Equal((history.Count + 1, string.Empty), (lines.Length, lines[^1]));
        for (int i = 0; i < history.Count; i++)
        {
            using JsonDocument document = JsonDocument.Parse(lines[i]);
            JsonElement line = document.RootElement;
            Assert.Equal(history.Columns, line.EnumerateObject().Select(property => property.Name));
            Assert.Equal(i, line.GetProperty("epoch").GetInt32());
            Assert.Equal(history[i].Loss, line.GetProperty("loss").GetDouble());
            Assert.Equal(history[i].Metrics[0], line.GetProperty("val_accuracy").GetDouble());
            Assert.Equal("NaN", line.GetProperty("val_share, \"mine\"").GetString());
        }
    }

    [Fact]
    public void FilesHoldTheSameText()
    {
        TrainingHistory history = Run(out string csv, out string json);
        string path = Path.GetTempFileName();
        try
        {
            history.WriteCsv(path);
            Assert.Equal(csv, File.ReadAllText(path));
            history.WriteJsonLines(path);
            Assert.Equal(json, File.ReadAllText(path));
            Assert.Equal((byte)'{', File.ReadAllBytes(path)[0]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void WithoutValidationThereIsNoColumnForIt()
    {
        TrainingHistory history = Trainer.Fit(new Blobs(), TrainerCase.Triangle(10)).History;
        Assert.Equal(["epoch", "loss", "learning_rate", "seconds"], history.Columns);
        using var writer = new StringWriter();
        history.WriteCsv(writer);
        Assert.Equal(4, writer.ToString().Split('\n')[1].Split(',').Length);
    }

    /// <summary>A run, written where numbers have a comma.</summary>
    private static TrainingHistory Run(out string csv, out string json)
    {
        TrainingHistory history = Trainer.Fit(
            new Blobs(seed: 1),
            TrainerCase.Triangle(30),
            new TrainingOptions { Epochs = 3 },
            TrainerCase.Triangle(10, seed: 2),
            [new Accuracy<float>(), new Nothing()]).History;
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            using var csvWriter = new StringWriter();
            history.WriteCsv(csvWriter);
            csv = csvWriter.ToString();
            using var jsonWriter = new StringWriter();
            history.WriteJsonLines(jsonWriter);
            json = jsonWriter.ToString();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        return history;
    }

    /// <summary>A metric that measures nothing, under a difficult name.</summary>
    private sealed class Nothing : ILabelMetric<float>
    {
        public string Name => "share, \"mine\"";

        public bool HigherIsBetter => true;

        public double Value => double.NaN;

        public void Add(ReadOnlySpan<float> predictions, ReadOnlySpan<int> labels)
        {
        }

        public void Reset()
        {
        }
    }
}
