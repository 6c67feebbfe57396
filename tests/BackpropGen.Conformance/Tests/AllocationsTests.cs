namespace BackpropGen.Conformance.Tests;

/// <summary>An allocation is found, and nothing where there is none.</summary>
public class AllocationsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Forward")]
    [InlineData("Evaluate")]
    [InlineData("BackwardFrom")]
    public void Only_what_allocates_is_named(string call)
    {
        var allocations = new Allocations<float>(new Network(call), new float[6], labels: null, rows: new float[3], weights: []);

        Assert.Equal(call == "" ? [] : [call], allocations.Find().Select(found => found.Call).Distinct());
        Assert.All(allocations.Find(), found => Assert.True(found.Bytes > 0));
    }

    /// <summary>Does nothing, and takes memory in one of its calls.</summary>
    private sealed class Network(string allocating) : IEmittedNetwork<float>, ITakesRows<float>
    {
        private object? _taken;

        public (int Inputs, int Outputs, int Parameters) Sizes => (2, 1, 1);

        public Span<float> Parameters => [];

        public Span<float> Gradients => [];

        public ReadOnlySpan<float> SampleLosses => [];

        public void Initialize(ulong seed)
        {
        }

        public void CopyParametersTo(Span<float> destination)
        {
        }

        public void SetParameters(ReadOnlySpan<float> source)
        {
        }

        public void Forward(ReadOnlySpan<float> inputs) => Called(nameof(Forward));

        public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs)
        {
        }

        public float Backward(ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights = default, bool accumulate = false) => 0;

        public void BackwardFrom(ReadOnlySpan<float> outputGradients, bool accumulate = false) => Called(nameof(BackwardFrom));

        public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
        {
        }

        public float Evaluate(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights = default)
        {
            Called(nameof(Evaluate));
            return 0;
        }

        public (float[] Parameters, float[] Gradients) ReadLayerViews() => ([], []);

        private void Called(string call)
        {
            if (call == allocating)
            {
                _taken = new object();
                GC.KeepAlive(_taken);
            }
        }
    }
}
