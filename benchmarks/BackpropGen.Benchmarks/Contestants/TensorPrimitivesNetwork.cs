using System.Numerics.Tensors;
using BackpropGen.Benchmarks.Ladder;

namespace BackpropGen.Benchmarks.Contestants;

/// <summary>
/// The same network in calls of <see cref="TensorPrimitives"/>. W is kept [out × in], so that a dot product and a sum of rows both run
/// along the inputs, the longer side of most layers.
/// </summary>
internal sealed class TensorPrimitivesNetwork(RungData data) : ArrayContestant(data, transposed: true)
{
    private readonly float[] _scratch = new float[Scratch(data)];

    protected override void Forward()
    {
        for (int l = 0; l < Layers; l++)
        {
            int inputs = Widths[l];
            int units = Widths[l + 1];
            float[] h = Outputs[l + 1];
            for (int n = 0; n < Batch; n++)
            {
                ReadOnlySpan<float> x = Outputs[l].AsSpan(n * inputs, inputs);
                for (int j = 0; j < units; j++)
                {
                    h[(n * units) + j] = TensorPrimitives.Dot(x, Weights[l].Values.AsSpan(j * inputs, inputs)) + Biases[l].Values[j];
                }
            }

            if (l < Layers - 1)
            {
                Activate(h);
            }
        }
    }

    protected override void Softmax(float[] rows)
    {
        int classes = Widths[^1];
        for (int start = 0; start < rows.Length; start += classes)
        {
            Span<float> row = rows.AsSpan(start, classes);
            TensorPrimitives.Subtract(row, TensorPrimitives.Max(row), row);
            TensorPrimitives.Exp(row, row);
            TensorPrimitives.Divide(row, TensorPrimitives.Sum(row), row);
        }
    }

    protected override float SquaredError()
    {
        float[] delta = Deltas[^1];
        TensorPrimitives.Subtract<float>(Outputs[^1], Data.Targets, delta);
        float loss = TensorPrimitives.SumOfSquares<float>(delta) / delta.Length;
        TensorPrimitives.Multiply(delta, 2f / delta.Length, delta);
        return loss;
    }

    protected override void Backward()
    {
        for (int l = Layers - 1; l >= 0; l--)
        {
            int inputs = Widths[l];
            int units = Widths[l + 1];
            Array.Clear(Weights[l].Gradients);
            Array.Clear(Biases[l].Gradients);

            // ∂W, one unit at a time: its row of gradients stays in the first-level cache.
            for (int j = 0; j < units; j++)
            {
                Span<float> row = Weights[l].Gradients.AsSpan(j * inputs, inputs);
                for (int n = 0; n < Batch; n++)
                {
                    TensorPrimitives.MultiplyAdd(Outputs[l].AsSpan(n * inputs, inputs), Deltas[l + 1][(n * units) + j], row, row);
                }
            }

            for (int n = 0; n < Batch; n++)
            {
                TensorPrimitives.Add(Biases[l].Gradients, Deltas[l + 1].AsSpan(n * units, units), Biases[l].Gradients);
            }

            if (l > 0)
            {
                PullBack(l, inputs, units);
            }
        }
    }

    protected override void Update(Trainable parameters)
    {
        float[] values = parameters.Values;
        float[] g = parameters.Gradients;
        if (Data.Rung.Update == Ladder.Update.Sgd)
        {
            TensorPrimitives.MultiplyAdd(g, -(float)Data.Rung.Topology.SgdRate, values, values);
            return;
        }

        float rate = (float)(Hyperparameters.AdamRate / (1 - Math.Pow(Hyperparameters.Beta1, Steps)));
        float scale = (float)(1 / Math.Sqrt(1 - Math.Pow(Hyperparameters.Beta2, Steps)));
        float[] m = parameters.FirstMoments;
        float[] v = parameters.SecondMoments;
        TensorPrimitives.Multiply(m, (float)Hyperparameters.Beta1, m);
        TensorPrimitives.MultiplyAdd(g, (float)(1 - Hyperparameters.Beta1), m, m);
        TensorPrimitives.Multiply<float>(g, g, g);
        TensorPrimitives.Multiply(v, (float)Hyperparameters.Beta2, v);
        TensorPrimitives.MultiplyAdd(g, (float)(1 - Hyperparameters.Beta2), v, v);
        TensorPrimitives.Sqrt(v, g);
        TensorPrimitives.Multiply(g, scale, g);
        TensorPrimitives.Add(g, (float)Hyperparameters.Epsilon, g);
        TensorPrimitives.Divide<float>(m, g, g);
        TensorPrimitives.MultiplyAdd(g, -rate, values, values);
    }

    /// <summary>δ of the layer below: (δ·W') ⊙ f'(z).</summary>
    private void PullBack(int layer, int inputs, int units)
    {
        float[] below = Deltas[layer];
        Array.Clear(below);
        for (int n = 0; n < Batch; n++)
        {
            Span<float> row = below.AsSpan(n * inputs, inputs);
            for (int j = 0; j < units; j++)
            {
                ReadOnlySpan<float> weights = Weights[layer].Values.AsSpan(j * inputs, inputs);
                TensorPrimitives.MultiplyAdd(weights, Deltas[layer + 1][(n * units) + j], row, row);
            }
        }

        Span<float> slope = _scratch.AsSpan(0, below.Length);
        float[] h = Outputs[layer];
        switch (Data.Rung.Topology.Hidden)
        {
            case Activation.Tanh:
                TensorPrimitives.Multiply<float>(h, h, slope);
                TensorPrimitives.Subtract(1, slope, slope);
                break;

            case Activation.Sigmoid:
                TensorPrimitives.Subtract(1, h, slope);
                TensorPrimitives.Multiply(slope, h, slope);
                break;

            default:
                // h ≥ 0 times the largest number is 0 or, but for subnormal h, at least 1: the minimum with 1 is the slope.
                TensorPrimitives.Multiply(h, float.MaxValue, slope);
                TensorPrimitives.Min(slope, 1, slope);
                break;
        }

        TensorPrimitives.Multiply(below, slope, below);
    }

    private void Activate(float[] z)
    {
        switch (Data.Rung.Topology.Hidden)
        {
            case Activation.Tanh:
                TensorPrimitives.Tanh(z, z);
                break;

            case Activation.Sigmoid:
                TensorPrimitives.Sigmoid(z, z);
                break;

            default:
                TensorPrimitives.Max(z, 0, z);
                break;
        }
    }

    private static int Scratch(RungData data) => data.Rung.Batch * data.Rung.Topology.Widths.Max();
}
