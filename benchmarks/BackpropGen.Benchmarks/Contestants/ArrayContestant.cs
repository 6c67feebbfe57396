using BackpropGen.Benchmarks.Ladder;

namespace BackpropGen.Benchmarks.Contestants;

/// <summary>What a network in flat arrays has, whatever its loops: the arrays, and the order of a step.</summary>
internal abstract class ArrayContestant : IContestant
{
    private readonly bool _transposed;
    private float _loss;

    /// <param name="data">What to work on.</param>
    /// <param name="transposed">Whether W is kept [out × in].</param>
    protected ArrayContestant(RungData data, bool transposed)
    {
        Data = data;
        _transposed = transposed;
        int batch = data.Rung.Batch;
        Outputs = [data.Inputs, .. Widths.Skip(1).Select(width => new float[batch * width])];
        Deltas = [[], .. Widths.Skip(1).Select(width => new float[batch * width])];
        Weights = [.. Enumerable.Range(0, Layers).Select(l => new Trainable(Widths[l] * Widths[l + 1]))];
        Biases = [.. Enumerable.Range(0, Layers).Select(l => new Trainable(Widths[l + 1]))];
    }

    protected RungData Data { get; }

    protected int[] Widths => Data.Rung.Topology.Widths;

    protected int Layers => Data.Rung.Topology.Layers;

    protected int Batch => Data.Rung.Batch;

    /// <summary>The inputs, then h of each layer: [B × units].</summary>
    protected float[][] Outputs { get; }

    /// <summary>∂L/∂z of each layer; that of the inputs is empty.</summary>
    protected float[][] Deltas { get; }

    protected Trainable[] Weights { get; }

    protected Trainable[] Biases { get; }

    /// <summary>The number of updates since the weights were set: t of Adam.</summary>
    protected int Steps { get; private set; }

    public void Reset()
    {
        Steps = 0;
        for (int l = 0; l < Layers; l++)
        {
            (float[] weights, float[] bias) = Data.Layer(l);
            Weights[l].Set(_transposed ? Transpose(weights, Widths[l], Widths[l + 1]) : weights);
            Biases[l].Set(bias);
        }
    }

    public void Run(int times)
    {
        for (int i = 0; i < times; i++)
        {
            if (Data.Rung.Work == Work.Predict)
            {
                Forward();
                if (Data.Rung.Topology.OnLabels)
                {
                    Softmax(Outputs[^1]);
                }

                continue;
            }

            Steps++;
            Forward();
            _loss = Data.Rung.Topology.OnLabels ? CrossEntropy() : SquaredError();
            Backward();
            for (int l = 0; l < Layers; l++)
            {
                Update(Weights[l]);
                Update(Biases[l]);
            }
        }
    }

    public float[] Result() => Data.Rung.Work == Work.Predict ? Outputs[^1] : [_loss];

    public void Dispose()
    {
    }

    /// <summary>Fills the outputs of all layers.</summary>
    protected abstract void Forward();

    /// <summary>Turns rows of logits into rows of probabilities.</summary>
    protected abstract void Softmax(float[] rows);

    /// <summary>The loss; fills the last δ.</summary>
    protected abstract float SquaredError();

    /// <summary>Fills the gradients, and all δ but the last.</summary>
    protected abstract void Backward();

    /// <summary>The optimizer's step for one array of parameters.</summary>
    protected abstract void Update(Trainable parameters);

    /// <summary>The loss; fills the last δ.</summary>
    private float CrossEntropy()
    {
        int classes = Widths[^1];
        float[] delta = Deltas[^1];
        Outputs[^1].CopyTo(delta, 0);
        Softmax(delta);
        float loss = 0;
        for (int n = 0; n < Batch; n++)
        {
            int label = (n * classes) + Data.Labels[n];
            loss -= MathF.Log(delta[label]);
            delta[label] -= 1;
        }

        for (int i = 0; i < delta.Length; i++)
        {
            delta[i] /= Batch;
        }

        return loss / Batch;
    }

    private static float[] Transpose(float[] matrix, int rows, int columns)
    {
        var transposed = new float[matrix.Length];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                transposed[(j * rows) + i] = matrix[(i * columns) + j];
            }
        }

        return transposed;
    }
}
