namespace CartPoleSample;

/// <summary>
/// Plays several games side by side for a number of steps and keeps what happened: one row per step and game, N = steps · games rows,
/// the games of a step next to each other. A game that ends is followed by a new one; the others go on in the next rollout.
/// </summary>
internal sealed class Rollout
{
    /// <summary>γ, by how much a step less counts than the one before it.</summary>
    public const float Discount = 0.99f;

    /// <summary>λ of the generalized advantage estimate: 0 trusts the value network, 1 what was played.</summary>
    public const float Lambda = 0.95f;

    private readonly CartPole[] _games;
    private readonly int _steps;
    private readonly Random _random;
    private readonly float[] _nextStates;
    private readonly bool[] _fallen;
    private readonly bool[] _over;
    private readonly float[] _probabilities;
    private readonly float[] _values;
    private readonly float[] _nextValues;

    /// <summary>Starts the games.</summary>
    /// <param name="games">How many games are played side by side.</param>
    /// <param name="steps">How many steps of each make a rollout.</param>
    /// <param name="random">Starts the games and draws the actions.</param>
    public Rollout(int games, int steps, Random random)
    {
        _games = [.. Enumerable.Range(0, games).Select(_ => new CartPole())];
        _steps = steps;
        _random = random;
        Array.ForEach(_games, game => game.Reset(random));

        States = new float[Count * CartPole.StateSize];
        _nextStates = new float[Count * CartPole.StateSize];
        Actions = new int[Count];
        ActionProbabilities = new float[Count];
        _fallen = new bool[Count];
        _over = new bool[Count];
        _probabilities = new float[games * Policy.OutputSize];
        _values = new float[Count];
        _nextValues = new float[Count];
        Advantages = new float[Count];
        Returns = new float[Count];
    }

    /// <summary>N, the rows of a rollout.</summary>
    public int Count => _steps * _games.Length;

    /// <summary>The states that were seen, [N × 4].</summary>
    public float[] States { get; }

    /// <summary>What was done in them, [N]: 0 left, 1 right.</summary>
    public int[] Actions { get; }

    /// <summary>The probability that the policy gave to it, [N].</summary>
    public float[] ActionProbabilities { get; }

    /// <summary>By how much it turned out better than expected, [N].</summary>
    public float[] Advantages { get; }

    /// <summary>The discounted return from there on, [N]: what the value network is to learn.</summary>
    public float[] Returns { get; }

    /// <summary>The returns (lengths) of the games that ended in this rollout.</summary>
    public List<int> EndedGames { get; } = [];

    /// <summary>Plays: draws every action from the probabilities of the policy.</summary>
    public void Play(Policy policy)
    {
        const int StateSize = CartPole.StateSize;
        EndedGames.Clear();
        for (int step = 0, row = 0; step < _steps; step++)
        {
            Span<float> states = States.AsSpan(row * StateSize, _games.Length * StateSize);
            for (int g = 0; g < _games.Length; g++)
            {
                _games[g].Observe(states.Slice(g * StateSize, StateSize));
            }

            policy.Predict(states, _probabilities);

            for (int g = 0; g < _games.Length; g++, row++)
            {
                CartPole game = _games[g];
                int action = _random.NextSingle() < _probabilities[(g * 2) + 1] ? 1 : 0;
                game.Push(right: action == 1);

                Actions[row] = action;
                ActionProbabilities[row] = _probabilities[(g * 2) + action];
                game.Observe(_nextStates.AsSpan(row * StateSize, StateSize));
                _fallen[row] = game.HasFallen;
                _over[row] = game.IsOver;
                if (game.IsOver)
                {
                    EndedGames.Add(game.Steps);
                    game.Reset(_random);
                }
            }
        }
    }

    /// <summary>Fills <see cref="Advantages"/> and <see cref="Returns"/> (Schulman et al., 2015, "High-dimensional continuous control using generalized advantage estimation").</summary>
    public void EstimateAdvantages(Value value)
    {
        value.Predict(States, _values);
        value.Predict(_nextStates, _nextValues);

        // A step is worth 1 − γ here, not 1: then a pole that never falls has the value 1, and the value network learns numbers from 0 to 1.
        const float Reward = 1 - Discount;
        for (int g = 0; g < _games.Length; g++)
        {
            // Backwards in time:   δ = r + γ·V(s′) − V(s),   A = δ + γ·λ·A′
            // V(s′) is 0 after a fall. A game that was stopped because it lasted long enough would have gone on: there V(s′) counts.
            float advantage = 0;
            for (int row = Count - _games.Length + g; row >= 0; row -= _games.Length)
            {
                float next = _fallen[row] ? 0 : _nextValues[row];
                float delta = Reward + (Discount * next) - _values[row];
                advantage = delta + (_over[row] ? 0 : Discount * Lambda * advantage);
                Advantages[row] = advantage;
                Returns[row] = advantage + _values[row];
            }
        }
    }
}
