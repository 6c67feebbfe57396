using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission.Optimizers;

/// <summary>A block with a number for every parameter that an optimizer keeps from step to step.</summary>
/// <param name="Name">Its name in the state that a checkpoint keeps: "first_moment".</param>
/// <param name="Local">Its name in the loop: "firstMoments". The field has an underscore before it.</param>
internal sealed record StatePlane(string Name, string Local)
{
    public string Field => $"_{Local}";
}

/// <summary>A single number that an optimizer keeps from step to step.</summary>
/// <param name="Name">Its name in the state that a checkpoint keeps: "beta1_power".</param>
/// <param name="Type">double for a power or product of decays, which is 0 to 1; long for a count; bool.</param>
/// <param name="Field">The field.</param>
/// <param name="Initial">Its value before the first step.</param>
/// <param name="Comment">What it is, where the name does not say it.</param>
internal sealed record StateNumber(string Name, string Type, string Field, string Initial, string Comment = "");

/// <summary>
/// What there is to say about one optimizer. Clipping, weight decay and averaging are the same for all and stand in
/// <see cref="StepEmitter"/>; they hand the rule g and θ, named <c>g</c> and <c>theta</c>.
/// </summary>
internal abstract class UpdateRule(ElementType element)
{
    /// <summary>The optimizer in the table of the network: "Adam".</summary>
    public abstract string Name { get; }

    /// <summary>The optimizer in a sentence.</summary>
    public virtual string Title => Name;

    /// <summary>The step as a formula.</summary>
    public abstract string Formula { get; }

    /// <summary>The blocks it keeps. All start at zero, and all stay finite where g and θ are zero, as they are in padding.</summary>
    public virtual IReadOnlyList<StatePlane> Planes => [];

    /// <summary>The numbers it keeps.</summary>
    public virtual IReadOnlyList<StateNumber> Numbers => [];

    /// <summary>What happens once at the start of a step.</summary>
    public virtual IReadOnlyList<string> Before => [];

    /// <summary>What happens once at the end of a step.</summary>
    public virtual IReadOnlyList<string> After => [];

    /// <summary>What the loop reads in every round.</summary>
    public abstract IReadOnlyList<string> Constants { get; }

    /// <summary>The body of the loop.</summary>
    public virtual IReadOnlyList<string> Body => [];

    /// <summary>θ after the step.</summary>
    public abstract string Result { get; }

    protected ElementType Element => element;

    /// <summary>A number in the element type.</summary>
    protected string Literal(double value) => CSharpLiteral.Number(value, element);

    /// <summary>A number in double, whatever the element type.</summary>
    protected static string Double(double value) => CSharpLiteral.Number(value, ElementType.Double);

    /// <summary>A constant of the loop.</summary>
    protected string Constant(string name, double value, string comment = "") =>
        $"var {name} = Simd.Broadcast({Literal(value)});{(comment.Length > 0 ? $"  // {comment}" : string.Empty)}";

    /// <summary>A constant of the loop that is computed in double.</summary>
    protected string Computed(string name, string expression) =>
        $"var {name} = Simd.Broadcast({(element == ElementType.Double ? expression : $"(float)({expression})")});";

    /// <summary>The element of a block that belongs to θ.</summary>
    protected static string Load(StatePlane plane) => $"Simd.Load(ref {plane.Local}, i)";

    /// <summary>Keeps the new element of a block.</summary>
    protected static string Store(string value, StatePlane plane) => $"Simd.Store({value}, ref {plane.Local}, i);";
}
