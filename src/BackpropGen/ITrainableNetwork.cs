using System.Numerics;

namespace BackpropGen;

/// <summary>A network with an optimizer: what the generator adds where an optimizer attribute is present.</summary>
/// <typeparam name="T">The element type of the network: <see cref="float"/> or <see cref="double"/>.</typeparam>
public interface ITrainableNetwork<T> : INeuralNetwork<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The learning rate η of the steps to come.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not a finite number above 0.</exception>
    T LearningRate { get; set; }

    /// <summary>Moves the parameters along <see cref="INeuralNetwork{T}.Gradients"/>: one step of the optimizer.</summary>
    void ApplyGradients();
}
