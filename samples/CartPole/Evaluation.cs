namespace CartPoleSample;

/// <summary>Plays games to see how good a policy is; here it does what it thinks best, and tries nothing.</summary>
internal static class Evaluation
{
    /// <summary>Plays games side by side, each to its end.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="games">How many games.</param>
    /// <param name="random">Starts them.</param>
    /// <returns>The return of every game.</returns>
    public static int[] Play(Policy policy, int games, Random random)
    {
        var poles = new CartPole[games];
        for (int g = 0; g < games; g++)
        {
            poles[g] = new CartPole();
            poles[g].Reset(random);
        }

        var states = new float[games * CartPole.StateSize];
        var probabilities = new float[games * Policy.OutputSize];
        while (!poles.All(pole => pole.IsOver))
        {
            for (int g = 0; g < games; g++)
            {
                poles[g].Observe(states.AsSpan(g * CartPole.StateSize, CartPole.StateSize));
            }

            policy.Predict(states, probabilities);
            for (int g = 0; g < games; g++)
            {
                if (!poles[g].IsOver)
                {
                    poles[g].Push(right: probabilities[(g * 2) + 1] > probabilities[g * 2]);
                }
            }
        }

        return [.. poles.Select(pole => pole.Steps)];
    }
}
