using System.Diagnostics.CodeAnalysis;

namespace BackpropGen;

/// <summary>What an optimizer has gathered, by name: tensors with a value per parameter, and single numbers such as β₁ᵗ or the learning rate.</summary>
/// <typeparam name="T">The element type of the network: <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// A network makes one and takes one; a checkpoint keeps its entries in between, in their order. A float is exact as a double, and so is a
/// count of steps up to 2⁵³.
/// </remarks>
public sealed class OptimizerState<T>
    where T : unmanaged
{
    private readonly List<KeyValuePair<string, T[]>> _tensors = [];
    private readonly List<KeyValuePair<string, double>> _numbers = [];

    /// <summary>The tensors in the order in which they were added, each with one value per parameter in the order of <see cref="INeuralNetwork{T}.Parameters"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, T[]>> Tensors => _tensors;

    /// <summary>The numbers in the order in which they were added.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Numbers => _numbers;

    /// <summary>Adds a tensor.</summary>
    /// <param name="name">A name that no tensor has yet.</param>
    /// <param name="values">One value per parameter; kept, not copied.</param>
    /// <exception cref="ArgumentException">There is a tensor of that name.</exception>
    public void AddTensor(string name, T[] values)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(values);
        if (TryGetTensor(name, out _))
        {
            throw new ArgumentException($"There is a tensor '{name}' already.", nameof(name));
        }

        _tensors.Add(new(name, values));
    }

    /// <summary>Adds a number.</summary>
    /// <param name="name">A name that no number has yet.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="ArgumentException">There is a number of that name.</exception>
    public void AddNumber(string name, double value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (TryGetNumber(name, out _))
        {
            throw new ArgumentException($"There is a number '{name}' already.", nameof(name));
        }

        _numbers.Add(new(name, value));
    }

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public T[] GetTensor(string name) =>
        TryGetTensor(name, out T[]? values) ? values : throw new KeyNotFoundException($"There is no tensor '{name}'.");

    /// <summary>The number of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public double GetNumber(string name) =>
        TryGetNumber(name, out double value) ? value : throw new KeyNotFoundException($"There is no number '{name}'.");

    /// <summary>Finds the tensor of a name.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryGetTensor(string name, [NotNullWhen(true)] out T[]? values)
    {
        int index = _tensors.FindIndex(entry => entry.Key == name);
        values = index < 0 ? null : _tensors[index].Value;
        return index >= 0;
    }

    /// <summary>Finds the number of a name.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryGetNumber(string name, out double value)
    {
        int index = _numbers.FindIndex(entry => entry.Key == name);
        value = index < 0 ? 0 : _numbers[index].Value;
        return index >= 0;
    }
}
