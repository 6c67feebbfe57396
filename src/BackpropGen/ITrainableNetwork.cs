
namespace BackpropGen;

/// <summary>A network with an optimizer: what the generator adds where an optimizer attribute is present.</summary>
/// <typeparam name="T">The element type of the network: <see cref="float"/> or <see cref="double"/>.</typeparam>
public interface ITrainableNetwork<T> : INeuralNetwork<T>
    where T : unmanaged
{
    /// <summary>The learning rate η of the steps to come.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not a finite number above 0.</exception>
    T LearningRate { get; set; }

    /// <summary>Moves the parameters along <see cref="INeuralNetwork{T}.Gradients"/>: one step of the optimizer.</summary>
    void ApplyGradients();

    /// <summary>
    /// A copy of what the optimizer has gathered: with the parameters, all that it takes to go on as if nothing had happened.
    /// </summary>
    OptimizerState<T> GetOptimizerState();

    /// <summary>
    /// Puts the optimizer, with its learning rate, where <see cref="GetOptimizerState"/> found one of the same kind. After the parameters are
    /// set as well, training goes on to the same bits.
    /// </summary>
    /// <param name="state">What an optimizer of the same kind on a network of as many parameters gathered.</param>
    /// <exception cref="ArgumentException">
    /// A name is missing or unknown, a length differs, or a number cannot be; the message says which. Nothing is changed then.
    /// </exception>
    void SetOptimizerState(OptimizerState<T> state);
}
