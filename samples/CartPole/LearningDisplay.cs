using System.Diagnostics;
using Spectre.Console;

namespace CartPoleSample;

/// <summary>
/// Shows the learning: on a terminal as a curve that grows while the policy learns, elsewhere (a file, a pipe, a build server) as a plain
/// line now and then.
/// </summary>
internal sealed class LearningDisplay
{
    private const int CurveWidth = 72;
    private const int CurveHeight = 10;
    private const int RolloutsPerLine = 10;
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(80);

    private readonly int _rollouts;
    private readonly LiveDisplayContext? _live;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _refreshed = -RefreshInterval;

    private LearningDisplay(int rollouts, LiveDisplayContext? live) => (_rollouts, _live) = (rollouts, live);

    /// <summary>Learns, with a display to report to.</summary>
    /// <param name="rollouts">How many rollouts there will be.</param>
    /// <param name="learn">The learning.</param>
    public static void Run(int rollouts, Action<LearningDisplay> learn)
    {
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive || !AnsiConsole.Profile.Capabilities.Ansi)
        {
            learn(new LearningDisplay(rollouts, null));
            return;
        }

        AnsiConsole.Live(new Text("")).Start(live => learn(new LearningDisplay(rollouts, live)));
    }

    /// <summary>A rollout was learnt from.</summary>
    /// <param name="rollout">From 1 on.</param>
    /// <param name="steps">The steps played so far.</param>
    /// <param name="curve">The returns so far.</param>
    public void Progress(int rollout, int steps, LearningCurve curve)
    {
        bool last = rollout == _rollouts;
        if (_live is null)
        {
            if (rollout % RolloutsPerLine == 0 || last)
            {
                Console.WriteLine(Line(steps, curve));
            }
        }
        else if (last || _clock.Elapsed - _refreshed >= RefreshInterval)
        {
            string text = string.Join('\n', curve.Draw(CurveWidth, CurveHeight).Append(Line(steps, curve)));
            _live.UpdateTarget(new Panel(new Text(text)).Header("mean return, 0 to 500").Border(BoxBorder.Rounded));
            _refreshed = _clock.Elapsed;
        }
    }

    private string Line(int steps, LearningCurve curve) =>
        $"  {steps,9:N0} steps   {curve.GameReturns.Count,6:N0} games   mean return {curve.MeanReturn,6:F1}   " +
        $"{_clock.Elapsed.TotalSeconds,5:F1} s";
}
