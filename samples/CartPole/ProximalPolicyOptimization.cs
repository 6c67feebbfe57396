namespace CartPoleSample;

/// <summary>
/// Proximal policy optimization with the clipped objective (Schulman et al., 2017): makes actions that turned out well more probable, but
/// by little for each rollout, so that the same rollout can be learnt from several times.
/// </summary>
internal sealed class ProximalPolicyOptimization(Policy policy, Value value, Random random)
{
    private const int Epochs = 10;
    private const int BatchSize = 256;
    private const float Clip = 0.2f;
    private const int StateSize = CartPole.StateSize;
    private const int ActionCount = Policy.OutputSize;

    private readonly float[] _states = new float[BatchSize * StateSize];
    private readonly float[] _logits = new float[BatchSize * ActionCount];
    private readonly float[] _logitGradients = new float[BatchSize * ActionCount];
    private readonly float[] _returns = new float[BatchSize];

    /// <summary>Learns from a rollout.</summary>
    /// <param name="rollout">Played, with its advantages estimated.</param>
    /// <param name="pace">The share of the learning rates to use, from 1 at the start down to 0.</param>
    public void Learn(Rollout rollout, double pace)
    {
        policy.LearningRate = (float)(pace * Policy.LearningRateAtStart);
        value.LearningRate = (float)(pace * Value.LearningRateAtStart);

        Standardize(rollout.Advantages);
        int[] order = [.. Enumerable.Range(0, rollout.Count)];
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (int[] rows in order.Chunk(BatchSize))
            {
                Learn(rollout, rows);
            }
        }
    }

    private void Learn(Rollout rollout, int[] rows)
    {
        Span<float> states = _states.AsSpan(0, rows.Length * StateSize);
        Span<float> returns = _returns.AsSpan(0, rows.Length);
        for (int n = 0; n < rows.Length; n++)
        {
            rollout.States.AsSpan(rows[n] * StateSize, StateSize).CopyTo(states[(n * StateSize)..]);
            returns[n] = rollout.Returns[rows[n]];
        }

        // The policy has a loss of its own: we write its gradient at the scores, and the network takes it from there.
        Span<float> logits = _logits.AsSpan(0, rows.Length * ActionCount);
        Span<float> logitGradients = _logitGradients.AsSpan(0, rows.Length * ActionCount);
        policy.Forward(states, logits);
        for (int n = 0; n < rows.Length; n++)
        {
            int row = rows[n];
            LossGradient(
                logits.Slice(n * ActionCount, ActionCount), rollout.Actions[row], rollout.ActionProbabilities[row],
                rollout.Advantages[row] / rows.Length, logitGradients.Slice(n * ActionCount, ActionCount));
        }

        policy.BackwardFrom(logitGradients);
        policy.ApplyGradients();

        // The value is plain regression, and its loss is built in.
        value.TrainStep(states, returns);
    }

    /// <summary>
    /// The gradient of one sample's loss at the scores z of the policy. With π = softmax(z), and π′ the policy that played:
    /// <code>
    /// ρ = π(a) / π′(a)               how much more probable the action has become
    /// L = −min(ρ·A, clip(ρ, 1 − ε, 1 + ε)·A)
    ///
    /// ∂π(a)/∂z = π(a)·(onehot(a) − π),   so   ∂L/∂z = −A·ρ·(onehot(a) − π)
    /// and 0 where the minimum is the clipped term: the action has been made more (or less) probable enough.
    /// </code>
    /// </summary>
    /// <param name="logits">z, [2].</param>
    /// <param name="action">a.</param>
    /// <param name="oldProbability">π′(a).</param>
    /// <param name="advantage">A, divided by the samples of the batch where L is their mean.</param>
    /// <param name="gradient">Receives ∂L/∂z, [2].</param>
    internal static void LossGradient(
        ReadOnlySpan<float> logits, int action, float oldProbability, float advantage, Span<float> gradient)
    {
        // The softmax of two scores.
        float right = 1 / (1 + MathF.Exp(logits[0] - logits[1]));
        ReadOnlySpan<float> probabilities = [1 - right, right];

        float ratio = probabilities[action] / oldProbability;
        bool clipped = advantage >= 0 ? ratio > 1 + Clip : ratio < 1 - Clip;
        for (int j = 0; j < ActionCount; j++)
        {
            float oneHot = j == action ? 1 : 0;
            gradient[j] = clipped ? 0 : -advantage * ratio * (oneHot - probabilities[j]);
        }
    }

    /// <summary>Gives the advantages of a rollout mean 0 and deviation 1, so that the learning rate suits early and late ones.</summary>
    private static void Standardize(Span<float> advantages)
    {
        double sum = 0, squares = 0;
        foreach (float advantage in advantages)
        {
            sum += advantage;
            squares += (double)advantage * advantage;
        }

        double mean = sum / advantages.Length;
        double deviation = Math.Sqrt(Math.Max((squares / advantages.Length) - (mean * mean), 0));
        foreach (ref float advantage in advantages)
        {
            advantage = (float)((advantage - mean) / (deviation + 1e-8));
        }
    }
}
