using BackpropGen.Benchmarks.Ladder;

namespace BackpropGen.Benchmarks.Contestants;

/// <summary>
/// What one writes by hand without vectors, but with an eye for memory: flat arrays, three nested loops, the innermost along rows that
/// are spans, so that the compiler sees their length and checks few bounds.
/// </summary>
internal sealed class Loops(RungData data) : ArrayContestant(data, transposed: false)
{
    protected override void Forward()
    {
        for (int l = 0; l < Layers; l++)
        {
            int inputs = Widths[l];
            int units = Widths[l + 1];
            float[] x = Outputs[l];
            float[] h = Outputs[l + 1];
            float[] weights = Weights[l].Values;
            float[] bias = Biases[l].Values;
            for (int n = 0; n < Batch; n++)
            {
                Span<float> row = h.AsSpan(n * units, units);
                bias.CopyTo(row);
                for (int i = 0; i < inputs; i++)
                {
                    AddScaled(x[(n * inputs) + i], weights.AsSpan(i * units, units), row);
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
            float max = rows[start];
            for (int k = 1; k < classes; k++)
            {
                max = MathF.Max(max, rows[start + k]);
            }

            float sum = 0;
            for (int k = 0; k < classes; k++)
            {
                rows[start + k] = MathF.Exp(rows[start + k] - max);
                sum += rows[start + k];
            }

            for (int k = 0; k < classes; k++)
            {
                rows[start + k] /= sum;
            }
        }
    }

    protected override float SquaredError()
    {
        float[] h = Outputs[^1];
        float[] delta = Deltas[^1];
        double loss = 0;
        for (int i = 0; i < h.Length; i++)
        {
            float error = h[i] - Data.Targets[i];
            loss += error * error;
            delta[i] = 2 * error / h.Length;
        }

        return (float)(loss / h.Length);
    }

    protected override void Backward()
    {
        for (int l = Layers - 1; l >= 0; l--)
        {
            int inputs = Widths[l];
            int units = Widths[l + 1];
            float[] x = Outputs[l];
            float[] delta = Deltas[l + 1];
            float[] weights = Weights[l].Values;
            float[] weightGradients = Weights[l].Gradients;
            float[] biasGradients = Biases[l].Gradients;
            Array.Clear(weightGradients);
            Array.Clear(biasGradients);
            for (int n = 0; n < Batch; n++)
            {
                ReadOnlySpan<float> row = delta.AsSpan(n * units, units);
                AddScaled(1, row, biasGradients);
                for (int i = 0; i < inputs; i++)
                {
                    AddScaled(x[(n * inputs) + i], row, weightGradients.AsSpan(i * units, units));
                }
            }

            if (l > 0)
            {
                PullBack(weights, delta, x, Deltas[l], inputs, units);
            }
        }
    }

    protected override void Update(Trainable parameters)
    {
        float[] values = parameters.Values;
        float[] gradients = parameters.Gradients;
        if (Data.Rung.Update == Ladder.Update.Sgd)
        {
            AddScaled(-(float)Data.Rung.Topology.SgdRate, gradients, values);

            return;
        }

        const float beta1 = (float)Hyperparameters.Beta1;
        const float beta2 = (float)Hyperparameters.Beta2;
        float rate = (float)(Hyperparameters.AdamRate / (1 - Math.Pow(Hyperparameters.Beta1, Steps)));
        float scale = (float)(1 / Math.Sqrt(1 - Math.Pow(Hyperparameters.Beta2, Steps)));
        float[] m = parameters.FirstMoments;
        float[] v = parameters.SecondMoments;
        for (int i = 0; i < values.Length; i++)
        {
            float g = gradients[i];
            m[i] = (beta1 * m[i]) + ((1 - beta1) * g);
            v[i] = (beta2 * v[i]) + ((1 - beta2) * g * g);
            values[i] -= rate * m[i] / ((MathF.Sqrt(v[i]) * scale) + (float)Hyperparameters.Epsilon);
        }
    }

    /// <summary>δ of the layer below: (δ·W') ⊙ f'(z).</summary>
    private void PullBack(float[] weights, float[] delta, float[] h, float[] below, int inputs, int units)
    {
        for (int n = 0; n < Batch; n++)
        {
            ReadOnlySpan<float> row = delta.AsSpan(n * units, units);
            for (int i = 0; i < inputs; i++)
            {
                float sum = Dot(row, weights.AsSpan(i * units, units));
                below[(n * inputs) + i] = sum * Slope(h[(n * inputs) + i]);
            }
        }
    }

    private static void AddScaled(float factor, ReadOnlySpan<float> x, Span<float> sums)
    {
        for (int j = 0; j < sums.Length && j < x.Length; j++)
        {
            sums[j] += factor * x[j];
        }
    }

    private static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        float sum = 0;
        for (int j = 0; j < x.Length && j < y.Length; j++)
        {
            sum += x[j] * y[j];
        }

        return sum;
    }

    private void Activate(float[] z)
    {
        Activation activation = Data.Rung.Topology.Hidden;
        for (int i = 0; i < z.Length; i++)
        {
            z[i] = activation switch
            {
                Activation.Tanh => MathF.Tanh(z[i]),
                Activation.Sigmoid => 1 / (1 + MathF.Exp(-z[i])),
                _ => MathF.Max(z[i], 0),
            };
        }
    }

    /// <summary>f'(z) from h = f(z).</summary>
    private float Slope(float h) => Data.Rung.Topology.Hidden switch
    {
        Activation.Tanh => 1 - (h * h),
        Activation.Sigmoid => h * (1 - h),
        _ => h > 0 ? 1 : 0,
    };
}
