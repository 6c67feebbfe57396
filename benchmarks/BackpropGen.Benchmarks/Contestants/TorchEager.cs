using BackpropGen.Benchmarks.Ladder;
using TorchSharp;
using TorchSharp.Modules;

namespace BackpropGen.Benchmarks.Contestants;

/// <summary>TorchSharp as its documentation shows it: modules, automatic differentiation, an optimizer of torch.optim.</summary>
internal sealed class TorchEager : IContestant
{
    private readonly RungData _data;
    private readonly Linear[] _layers;
    private readonly Sequential _network;
    private readonly torch.Tensor _inputs;
    private readonly torch.Tensor _targets;
    private torch.optim.Optimizer? _optimizer;
    private torch.Tensor? _result;

    public TorchEager(RungData data)
    {
        TorchLibrary.Prepare(data.Rung.Threads);
        _data = data;
        int[] widths = data.Rung.Topology.Widths;
        _layers = [.. Enumerable.Range(0, data.Rung.Topology.Layers).Select(l => torch.nn.Linear(widths[l], widths[l + 1]))];
        List<torch.nn.Module<torch.Tensor, torch.Tensor>> modules = [];
        foreach (Linear layer in _layers)
        {
            if (modules.Count > 0)
            {
                modules.Add(Activation(data.Rung.Topology.Hidden));
            }

            modules.Add(layer);
        }

        _network = torch.nn.Sequential(modules);
        _inputs = torch.tensor(data.Inputs).reshape(data.Rung.Batch, widths[0]);
        _targets = data.Rung.Topology.OnLabels
            ? torch.tensor(Array.ConvertAll(data.Labels, label => (long)label))
            : torch.tensor(data.Targets).reshape(data.Rung.Batch, widths[^1]);
    }

    public void Reset()
    {
        using IDisposable noGradients = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        int[] widths = _data.Rung.Topology.Widths;
        for (int l = 0; l < _layers.Length; l++)
        {
            (float[] weights, float[] bias) = _data.Layer(l);
            _layers[l].weight.copy_(torch.tensor(weights).reshape(widths[l], widths[l + 1]).t());
            _layers[l].bias!.copy_(torch.tensor(bias));
        }

        _optimizer?.Dispose();
        _optimizer = _data.Rung.Update == Update.Adam
            ? torch.optim.Adam(_network.parameters(), lr: Hyperparameters.AdamRate)
            : torch.optim.SGD(_network.parameters(), _data.Rung.Topology.SgdRate);
    }

    public void Run(int times)
    {
        for (int i = 0; i < times; i++)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            torch.Tensor result = _data.Rung.Work == Work.Predict ? Predict() : TrainStep();
            if (i == times - 1)
            {
                _result?.Dispose();
                _result = result.DetachFromDisposeScope();
            }
        }
    }

    public float[] Result() => _result!.data<float>().ToArray();

    public void Dispose()
    {
        _result?.Dispose();
        _optimizer?.Dispose();
        _network.Dispose();
        _inputs.Dispose();
        _targets.Dispose();
    }

    private torch.Tensor TrainStep()
    {
        _optimizer!.zero_grad();
        torch.Tensor outputs = _network.forward(_inputs);
        torch.Tensor loss = _data.Rung.Topology.OnLabels
            ? torch.nn.functional.cross_entropy(outputs, _targets)
            : torch.nn.functional.mse_loss(outputs, _targets);
        loss.backward();
        _optimizer.step();
        return loss;
    }

    private torch.Tensor Predict()
    {
        using IDisposable inference = torch.inference_mode();
        torch.Tensor outputs = _network.forward(_inputs);
        return _data.Rung.Topology.OnLabels ? outputs.softmax(1) : outputs;
    }

    private static torch.nn.Module<torch.Tensor, torch.Tensor> Activation(Activation activation) => activation switch
    {
        BackpropGen.Activation.Tanh => torch.nn.Tanh(),
        BackpropGen.Activation.Sigmoid => torch.nn.Sigmoid(),
        _ => torch.nn.ReLU(),
    };
}
