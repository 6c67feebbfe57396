using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BackpropGen.Numerics;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace BackpropGen.Benchmarks.Micro;

/// <summary>
/// Elementwise functions over an array of floats in the first-level cache, per element: BackpropGen's vector functions as the emitted
/// sweeps call them, System.Numerics.Tensors, and MathF one by one. What has no single function there is composed as a user would.
/// </summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
[HideColumns("Error")]
public class Elementwise
{
    private const int Count = 1024;

    private readonly float[] _inputs = new float[Count];
    private readonly float[] _positive = new float[Count];
    private readonly float[] _outputs = new float[Count];

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        for (int i = 0; i < Count; i++)
        {
            _inputs[i] = (8 * random.NextSingle()) - 4;
            _positive[i] = MathF.Exp(_inputs[i]);
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count, Description = "Exp, BackpropGen"), BenchmarkCategory("Exp")]
    public void ExpEmitted() => Sweep<Exponential>(_inputs, _outputs);

    [Benchmark(OperationsPerInvoke = Count, Description = "Exp, TensorPrimitives"), BenchmarkCategory("Exp")]
    public void ExpTensors() => TensorPrimitives.Exp(_inputs, _outputs);

    [Benchmark(OperationsPerInvoke = Count, Description = "Exp, MathF"), BenchmarkCategory("Exp")]
    public void ExpMathF() => Each(MathF.Exp, _inputs, _outputs);

    [Benchmark(Baseline = true, OperationsPerInvoke = Count, Description = "Log, BackpropGen"), BenchmarkCategory("Log")]
    public void LogEmitted() => Sweep<Logarithm>(_positive, _outputs);

    [Benchmark(OperationsPerInvoke = Count, Description = "Log, TensorPrimitives"), BenchmarkCategory("Log")]
    public void LogTensors() => TensorPrimitives.Log(_positive, _outputs);

    [Benchmark(OperationsPerInvoke = Count, Description = "Log, MathF"), BenchmarkCategory("Log")]
    public void LogMathF() => Each(MathF.Log, _positive, _outputs);

    [Benchmark(Baseline = true, OperationsPerInvoke = Count, Description = "Tanh, BackpropGen"), BenchmarkCategory("Tanh")]
    public void TanhEmitted() => Sweep<HyperbolicTangent>(_inputs, _outputs);

    [Benchmark(OperationsPerInvoke = Count, Description = "Tanh, TensorPrimitives"), BenchmarkCategory("Tanh")]
    public void TanhTensors() => TensorPrimitives.Tanh(_inputs, _outputs);

    [Benchmark(OperationsPerInvoke = Count, Description = "Tanh, MathF"), BenchmarkCategory("Tanh")]
    public void TanhMathF() => Each(MathF.Tanh, _inputs, _outputs);

    [Benchmark(Baseline = true, OperationsPerInvoke = Count, Description = "Sigmoid, BackpropGen"), BenchmarkCategory("Sigmoid")]
    public void SigmoidEmitted() => Sweep<Logistic>(_inputs, _outputs);

    [Benchmark(OperationsPerInvoke = Count, Description = "Sigmoid, TensorPrimitives"), BenchmarkCategory("Sigmoid")]
    public void SigmoidTensors() => TensorPrimitives.Sigmoid(_inputs, _outputs);

    [Benchmark(OperationsPerInvoke = Count, Description = "Sigmoid, MathF"), BenchmarkCategory("Sigmoid")]
    public void SigmoidMathF() => Each(x => 1 / (1 + MathF.Exp(-x)), _inputs, _outputs);

    [Benchmark(Baseline = true, OperationsPerInvoke = Count, Description = "Silu, BackpropGen"), BenchmarkCategory("Silu")]
    public void SiluEmitted() => Sweep<SigmoidLinear>(_inputs, _outputs);

    [Benchmark(OperationsPerInvoke = Count, Description = "Silu, TensorPrimitives"), BenchmarkCategory("Silu")]
    public void SiluTensors()
    {
        TensorPrimitives.Sigmoid(_inputs, _outputs);
        TensorPrimitives.Multiply(_outputs, _inputs, _outputs);
    }

    [Benchmark(OperationsPerInvoke = Count, Description = "Silu, MathF"), BenchmarkCategory("Silu")]
    public void SiluMathF() => Each(x => x / (1 + MathF.Exp(-x)), _inputs, _outputs);

    // Neither of the others has the error function; the approximation by tanh is what one would write.
    [Benchmark(Baseline = true, OperationsPerInvoke = Count, Description = "Gelu by erf, BackpropGen"), BenchmarkCategory("Gelu")]
    public void GeluEmitted() => Sweep<GaussianLinear>(_inputs, _outputs);

    [Benchmark(OperationsPerInvoke = Count, Description = "Gelu by tanh, BackpropGen"), BenchmarkCategory("Gelu")]
    public void GeluTanhEmitted() => Sweep<GaussianLinearByTanh>(_inputs, _outputs);

    [Benchmark(OperationsPerInvoke = Count, Description = "Gelu by tanh, MathF"), BenchmarkCategory("Gelu")]
    public void GeluMathF() => Each(
        x => 0.5f * x * (1 + MathF.Tanh(0.7978845608f * (x + (0.044715f * x * x * x)))), _inputs, _outputs);

    /// <summary>One vector after the other, as in an emitted sweep. A function is a type, so that it is inlined.</summary>
    private static void Sweep<TFunction>(float[] inputs, float[] outputs)
        where TFunction : IFunction
    {
        ref float x = ref inputs[0];
        ref float y = ref outputs[0];
        for (nint i = 0; i < Count; i += Vector256<float>.Count)
        {
            Simd.Store(TFunction.Of(Simd.Load(ref x, i)), ref y, i);
        }
    }

    private static void Each(Func<float, float> function, float[] inputs, float[] outputs)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            outputs[i] = function(inputs[i]);
        }
    }

    private interface IFunction
    {
        static abstract Vector256<float> Of(Vector256<float> x);
    }

    private readonly struct Exponential : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Of(Vector256<float> x) => VectorMath.Exp(x);
    }

    private readonly struct Logarithm : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Of(Vector256<float> x) => VectorMath.Log(x);
    }

    private readonly struct HyperbolicTangent : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Of(Vector256<float> x) => VectorMath.Tanh(x);
    }

    private readonly struct Logistic : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Of(Vector256<float> x) => VectorMath.Sigmoid(x);
    }

    private readonly struct SigmoidLinear : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Of(Vector256<float> x) => VectorMath.Silu(x);
    }

    private readonly struct GaussianLinear : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Of(Vector256<float> x) => VectorMath.Gelu(x);
    }

    private readonly struct GaussianLinearByTanh : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Of(Vector256<float> x) => VectorMath.GeluTanh(x);
    }
}
