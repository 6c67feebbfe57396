namespace CartPoleSample;

/// <summary>The returns of the games that were played to learn, by the steps it took.</summary>
internal sealed class LearningCurve
{
    /// <summary>How many of the last games <see cref="MeanReturn"/> is about.</summary>
    public const int Window = 100;

    private readonly Queue<int> _lastReturns = new();

    /// <summary>The steps that were played until each game's rollout ended.</summary>
    public List<double> GameSteps { get; } = [];

    /// <summary>The return of each game.</summary>
    public List<double> GameReturns { get; } = [];

    /// <summary>The steps that were played until each rollout ended, from the first on in which a game ended.</summary>
    public List<double> MeanSteps { get; } = [];

    /// <summary>The mean return of the last games at that time.</summary>
    public List<double> MeanReturns { get; } = [];

    /// <summary>The mean return of the last games, 0 before there is one.</summary>
    public double MeanReturn => MeanReturns.Count == 0 ? 0 : MeanReturns[^1];

    /// <summary>A rollout is over.</summary>
    /// <param name="steps">The steps that were played so far, in all games together.</param>
    /// <param name="returns">The returns of the games that ended in it.</param>
    public void Add(int steps, IEnumerable<int> returns)
    {
        foreach (int value in returns)
        {
            GameSteps.Add(steps);
            GameReturns.Add(value);
            _lastReturns.Enqueue(value);
            if (_lastReturns.Count > Window)
            {
                _lastReturns.Dequeue();
            }
        }

        if (_lastReturns.Count > 0)
        {
            MeanSteps.Add(steps);
            MeanReturns.Add(_lastReturns.Average());
        }
    }

    /// <summary>Draws the mean returns with block characters, one column per rollout, the latest at the right.</summary>
    /// <param name="width">The most columns; where there are more rollouts, each column shows one of every few.</param>
    /// <param name="height">The lines, which stand for returns from 0 to 500.</param>
    public string[] Draw(int width, int height)
    {
        const string Blocks = " ▁▂▃▄▅▆▇█";
        int columns = Math.Min(width, MeanReturns.Count);
        var lines = new string[height];
        for (int line = 0; line < height; line++)
        {
            int below = height - 1 - line;
            lines[line] = string.Create(columns, below, (text, below) =>
            {
                for (int column = 0; column < text.Length; column++)
                {
                    double value = MeanReturns[((column + 1) * MeanReturns.Count / text.Length) - 1];
                    double eighths = ((value / CartPole.MaxSteps * height) - below) * 8;
                    text[column] = Blocks[(int)Math.Clamp(Math.Round(eighths), 0, 8)];
                }
            });
        }

        return lines;
    }

    /// <summary>Draws all of it into a PNG file.</summary>
    public void Save(string path)
    {
        double end = MeanSteps.Count == 0 ? 1 : MeanSteps[^1];
        Charts.SaveCurves(
            path, "CartPole: a policy learns to balance", "steps played", "return (steps until the pole fell)",
            [
                new Curve("one game", GameSteps, GameReturns, CurveStyle.Points),
                new Curve($"mean of the last {Window}", MeanSteps, MeanReturns),
                new Curve("solved", [0, end], [CartPole.SolvedReturn, CartPole.SolvedReturn], CurveStyle.Dashes),
            ]);
    }
}
