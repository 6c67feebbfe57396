using BackpropGen.Benchmarks.Ladder;
using Microsoft.ML.OnnxRuntime;

namespace BackpropGen.Benchmarks.Contestants;

/// <summary>ONNX Runtime at its best: inputs and outputs bound once, one thread, all optimisations of the graph.</summary>
internal sealed class OnnxPrediction : IContestant
{
    private readonly float[] _outputs;
    private readonly SessionOptions _sessionOptions;
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly OrtValue _input;
    private readonly OrtValue _output;
    private readonly OrtIoBinding _binding;

    public OnnxPrediction(RungData data)
    {
        Rung rung = data.Rung;
        _outputs = new float[rung.Batch * rung.Topology.Outputs];
        _sessionOptions = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        _session = new InferenceSession(OnnxModel.Write(data), _sessionOptions);
        _input = OrtValue.CreateTensorValueFromMemory(data.Inputs, [rung.Batch, rung.Topology.Inputs]);
        _output = OrtValue.CreateTensorValueFromMemory(_outputs, [rung.Batch, rung.Topology.Outputs]);
        _binding = _session.CreateIoBinding();
        _binding.BindInput(OnnxModel.Input, _input);
        _binding.BindOutput(OnnxModel.Output, _output);
    }

    public void Reset()
    {
        // The weights are part of the model, and inference does not change them.
    }

    public void Run(int times)
    {
        for (int i = 0; i < times; i++)
        {
            _session.RunWithBinding(_runOptions, _binding);
        }
    }

    public float[] Result() => _outputs;

    public void Dispose()
    {
        _binding.Dispose();
        _output.Dispose();
        _input.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
        _sessionOptions.Dispose();
    }
}
