using System.Diagnostics;
using Spectre.Console;

namespace Digits;

/// <summary>
/// Shows the training: on a terminal as a table that fills while the network learns, elsewhere (a file, a pipe, a build
/// server) as one plain line per epoch.
/// </summary>
internal sealed class TrainingDisplay
{
    private const int BarWidth = 24;
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(80);

    private readonly int _epochs;
    private readonly int _samples;
    private readonly Table? _table;
    private readonly LiveDisplayContext? _live;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _epochStart;
    private TimeSpan _lastStep;
    private TimeSpan _refreshed;

    private TrainingDisplay(int epochs, int samples, Table? table, LiveDisplayContext? live) =>
        (_epochs, _samples, _table, _live) = (epochs, samples, table, live);

    /// <summary>Trains, with a display to report to.</summary>
    /// <param name="epochs">The number of epochs.</param>
    /// <param name="samples">The number of samples of an epoch.</param>
    /// <param name="train">The training.</param>
    public static void Run(int epochs, int samples, Action<TrainingDisplay> train)
    {
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive || !AnsiConsole.Profile.Capabilities.Ansi)
        {
            train(new TrainingDisplay(epochs, samples, null, null));
            return;
        }

        Table table = new Table().Border(TableBorder.Rounded)
            .AddColumn(new TableColumn("epoch").RightAligned())
            .AddColumn(new TableColumn("progress").Width(BarWidth))
            .AddColumn(new TableColumn("training loss").RightAligned())
            .AddColumn(new TableColumn("test accuracy").RightAligned())
            .AddColumn(new TableColumn("images/s").RightAligned());

        // Where the table grows taller than the terminal, its newest rows stay in sight.
        AnsiConsole.Live(table).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Top).Start(live => train(new TrainingDisplay(epochs, samples, table, live)));
    }

    /// <summary>An epoch begins.</summary>
    /// <param name="epoch">From 1 on.</param>
    public void Begin(int epoch)
    {
        _epochStart = _clock.Elapsed;
        _table?.AddRow(epoch.ToString(), "", "", "", "");
    }

    /// <summary>A step is done.</summary>
    /// <param name="done">The samples of this epoch so far.</param>
    /// <param name="loss">Their mean loss.</param>
    public void Progress(int done, double loss)
    {
        _lastStep = _clock.Elapsed;
        if (_live is not null && _lastStep - _refreshed >= RefreshInterval)
        {
            Update(done, loss, "");
        }
    }

    /// <summary>An epoch ends.</summary>
    /// <param name="epoch">From 1 on.</param>
    /// <param name="loss">The mean loss over the epoch.</param>
    /// <param name="accuracy">The share of right answers on the test images.</param>
    public void End(int epoch, double loss, double accuracy)
    {
        if (_live is not null)
        {
            Update(_samples, loss, $"{100 * accuracy:F2} %");
            return;
        }

        Console.WriteLine(
            $"  epoch {epoch.ToString().PadLeft(_epochs.ToString().Length)}/{_epochs}   training loss {loss:F4}   " +
            $"test accuracy {100 * accuracy:F2} %   {Speed(_samples):N0} images/s");
    }

    private void Update(int done, double loss, string accuracy)
    {
        int row = _table!.Rows.Count - 1;
        int filled = (int)((long)BarWidth * done / _samples);
        _table.UpdateCell(row, 1, $"[green]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/]");
        _table.UpdateCell(row, 2, $"{loss:F4}");
        _table.UpdateCell(row, 3, accuracy);
        _table.UpdateCell(row, 4, $"{Speed(done):N0}");
        _live!.Refresh();
        _refreshed = _clock.Elapsed;
    }

    /// <summary>Images per second of training; the test at the end of an epoch does not count.</summary>
    private double Speed(int done) => done / Math.Max((_lastStep - _epochStart).TotalSeconds, 1e-6);
}
