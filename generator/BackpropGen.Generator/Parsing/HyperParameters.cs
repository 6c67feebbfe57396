namespace BackpropGen.Generator.Parsing;

/// <summary>A hyper-parameter as it was given, and what it may be.</summary>
internal sealed record HyperParameter(string Property, double Value, double Default, Interval Range);

/// <summary>Reads the hyper-parameters of an optimizer and keeps them with their ranges, so that a rule can judge each where it stands.</summary>
internal sealed class HyperParameters(AttributeReader attribute)
{
    private readonly List<HyperParameter> _numbers = [];

    /// <summary>The numbers read so far.</summary>
    public IReadOnlyList<HyperParameter> Numbers => _numbers;

    /// <summary>The learning rate.</summary>
    public double LearningRate(double otherwise) => Number("LearningRate", otherwise, Interval.Positive);

    /// <summary>ε, which keeps a quotient finite.</summary>
    public double Epsilon(double otherwise) => Number("Epsilon", otherwise, Interval.Positive);

    /// <summary>The decay of a moving average, or a momentum.</summary>
    public double Decay(string property, double otherwise) => Number(property, otherwise, Interval.FromZeroBelowOne);

    /// <summary>A coefficient that may be 0 for none.</summary>
    public double Coefficient(string property, double otherwise = 0) => Number(property, otherwise, Interval.NonNegative);

    /// <summary>A bound, or 0 for none. One that is not 0 must not become 0 in the element type, which would bound everything to nothing.</summary>
    public double Bound(string property) =>
        Number(property, 0, attribute.Double(property, 0) > 0 ? Interval.Positive : Interval.NonNegative);

    /// <summary>Any number.</summary>
    public double Number(string property, double otherwise, Interval range)
    {
        double value = attribute.Double(property, otherwise);
        _numbers.Add(new HyperParameter(property, value, otherwise, range));
        return value;
    }

    /// <summary>A switch.</summary>
    public bool Flag(string property, bool otherwise = false) => attribute.Boolean(property, otherwise);
}
