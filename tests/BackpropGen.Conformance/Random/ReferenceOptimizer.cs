using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Model;

namespace BackpropGen.Conformance;

/// <summary>The optimizers in double, written from their formulas, one parameter at a time.</summary>
/// <param name="network">The network, with its optimizer.</param>
/// <param name="parameters">The number of parameters.</param>
internal sealed class ReferenceOptimizer(NetworkSpec network, int parameters)
{
    private readonly OptimizerSpec _spec = network.Optimizer!;
    private readonly double[] _decays = Decays(network);

    // What the optimizer keeps for each parameter; what it is depends on the optimizer.
    private readonly double[] _first = new double[parameters];
    private readonly double[] _second = new double[parameters];
    private readonly double[] _third = new double[parameters];
    private double _momentumProduct = 1;
    private int _step;

    /// <summary>The parameters after one step.</summary>
    public double[] Step(double[] values, double[] gradients, double learningRate)
    {
        _step++;
        if (_spec is NAdamSpec nadam)
        {
            _momentumProduct *= Momentum(nadam, _step);
        }

        double norm = Math.Sqrt(gradients.Sum(gradient => gradient * gradient));
        double[] result = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double g = Clip(gradients[i], norm);
            double value = values[i];
            if (_spec.DecoupledWeightDecay)
            {
                value *= 1 - (learningRate * _decays[i]);
            }
            else
            {
                g += _decays[i] * value;
            }

            result[i] = value - Change(i, g, learningRate);
        }

        return result;
    }

    /// <summary>The weight decay of every parameter.</summary>
    private static double[] Decays(NetworkSpec network)
    {
        OptimizerSpec optimizer = network.Optimizer!;
        return [.. GraphBuilder.Build(network).Parameters().SelectMany(parameter =>
        {
            double decay = (network.Layers[parameter.Layer - 1] as DenseSpec)?.WeightDecay ?? optimizer.WeightDecay;
            bool decays = parameter.Role == Role.Weights || optimizer.DecayBiases;
            return Enumerable.Repeat(decays ? decay : 0, parameter.Shape.Rows * parameter.Shape.Columns);
        })];
    }

    private double Clip(double gradient, double norm) =>
        _spec.ClipNorm > 0 ? gradient * Math.Min(1, _spec.ClipNorm / (norm + 1e-6))
        : _spec.ClipValue > 0 ? Math.Clamp(gradient, -_spec.ClipValue, _spec.ClipValue)
        : gradient;

    /// <summary>What is taken off a parameter.</summary>
    private double Change(int i, double g, double learningRate) => learningRate * (_spec switch
    {
        SgdSpec sgd => Sgd(sgd, i, g),
        AdamSpec adam => Adam(adam, i, g),
        RmsPropSpec rmsProp => RmsProp(rmsProp, i, g),
        AdagradSpec adagrad => Adagrad(adagrad, i, g),
        AdadeltaSpec adadelta => Adadelta(adadelta, i, g),
        AdamaxSpec adamax => Adamax(adamax, i, g),
        NAdamSpec nadam => NAdam(nadam, i, g),
        RAdamSpec radam => RAdam(radam, i, g),
        LionSpec lion => Lion(lion, i, g),
        _ => throw new InvalidOperationException($"There is no reference for {_spec.GetType().Name}."),
    });

    private double Sgd(SgdSpec sgd, int i, double g)
    {
        if (sgd.Momentum == 0)
        {
            return g;
        }

        _first[i] = _step == 1 ? g : (sgd.Momentum * _first[i]) + ((1 - sgd.Dampening) * g);
        return sgd.Nesterov ? g + (sgd.Momentum * _first[i]) : _first[i];
    }

    private double Adam(AdamSpec adam, int i, double g)
    {
        Moments(i, g, adam.Beta1, adam.Beta2);
        _third[i] = adam.Amsgrad ? Math.Max(_third[i], _second[i]) : _second[i];
        return Corrected(_first[i], adam.Beta1) / (Math.Sqrt(Corrected(_third[i], adam.Beta2)) + adam.Epsilon);
    }

    private double RmsProp(RmsPropSpec rmsProp, int i, double g)
    {
        _first[i] = Mean(_first[i], g * g, rmsProp.Rho);
        _second[i] = Mean(_second[i], g, rmsProp.Rho);
        double spread = rmsProp.Centered ? _first[i] - (_second[i] * _second[i]) : _first[i];
        _third[i] = (rmsProp.Momentum * _third[i]) + (g / (Math.Sqrt(spread) + rmsProp.Epsilon));
        return _third[i];
    }

    private double Adagrad(AdagradSpec adagrad, int i, double g)
    {
        _first[i] += g * g;
        return g / (Math.Sqrt(adagrad.InitialAccumulator + _first[i]) + adagrad.Epsilon) / (1 + ((_step - 1) * adagrad.LearningRateDecay));
    }

    private double Adadelta(AdadeltaSpec adadelta, int i, double g)
    {
        _first[i] = Mean(_first[i], g * g, adadelta.Rho);
        double step = Math.Sqrt(_second[i] + adadelta.Epsilon) / Math.Sqrt(_first[i] + adadelta.Epsilon) * g;
        _second[i] = Mean(_second[i], step * step, adadelta.Rho);
        return step;
    }

    private double Adamax(AdamaxSpec adamax, int i, double g)
    {
        _first[i] = Mean(_first[i], g, adamax.Beta1);
        _second[i] = Math.Max(adamax.Beta2 * _second[i], Math.Abs(g) + adamax.Epsilon);
        return Corrected(_first[i], adamax.Beta1) / _second[i];
    }

    private double NAdam(NAdamSpec nadam, int i, double g)
    {
        Moments(i, g, nadam.Beta1, nadam.Beta2);
        double now = Momentum(nadam, _step);
        double next = Momentum(nadam, _step + 1);
        double ahead = ((1 - now) / (1 - _momentumProduct) * g) + (next / (1 - (_momentumProduct * next)) * _first[i]);
        return ahead / (Math.Sqrt(Corrected(_second[i], nadam.Beta2)) + nadam.Epsilon);
    }

    private double RAdam(RAdamSpec radam, int i, double g)
    {
        Moments(i, g, radam.Beta1, radam.Beta2);
        double limit = (2 / (1 - radam.Beta2)) - 1;
        double power = Math.Pow(radam.Beta2, _step);
        double rho = limit - (2 * _step * power / (1 - power));
        double m = Corrected(_first[i], radam.Beta1);
        double r = Math.Sqrt((rho - 4) * (rho - 2) * limit / ((limit - 4) * (limit - 2) * rho));
        return rho > 5 ? m * r * Math.Sqrt(1 - power) / (Math.Sqrt(_second[i]) + radam.Epsilon) : m;
    }

    private double Lion(LionSpec lion, int i, double g)
    {
        double direction = Math.Sign(Mean(_first[i], g, lion.Beta1));
        _first[i] = Mean(_first[i], g, lion.Beta2);
        return direction;
    }

    private void Moments(int i, double g, double beta1, double beta2)
    {
        _first[i] = Mean(_first[i], g, beta1);
        _second[i] = Mean(_second[i], g * g, beta2);
    }

    private double Corrected(double moment, double beta) => moment / (1 - Math.Pow(beta, _step));

    private static double Mean(double mean, double value, double decay) => (decay * mean) + ((1 - decay) * value);

    private static double Momentum(NAdamSpec nadam, int step) => nadam.Beta1 * (1 - (0.5 * Math.Pow(0.96, step * nadam.MomentumDecay)));
}
