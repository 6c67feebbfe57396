using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission.Kernels;

/// <summary>What the text of a kernel is written with: loops over the rows of the batch, and access to its vectors.</summary>
/// <param name="writer">Where to write.</param>
/// <param name="element">The element type.</param>
/// <param name="step">The step.</param>
/// <param name="stride">The length of a row of a value, padded.</param>
internal sealed class KernelWriter(SourceWriter writer, ElementType element, KernelStep step, Func<Value, int> stride)
{
    public SourceWriter Writer => writer;

    public ElementType Element => element;

    /// <summary>A vector of zeros.</summary>
    public string Zero => ActivationSyntax.Zero(element);

    public int Stride(Value value) => stride(value);

    /// <summary>Opens a loop over the samples; the row is n.</summary>
    public IDisposable OpenRows() => writer.Open("for (nint n = 0; n < batch; n++)");

    /// <summary>The vectors of a row of so many columns; the mask of the last is called after the result.</summary>
    public RowLoops Row(int columns) => new(writer, element, columns, $"{step.Op.Result.Name}Lanes");

    /// <summary>Loads one vector of row n; never past the end of x.</summary>
    public string Load(RowLoops row, RowVector vector, Value value) => Sweeps.Load(row, vector, value, stride);

    /// <summary>Loads one vector of a parameter, which is one row.</summary>
    public static string LoadRow(RowVector vector, Value value) => $"Simd.Load(ref {value.Name}, {vector.Column ?? "0"})";

    /// <summary>Stores one vector of row n, with zeros in the padding.</summary>
    public void StoreMasked(RowVector vector, string expression, Value value) => writer.Line(vector.Store(vector.Masked(expression), value, stride(value)));

    /// <summary>Where a number stands that each row has one of.</summary>
    public string At(Value value) => $"n * {CSharpLiteral.Int(stride(value))}";

    /// <summary>A number of the element type.</summary>
    public string Number(double value) => CSharpLiteral.Number(value, element);
}
