using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace BackpropGen.Numerics;

/// <summary>What emitted networks check before the optimizer acts.</summary>
public static partial class NetworkGuard
{
    /// <summary>Demands a state with exactly these tensors, each of as many values as the network has parameters, and these finite numbers.</summary>
    public static void OptimizerState<T>(OptimizerState<T> state, int parameters, string[] tensors, string[] numbers)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(state);
        SameNames("tensors", state.Tensors.Select(entry => entry.Key), tensors);
        SameNames("numbers", state.Numbers.Select(entry => entry.Key), numbers);
        foreach ((string name, T[] values) in state.Tensors)
        {
            if (values.Length != parameters)
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"The tensor '{name}' of the optimizer's state holds {values.Length} values; {parameters} are needed (one per parameter)."),
                    nameof(state));
            }
        }

        foreach ((string name, double value) in state.Numbers)
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"The number '{name}' of the optimizer's state is {value}; a finite number is needed."), nameof(state));
            }
        }
    }

    /// <summary>Demands of a number of a state that it is a power of a decay, or a product of decays: 0 to 1.</summary>
    public static void StateFraction<T>(OptimizerState<T> state, string name)
        where T : unmanaged => StateNumber(state, name, state.GetNumber(name) is >= 0 and <= 1, "0 to 1");

    /// <summary>Demands of a number of a state that it counts steps: a whole number from 0 on, as far as double has them all.</summary>
    public static void StateCount<T>(OptimizerState<T> state, string name)
        where T : unmanaged
    {
        double value = state.GetNumber(name);
        StateNumber(state, name, value >= 0 && value <= 1L << 53 && Math.Floor(value) == value, "a whole number from 0 to 2⁵³");
    }

    /// <summary>Demands of a number of a state that it says no or yes: 0 or 1.</summary>
    public static void StateFlag<T>(OptimizerState<T> state, string name)
        where T : unmanaged => StateNumber(state, name, state.GetNumber(name) is 0 or 1, "0 or 1");

    /// <summary>Refuses to replace the parameters while averages stand in their place.</summary>
    public static void Replacing(bool isSwapped)
    {
        if (isSwapped)
        {
            throw new InvalidOperationException(
                "The averages stand in place of the parameters, which cannot be replaced until SwapAverages has been called once more.");
        }
    }

    /// <summary>Refuses to train while averages stand in place of the parameters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Training(bool isSwapped)
    {
        if (isSwapped)
        {
            ThrowSwapped();
        }
    }

    private static void StateNumber<T>(OptimizerState<T> state, string name, bool isInRange, string needed)
        where T : unmanaged
    {
        if (!isInRange)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The number '{name}' of the optimizer's state is {state.GetNumber(name)}; {needed} is needed."), nameof(state));
        }
    }

    private static void SameNames(string what, IEnumerable<string> given, string[] needed)
    {
        string[] names = [.. given];
        string[] missing = [.. needed.Except(names)];
        string[] unknown = [.. names.Except(needed)];
        if (missing.Length > 0 || unknown.Length > 0)
        {
            throw new ArgumentException(
                $"The optimizer's state has the {what} {List(names)}; this network's optimizer has {List(needed)}.", "state");
        }

        static string List(string[] names) => names.Length == 0 ? "(none)" : string.Join(", ", names.Select(name => $"'{name}'"));
    }

    [DoesNotReturn]
    private static void ThrowSwapped() => throw new InvalidOperationException(
        "The averages stand in place of the parameters. Training goes on after SwapAverages has been called once more.");
}
