using System.Reflection;
using System.Reflection.Emit;

namespace BackpropGen.Generator.Tests.Emission;

/// <summary>What the JIT compiler looks at before it decides to optimise a method.</summary>
/// <param name="Name">Class and method.</param>
/// <param name="Bytes">The length of the IL.</param>
/// <param name="Locals">The number of local variables.</param>
/// <param name="Blocks">The number of basic blocks: the places where control may arrive or go another way, and the start.</param>
internal sealed record MethodSize(string Name, int Bytes, int Locals, int Blocks)
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>The sizes of all methods and constructors with a body.</summary>
    public static MethodSize[] Of(Assembly assembly) => [.. assembly.GetTypes()
        .SelectMany(type => type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
        .Where(method => method.GetMethodBody() is not null)
        .Select(Of)];

    /// <summary>The size of one method.</summary>
    public static MethodSize Of(MethodBase method)
    {
        MethodBody body = method.GetMethodBody()!;
        byte[] code = body.GetILAsByteArray()!;
        return new MethodSize($"{method.DeclaringType!.Name}.{method.Name}", code.Length, body.LocalVariables.Count, BlocksOf(code));
    }

    /// <summary>A block starts at the first instruction, at every target of a branch, and behind whatever leaves the straight line.</summary>
    private static int BlocksOf(byte[] code)
    {
        var starts = new HashSet<int> { 0 };
        int position = 0;
        while (position < code.Length)
        {
            OpCode instruction = code[position] == OpCodes.Prefix1.Value
                ? OpCodesByValue[unchecked((short)((code[position] << 8) | code[position + 1]))]
                : OpCodesByValue[code[position]];
            int operand = position + instruction.Size;
            position = operand + OperandSize(instruction, code, operand);
            foreach (int target in TargetsOf(instruction, code, operand, position))
            {
                starts.Add(target);
            }

            if (instruction.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw)
            {
                starts.Add(position);
            }
        }

        starts.Remove(code.Length);
        return starts.Count;
    }

    private static IEnumerable<int> TargetsOf(OpCode instruction, byte[] code, int operand, int next) => instruction.OperandType switch
    {
        OperandType.ShortInlineBrTarget => [next + (sbyte)code[operand]],
        OperandType.InlineBrTarget => [next + BitConverter.ToInt32(code, operand)],
        OperandType.InlineSwitch => Enumerable.Range(1, BitConverter.ToInt32(code, operand))
            .Select(i => next + BitConverter.ToInt32(code, operand + (4 * i))),
        _ => [],
    };

    private static int OperandSize(OpCode instruction, byte[] code, int operand) => instruction.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 * (1 + BitConverter.ToInt32(code, operand)),
        _ => 4,
    };
}
