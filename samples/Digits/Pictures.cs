using BackpropGen;
using ScottPlot;

namespace Digits;

/// <summary>What a training looks like: its losses as curves, its mistakes as a heat map.</summary>
internal static class Pictures
{
    /// <summary>The name of the picture of the losses.</summary>
    public const string LossFile = "loss.png";

    /// <summary>The name of the picture of the confusion matrix.</summary>
    public const string ConfusionFile = "confusion.png";

    /// <summary>Whether there will be a place for the pictures, to be asked before minutes of training.</summary>
    /// <exception cref="OptionException">The folder cannot be written.</exception>
    public static void CheckFolder(string folder)
    {
        try
        {
            using var _ = new FileStream(
                Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OptionException($"--output needs a folder for the pictures, and nothing can be written to '{folder}'.");
        }
    }

    /// <summary>Draws the losses of training and validation, epoch by epoch; of several networks, their means.</summary>
    /// <returns>The file.</returns>
    public static string SaveLoss(string folder, IReadOnlyList<TrainingHistory> histories)
    {
        double[] epochs = [.. histories[0].Select(record => record.Epoch + 1.0)];
        string title = histories.Count == 1 ? "Digits: training and validation loss" : $"Digits: training and validation loss, mean of {histories.Count} networks";
        string path = Path.GetFullPath(Path.Combine(folder, LossFile));
        Charts.SaveCurves(
            path, title, "epoch", "cross-entropy",
            [
                new Curve("training (mean over the epoch)", epochs, Means(record => record.Loss), CurveStyle.LineAndPoints),
                new Curve("validation (test images, after the epoch)", epochs, Means(record => record.ValidationLoss!.Value), CurveStyle.LineAndPoints),
            ],
            Alignment.UpperRight);
        return path;

        double[] Means(Func<EpochRecord, double> value) =>
            [.. Enumerable.Range(0, epochs.Length).Select(epoch => histories.Average(history => value(history[epoch])))];
    }

    /// <summary>Draws what the test images were taken for.</summary>
    /// <returns>The file.</returns>
    public static string SaveConfusion(string folder, ConfusionMatrix<float> matrix)
    {
        var counts = new long[matrix.Classes, matrix.Classes];
        for (int actual = 0; actual < matrix.Classes; actual++)
        {
            for (int predicted = 0; predicted < matrix.Classes; predicted++)
            {
                counts[actual, predicted] = matrix[actual, predicted];
            }
        }

        string path = Path.GetFullPath(Path.Combine(folder, ConfusionFile));
        Charts.SaveHeatMap(
            path, $"Digits: {matrix.Total:N0} answers to test images, {100 * matrix.Value:F2} % right",
            "predicted digit", "actual digit", counts);
        return path;
    }
}
