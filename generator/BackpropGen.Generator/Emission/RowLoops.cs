using BackpropGen.Generator.Graph;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>
/// Writes what happens to row n of a matrix, vector by vector: one statement group where the row is one vector, a loop where it is longer.
/// Where padding columns must not count, the last vector is written apart and masked.
/// </summary>
/// <param name="writer">Where to write.</param>
/// <param name="element">The element type.</param>
/// <param name="columns">The number of columns.</param>
/// <param name="mask">The name of the mask, unique in its method.</param>
internal sealed class RowLoops(SourceWriter writer, ElementType element, int columns, string mask = "lanes")
{
    private readonly int _full = columns / element.Lanes * element.Lanes;
    private readonly int _rest = columns % element.Lanes;

    public SourceWriter Writer => writer;

    public ElementType Element => element;

    public int Columns => columns;

    /// <summary>Whether a row is one vector.</summary>
    public bool IsOneVector => element.Padded(columns) == element.Lanes;

    /// <summary>The only vector of a row, masked where it is partly padding.</summary>
    public RowVector OnlyVector => new(null, _rest != 0 ? mask : null);

    /// <summary>Declares the mask of the last vector, where the rows have a partial one; write it before the loop over the samples.</summary>
    public void DeclareLanes()
    {
        if (_rest != 0)
        {
            string type = element == ElementType.Double ? "Double" : "Single";
            writer.Line($"var {mask} = Simd.FirstLanes{type}({_rest});  // the last vector of a row holds {_rest} of {element.Lanes}");
        }
    }

    /// <summary>Writes <paramref name="body"/> for every vector of the row.</summary>
    /// <param name="isMasked">Whether the last, partial vector is written apart.</param>
    /// <param name="body">Writes the statements of one vector.</param>
    public void ForEach(bool isMasked, Action<RowVector> body)
    {
        bool partial = isMasked && _rest != 0;
        int looped = partial ? _full : element.Padded(columns);
        if (looped == element.Lanes && !partial)
        {
            body(new RowVector(null, null));
            return;
        }

        if (looped == element.Lanes)
        {
            using (writer.Open())
            {
                body(new RowVector(null, null));
            }
        }
        else if (looped > 0)
        {
            using (writer.Open($"for (nint j = 0; j < {looped}; j += {element.Lanes})"))
            {
                body(new RowVector("j", null));
            }
        }

        if (partial && looped == 0)
        {
            body(new RowVector(null, mask));
        }
        else if (partial)
        {
            using (writer.Open())
            {
                body(new RowVector(CSharpLiteral.Int(looped), mask));
            }
        }
    }

    /// <summary>Declares a vector variable that combines one expression over all vectors of the row.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="start">Its neutral element.</param>
    /// <param name="combine">The statement that combines the variable with the next expression.</param>
    /// <param name="isMasked">Whether the last, partial vector is written apart.</param>
    /// <param name="term">The expression of one vector; may write statements before it.</param>
    public void Reduce(string name, string start, Func<string, string, string> combine, bool isMasked, Func<RowVector, string> term)
    {
        if (IsOneVector)
        {
            string only = term(new RowVector(null, isMasked && _rest != 0 ? mask : null));
            writer.Line($"var {name} = {only};");
            return;
        }

        writer.Line($"var {name} = {start};");
        ForEach(isMasked, vector => writer.Line(combine(name, term(vector))));
    }

    /// <summary>The sum over the row of one expression per vector.</summary>
    public void Sum(string name, bool isMasked, Func<RowVector, string> term) =>
        Reduce(name, ActivationSyntax.Zero(element), (sum, next) => $"{sum} += {next};", isMasked, term);
}

/// <summary>One vector of row n.</summary>
/// <param name="Column">Its first column as an expression, or null for the first.</param>
/// <param name="Mask">The mask of the lanes that count, or null where all do.</param>
internal readonly record struct RowVector(string? Column, string? Mask)
{
    public bool IsPartial => Mask is not null;

    /// <summary>Where it stands in a matrix with rows of <paramref name="stride"/>.</summary>
    public string At(int stride)
    {
        string row = stride == 1 ? "n" : $"n * {CSharpLiteral.Int(stride)}";
        return Column is null ? row : $"{row} + {Column}";
    }

    /// <summary>The expression that loads it.</summary>
    public string Load(Value value, int stride) => $"Simd.Load(ref {value.Name}, {At(stride)})";

    /// <summary>The statement that stores it.</summary>
    public string Store(string expression, Value value, int stride) => $"Simd.Store({expression}, ref {value.Name}, {At(stride)});";

    /// <summary>An expression whose padding lanes are zero.</summary>
    public string Masked(string expression) => IsPartial ? $"({expression}) & {Mask}" : expression;
}
