// Teaches a policy to balance a pole on a cart by playing; --help lists the options.

using System.Diagnostics;
using System.Text;
using CartPoleSample;

Console.OutputEncoding = Encoding.UTF8;

try
{
    Options options = Options.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(Options.Usage);
        return 0;
    }

    // 1. Two networks: Policy.cs and Value.cs declare them, the generator wrote their code.
    var clock = Stopwatch.StartNew();
    var random = new Random(options.Seed);
    var policy = new Policy((ulong)options.Seed);
    var value = new Value((ulong)options.Seed);
    Console.WriteLine(Policy.Summary.TrimEnd());
    Console.WriteLine();
    Console.WriteLine(Value.Summary.TrimEnd());
    Console.WriteLine();

    // 2. Learning: play a little, see what turned out better than expected, do more of that.
    Console.WriteLine($"Learning with seed {options.Seed}");
    var rollout = new Rollout(games: 16, steps: 128, random);
    var optimization = new ProximalPolicyOptimization(policy, value, random);
    var curve = new LearningCurve();
    int rollouts = (options.Steps + rollout.Count - 1) / rollout.Count;
    LearningDisplay.Run(rollouts, display =>
    {
        for (int done = 0; done < rollouts; done++)
        {
            rollout.Play(policy);
            rollout.EstimateAdvantages(value);
            optimization.Learn(rollout, pace: 1 - ((double)done / rollouts));

            int steps = (done + 1) * rollout.Count;
            curve.Add(steps, rollout.EndedGames);
            display.Progress(done + 1, steps, curve);
        }
    });

    // 3. What it learnt: new games, without trying things out.
    int[] returns = Evaluation.Play(policy, options.Games, random);
    bool solved = returns.Average() >= CartPole.SolvedReturn;
    Console.WriteLine();
    Console.WriteLine(
        $"Mean return of {options.Games} new games {returns.Average():F1} (from {returns.Min()} to {returns.Max()}) " +
        $"after {clock.Elapsed.TotalSeconds:F1} s: {(solved ? "solved" : $"not solved, that takes {CartPole.SolvedReturn}")}");

    // 4. The picture.
    curve.Save(options.CurveFile);
    string withoutText = Charts.CanWrite ? "" : ", without text, for there is no font here";
    Console.WriteLine($"Learning curve in {Path.GetFullPath(options.CurveFile)}{withoutText}");
    return 0;
}
catch (OptionException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
