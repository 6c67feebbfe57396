using System.Diagnostics;
using BackpropGen;
using Spectre.Console;

namespace Digits;

/// <summary>
/// Shows the training: on a terminal as a table that fills while the network learns, elsewhere (a file, a pipe, a build
/// server) as one plain line per epoch. The first metric of the training has to be the accuracy.
/// </summary>
internal sealed class TrainingDisplay : ITrainingObserver
{
    // With it the table is 77 columns wide: a row that breaks would be two lines on a terminal of 80.
    private const int BarWidth = 10;
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(80);

    private readonly Table? _table;
    private readonly LiveDisplayContext? _live;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _samples;
    private int _done;
    private double _lossSum;
    private TimeSpan _epochStart;
    private TimeSpan _lastStep;
    private TimeSpan _refreshed;

    private TrainingDisplay(Table? table, LiveDisplayContext? live) => (_table, _live) = (table, live);

    /// <summary>Images per second of training; the test at the end of an epoch does not count.</summary>
    private double Speed => _done / Math.Max((_lastStep - _epochStart).TotalSeconds, 1e-6);

    /// <summary>Trains, with a display to observe it.</summary>
    /// <param name="train">The training.</param>
    public static TrainingResult Run(Func<TrainingDisplay, TrainingResult> train)
    {
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive || !AnsiConsole.Profile.Capabilities.Ansi)
        {
            return train(new TrainingDisplay(null, null));
        }

        Table table = NewTable();

        // Where the table grows taller than the terminal, its newest rows stay in sight.
        return AnsiConsole.Live(table).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Top)
            .Start(live => train(new TrainingDisplay(table, live)));
    }

    /// <summary>A table without a row.</summary>
    public static Table NewTable() => new Table().Border(TableBorder.Rounded)
        .AddColumn(new TableColumn("epoch").RightAligned())
        .AddColumn(new TableColumn("progress").Width(BarWidth))
        .AddColumn(new TableColumn("training loss").RightAligned())
        .AddColumn(new TableColumn("test loss").RightAligned())
        .AddColumn(new TableColumn("test accuracy").RightAligned())
        .AddColumn(new TableColumn("images/s").RightAligned());

    /// <summary>How far an epoch has come.</summary>
    public static string Bar(int done, int samples)
    {
        int filled = (int)((long)BarWidth * done / samples);
        return $"[green]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/]";
    }

    /// <inheritdoc/>
    public void OnTrainingStarted(in TrainingStartReport report) => _samples = report.SampleCount;

    /// <inheritdoc/>
    public void OnEpochStarted(in EpochStartReport report)
    {
        (_done, _lossSum) = (0, 0);
        _epochStart = _clock.Elapsed;
        _table?.AddRow($"{report.Epoch + 1}", "", "", "", "", "");
    }

    /// <inheritdoc/>
    public void OnStepCompleted(in StepReport report)
    {
        _done += report.SampleCount;
        _lossSum += report.Loss * report.SampleCount;
        _lastStep = _clock.Elapsed;
        if (_live is not null && _lastStep - _refreshed >= RefreshInterval)
        {
            Update(_lossSum / _done, "", "");
        }
    }

    /// <inheritdoc/>
    public void OnEpochCompleted(in EpochReport report)
    {
        EpochRecord record = report.Record;
        string testLoss = $"{record.ValidationLoss:F4}", accuracy = $"{100 * record.Metrics[0]:F2} %";
        if (_live is not null)
        {
            Update(record.Loss, testLoss, accuracy);
            return;
        }

        string epochs = report.Epochs.ToString();
        Console.WriteLine(
            $"  epoch {(record.Epoch + 1).ToString().PadLeft(epochs.Length)}/{epochs}   training loss {record.Loss:F4}   " +
            $"test loss {testLoss}   test accuracy {accuracy}   {Speed:N0} images/s");
    }

    private void Update(double loss, string testLoss, string accuracy)
    {
        int row = _table!.Rows.Count - 1;
        _table.UpdateCell(row, 1, Bar(_done, _samples));
        _table.UpdateCell(row, 2, $"{loss:F4}");
        _table.UpdateCell(row, 3, testLoss);
        _table.UpdateCell(row, 4, accuracy);
        _table.UpdateCell(row, 5, $"{Speed:N0}");
        _live!.Refresh();
        _refreshed = _clock.Elapsed;
    }
}
