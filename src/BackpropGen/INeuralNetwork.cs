
namespace BackpropGen;

/// <summary>What every generated network offers, so that libraries can work on any of them without reflection.</summary>
/// <typeparam name="T">The element type of the network: <see cref="float"/> or <see cref="double"/>.</typeparam>
public interface INeuralNetwork<T>
    where T : unmanaged
{
    /// <summary>All parameters as one flat view: layers in order, W row by row ([inputs × units]), then b.</summary>
    Span<T> Parameters { get; }

    /// <summary>The gradients of the last backward pass, in the order of <see cref="Parameters"/>.</summary>
    Span<T> Gradients { get; }

    /// <summary>What the network is, as data: its sizes, its layers, where their parameters stand, and what it predicts.</summary>
    NetworkDescription Describe();

    /// <summary>Copies all parameters out, in the order of <see cref="Parameters"/>; unlike the view, it costs nothing later.</summary>
    /// <param name="destination">Receives ParameterCount values.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    void CopyParametersTo(Span<T> destination);

    /// <summary>Replaces all parameters, in the order of <see cref="Parameters"/>.</summary>
    /// <param name="source">ParameterCount values.</param>
    /// <exception cref="ArgumentException">The source has another length.</exception>
    /// <exception cref="InvalidOperationException">The network has swapped averages in place of its parameters.</exception>
    void SetParameters(ReadOnlySpan<T> source);

    /// <summary>Starts the parameters anew; the same seed gives the same parameters, and the optimizer's state is cleared.</summary>
    /// <param name="seed">Any number.</param>
    void Initialize(ulong seed);

    /// <summary>Runs the network forward and keeps what the backward pass needs.</summary>
    /// <param name="inputs">[N × InputSize], one sample per row, N ≥ 1.</param>
    void Forward(ReadOnlySpan<T> inputs);

    /// <summary>The backward pass of the last <see cref="Forward"/> from a given gradient of its outputs.</summary>
    /// <param name="outputGradients">∂L/∂h of the last layer's output h, [N × OutputSize].</param>
    /// <param name="accumulate">Whether to add to <see cref="Gradients"/> instead of replacing them.</param>
    void BackwardFrom(ReadOnlySpan<T> outputGradients, bool accumulate = false);

    /// <summary>Inference. Safe to call from many threads at once on one network, as long as nobody trains it meanwhile.</summary>
    /// <param name="inputs">[N × InputSize], one sample per row, N ≥ 1.</param>
    /// <param name="outputs">Receives [N × OutputSize].</param>
    void Predict(ReadOnlySpan<T> inputs, Span<T> outputs);
}
