using System.ComponentModel;

namespace BackpropGen.Numerics;

/// <summary>The samples of a pass: what the caller of the network handed in. What a pass does not read is empty.</summary>
/// <remarks>
/// Accessors that emitted code calls are never init: the type that marks them is this library's in netstandard2.0 and .NET's own later, so
/// that a library compiled for the one would not find them in the other.
/// </remarks>
/// <typeparam name="T">The element type of the network.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct PassData<T>
    where T : unmanaged
{
    /// <summary>The number of samples.</summary>
    public int Batch { get; set; }

    /// <summary>x, one row per sample.</summary>
    public ReadOnlySpan<T> Inputs { get; set; }

    /// <summary>The class of each sample.</summary>
    public ReadOnlySpan<int> Labels { get; set; }

    /// <summary>One target row per sample.</summary>
    public ReadOnlySpan<T> Targets { get; set; }

    /// <summary>One weight per sample.</summary>
    public ReadOnlySpan<T> SampleWeights { get; set; }
}

/// <summary>What one part of a pass does.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void PartOfPass<T>(PassPart part, in PassData<T> data)
    where T : unmanaged;

/// <summary>A pass over a batch in parts that several threads may do at once. Called by emitted code.</summary>
/// <remarks>The spans of the caller are pinned while the parts run, so that they reach the other threads without a copy.</remarks>
/// <param name="run">Does one part.</param>
/// <typeparam name="T">The element type of the network.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class PartedPass<T>(PartOfPass<T> run) : TeamWork
    where T : unmanaged
{
    private Pinned<T> _inputs;
    private Pinned<int> _labels;
    private Pinned<T> _targets;
    private Pinned<T> _sampleWeights;
    private int _batch;

    /// <summary>Runs the pass in so many parts; one part runs here and now.</summary>
    public void Run(int parts, in PassData<T> data)
    {
        if (parts == 1)
        {
            run(PassPart.Whole, data);
            return;
        }

        fixed (T* inputs = data.Inputs, targets = data.Targets, sampleWeights = data.SampleWeights)
        fixed (int* labels = data.Labels)
        {
            _batch = data.Batch;
            _inputs = new Pinned<T>(inputs, data.Inputs.Length);
            _labels = new Pinned<int>(labels, data.Labels.Length);
            _targets = new Pinned<T>(targets, data.Targets.Length);
            _sampleWeights = new Pinned<T>(sampleWeights, data.SampleWeights.Length);
            WorkerTeam.Run(this, parts);
        }
    }

    /// <inheritdoc/>
    internal override void RunPart(int index, int count) => run(new PassPart(index, count), new PassData<T>
    {
        Batch = _batch,
        Inputs = _inputs.Span,
        Labels = _labels.Span,
        Targets = _targets.Span,
        SampleWeights = _sampleWeights.Span,
    });

    /// <summary>A span that any thread may read while the one that pinned it waits.</summary>
    private readonly struct Pinned<TElement>(TElement* first, int length)
        where TElement : unmanaged
    {
        private readonly TElement* _first = first;
        private readonly int _length = length;

        public ReadOnlySpan<TElement> Span => new(_first, _length);
    }
}
