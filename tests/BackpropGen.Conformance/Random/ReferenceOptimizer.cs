using BackpropGen.Generator.Model;

namespace BackpropGen.Conformance;

/// <summary>The optimizers in double, written from their formulas.</summary>
/// <param name="spec">The optimizer and its hyper-parameters.</param>
/// <param name="parameters">The number of parameters.</param>
internal sealed class ReferenceOptimizer(OptimizerSpec spec, int parameters)
{
    private readonly double[] _first = new double[parameters];
    private readonly double[] _second = new double[parameters];
    private int _step;

    /// <summary>The parameters after one step.</summary>
    public double[] Step(double[] values, double[] gradients, double learningRate)
    {
        _step++;
        double[] result = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            result[i] = spec switch
            {
                SgdSpec sgd => Sgd(sgd, i, values[i], gradients[i], learningRate),
                AdamSpec adam => Adam(adam, i, values[i], gradients[i], learningRate),
                _ => throw new InvalidOperationException($"There is no reference for {spec.GetType().Name}."),
            };
        }

        return result;
    }

    private double Sgd(SgdSpec sgd, int i, double value, double gradient, double learningRate)
    {
        double g = gradient + (sgd.WeightDecay * value);
        if (sgd.Momentum == 0)
        {
            return value - (learningRate * g);
        }

        _first[i] = _step == 1 ? g : (sgd.Momentum * _first[i]) + ((1 - sgd.Dampening) * g);
        return value - (learningRate * (sgd.Nesterov ? g + (sgd.Momentum * _first[i]) : _first[i]));
    }

    private double Adam(AdamSpec adam, int i, double value, double gradient, double learningRate)
    {
        double decay = adam.WeightDecay;
        double g = adam.DecoupledDecay ? gradient : gradient + (decay * value);
        double start = adam.DecoupledDecay ? value * (1 - (learningRate * decay)) : value;
        _first[i] = (adam.Beta1 * _first[i]) + ((1 - adam.Beta1) * g);
        _second[i] = (adam.Beta2 * _second[i]) + ((1 - adam.Beta2) * g * g);
        double corrected = Math.Sqrt(_second[i]) / Math.Sqrt(1 - Math.Pow(adam.Beta2, _step));
        return start - (learningRate / (1 - Math.Pow(adam.Beta1, _step)) * _first[i] / (corrected + adam.Epsilon));
    }
}
