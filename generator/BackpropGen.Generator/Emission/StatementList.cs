namespace BackpropGen.Generator.Emission;

/// <summary>
/// A method body that is one statement per layer: as it stands where it is short, else dealt to several methods, so that the methods of
/// very deep networks stay within what the JIT optimises.
/// </summary>
/// <param name="writer">Where to write.</param>
/// <param name="name">The name of the method.</param>
/// <param name="declarations">The parameters of a part, as they are declared.</param>
/// <param name="arguments">The same as they are passed.</param>
/// <param name="modifiers">What stands before the return type of a part.</param>
/// <param name="statements">The body.</param>
internal sealed class StatementList(
    SourceWriter writer, string name, string declarations, string arguments, string modifiers, IReadOnlyList<string> statements)
{
    /// <summary>A statement takes up to 60 bytes of IL, so that a part stays below 4,000.</summary>
    private const int StatementsPerMethod = 64;

    private bool IsSplit => statements.Count > StatementsPerMethod;

    private int Parts => (statements.Count + StatementsPerMethod - 1) / StatementsPerMethod;

    /// <summary>Writes the statements, or the calls of the parts.</summary>
    public void EmitStatements()
    {
        if (!IsSplit)
        {
            EmitRange(0, statements.Count);
            return;
        }

        for (int part = 0; part < Parts; part++)
        {
            writer.Line($"{PartName(part)}({arguments});");
        }
    }

    /// <summary>Writes the parts, if there are any; to be called after the method is closed.</summary>
    public void EmitParts()
    {
        for (int part = 0; IsSplit && part < Parts; part++)
        {
            int first = part * StatementsPerMethod;
            writer.Blank();
            using (writer.OpenMethod($"{modifiers} void {PartName(part)}", declarations))
            {
                EmitRange(first, Math.Min(first + StatementsPerMethod, statements.Count));
            }
        }
    }

    private void EmitRange(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            writer.Line(statements[i]);
        }
    }

    private string PartName(int part) => $"{name}Part{CSharpLiteral.Int(part + 1)}";
}
