using BackpropGen.Benchmarks.Ladder;
using TorchSharp;
using static TorchSharp.torch;

namespace BackpropGen.Benchmarks.Contestants;

/// <summary>
/// TorchSharp without automatic differentiation: the backward pass by hand, everything in place in tensors made once. The parameters
/// lie in one tensor, so that Adam is one chain of operations; with plain gradient descent the products update them directly.
/// Operations in place return the tensor itself, so there is nothing to dispose of.
/// </summary>
internal sealed class TorchTuned : IContestant
{
    private readonly RungData _data;
    private readonly int _layers;
    private readonly int _batch;
    private readonly Tensor _parameters;
    private readonly Tensor _gradients;
    private readonly Tensor _moments;
    private readonly Tensor _squares;
    private readonly Tensor _quotient;
    private readonly TorchLayer[] _layer;
    private readonly Tensor _targets;
    private readonly Tensor _ones;
    private Tensor _loss;
    private int _steps;

    public TorchTuned(RungData data)
    {
        TorchLibrary.Prepare(data.Rung.Threads);
        using IDisposable noGradients = no_grad();
        _data = data;
        _layers = data.Rung.Topology.Layers;
        _batch = data.Rung.Batch;
        _parameters = tensor(data.Parameters);
        _gradients = zeros_like(_parameters);
        _moments = zeros_like(_parameters);
        _squares = zeros_like(_parameters);
        _quotient = zeros_like(_parameters);
        _ones = ones(_batch);
        _targets = Targets(data);
        _loss = zeros(1);
        _layer = new TorchLayer[_layers];
        Tensor inputs = tensor(data.Inputs).reshape(_batch, data.Rung.Topology.Inputs);
        long offset = 0;
        for (int l = 0; l < _layers; l++)
        {
            int from = data.Rung.Topology.Widths[l];
            int to = data.Rung.Topology.Widths[l + 1];
            _layer[l] = new TorchLayer(l == 0 ? inputs : _layer[l - 1].Outputs, _parameters, _gradients, offset, from, to, _batch);
            offset += (from + 1L) * to;
        }
    }

    public void Reset()
    {
        using DisposeScope scope = NewDisposeScope();
        _parameters.copy_(tensor(_data.Parameters));
        _moments.zero_();
        _squares.zero_();
        _steps = 0;
    }

    public void Run(int times)
    {
        using IDisposable inference = no_grad();
        for (int i = 0; i < times; i++)
        {
            Forward();
            if (_data.Rung.Work == Work.Predict)
            {
                Keep(_data.Rung.Topology.OnLabels ? _layer[^1].Outputs.softmax(1) : _layer[^1].Outputs.alias());
            }
            else
            {
                Keep(_data.Rung.Topology.OnLabels ? CrossEntropy() : SquaredError());
                Backward();
            }
        }
    }

    public float[] Result() => _loss.data<float>().ToArray();

    public void Dispose()
    {
        Array.ForEach(_layer, layer => layer.Dispose());
        foreach (Tensor tensor in (Tensor[])[_parameters, _gradients, _moments, _squares, _quotient, _targets, _ones, _loss])
        {
            tensor.Dispose();
        }
    }

    private void Forward()
    {
        for (int l = 0; l < _layers; l++)
        {
            TorchLayer layer = _layer[l];
            layer.Outputs.copy_(layer.BiasRows);
            layer.Outputs.addmm_(layer.Inputs, layer.Weights, 1, 1);
            if (l < _layers - 1)
            {
                switch (_data.Rung.Topology.Hidden)
                {
                    case Activation.Tanh:
                        layer.Outputs.tanh_();
                        break;
                    case Activation.Sigmoid:
                        layer.Outputs.sigmoid_();
                        break;
                    default:
                        layer.Outputs.relu_();
                        break;
                }
            }
        }
    }

    /// <summary>−Σ y·log p / B; δ = (p − y) / B.</summary>
    private Tensor CrossEntropy()
    {
        Tensor delta = _layer[^1].Delta;
        using Tensor logarithms = _layer[^1].Outputs.log_softmax(1);
        Tensor loss = logarithms.ScaledDot(_targets, -1f / _batch);
        delta.copy_(logarithms);
        delta.exp_();
        delta.sub_(_targets);
        delta.mul_(1f / _batch);
        return loss;
    }

    private Tensor SquaredError()
    {
        Tensor delta = _layer[^1].Delta;
        delta.copy_(_layer[^1].Outputs);
        delta.sub_(_targets);
        Tensor loss = delta.ScaledDot(delta, 1f / delta.numel());
        delta.mul_(2f / delta.numel());
        return loss;
    }

    private void Backward()
    {
        bool direct = _data.Rung.Update == Update.Sgd;
        for (int l = _layers - 1; l >= 0; l--)
        {
            TorchLayer layer = _layer[l];
            if (l > 0)
            {
                Tensor below = _layer[l - 1].Delta;
                below.addmm_(layer.Delta, layer.WeightsTransposed, 0, 1);
                MultiplyBySlope(below, layer.Inputs, _layer[l - 1].Slope);
            }

            Tensor weights = direct ? layer.Weights : layer.WeightGradients;
            Tensor bias = direct ? layer.Bias : layer.BiasGradients;
            float keep = direct ? 1 : 0;
            float scale = direct ? -(float)_data.Rung.Topology.SgdRate : 1;
            weights.addmm_(layer.InputsTransposed, layer.Delta, keep, scale);
            bias.addmv_(layer.DeltaTransposed, _ones, keep, scale);
        }

        if (!direct)
        {
            Adam();
        }
    }

    private void MultiplyBySlope(Tensor delta, Tensor h, Tensor slope)
    {
        switch (_data.Rung.Topology.Hidden)
        {
            case Activation.Tanh:
                slope.copy_(delta);
                slope.mul_(h);
                delta.addcmul_(slope, h, -1);
                break;

            case Activation.Sigmoid:
                slope.copy_(h);
                slope.addcmul_(h, h, -1);
                delta.mul_(slope);
                break;

            default:
                slope.copy_(h);
                slope.sign_();
                delta.mul_(slope);
                break;
        }
    }

    private void Adam()
    {
        _steps++;
        double rate = Hyperparameters.AdamRate / (1 - Math.Pow(Hyperparameters.Beta1, _steps));
        double scale = Math.Sqrt(1 - Math.Pow(Hyperparameters.Beta2, _steps));
        _moments.mul_(Hyperparameters.Beta1);
        _moments.add_(_gradients, 1 - Hyperparameters.Beta1);
        _squares.mul_(Hyperparameters.Beta2);
        _squares.addcmul_(_gradients, _gradients, 1 - Hyperparameters.Beta2);
        _quotient.copy_(_squares);
        _quotient.sqrt_();
        _quotient.mul_(1 / scale);
        _quotient.add_(Hyperparameters.Epsilon);
        _parameters.addcdiv_(_moments, _quotient, -rate);
    }

    private void Keep(Tensor result)
    {
        _loss.Dispose();
        _loss = result.DetachFromDisposeScope();
    }

    private static Tensor Targets(RungData data)
    {
        int outputs = data.Rung.Topology.Outputs;
        if (!data.Rung.Topology.OnLabels)
        {
            return tensor(data.Targets).reshape(data.Rung.Batch, outputs);
        }

        var rows = new float[data.Rung.Batch * outputs];
        for (int n = 0; n < data.Rung.Batch; n++)
        {
            rows[(n * outputs) + data.Labels[n]] = 1;
        }

        return tensor(rows).reshape(data.Rung.Batch, outputs);
    }
}
