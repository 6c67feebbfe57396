using BackpropGen.Generator.Emission.Optimizers;
using BackpropGen.Generator.Lowering;

namespace BackpropGen.Generator.Emission;

/// <summary>What an optimizer gathers, as a whole: forgotten, copied out, and put back.</summary>
internal sealed class OptimizerStateEmitter(LoweredProgram program, SourceWriter writer, UpdateRule rule)
{
    private static readonly StatePlane Average = new("average", "averages");

    private static readonly StateNumber[] AverageNumbers =
    [
        new("has_averages", "bool", "_hasAverages", "false"),
        new("averages_are_swapped", "bool", "_averagesAreSwapped", "false"),
    ];

    /// <summary>Where the masks of dropout stand. No optimizer forgets them, but a run goes on to the same bits only with them.</summary>
    private static readonly StateNumber[] DropoutNumbers =
    [
        new("dropout_start", "long", "_dropoutStart", "0"),
        new("dropout_masks", "long", "_dropoutMasks", "0"),
    ];

    private readonly IReadOnlyList<StatePlane> _planes = program.Spec.Optimizer!.Averages ? [.. rule.Planes, Average] : rule.Planes;
    private readonly IReadOnlyList<StateNumber> _numbers = program.Spec.Optimizer!.Averages ? [.. rule.Numbers, .. AverageNumbers] : rule.Numbers;

    /// <summary>All numbers that a state keeps.</summary>
    private IEnumerable<StateNumber> KeptNumbers => program.Draws ? _numbers.Concat(DropoutNumbers) : _numbers;

    private string Type => program.Element.Keyword;

    private string StateType => $"global::BackpropGen.OptimizerState<{Type}>";

    public void Emit()
    {
        EmitReset();
        EmitGet();
        EmitSet();
    }

    private void EmitReset()
    {
        writer.Blank();
        writer.Doc("summary", "Forgets what the optimizer gathered in earlier steps; the learning rate stays.");
        using (writer.Open("private void ResetOptimizer()"))
        {
            // Averages start anew with the next step.
            foreach (StatePlane plane in rule.Planes)
            {
                writer.Line($"{plane.Field}.Span.Clear();");
            }

            foreach (StateNumber number in _numbers)
            {
                writer.Line($"{number.Field} = {number.Initial};");
            }

            if (program.Spec.Optimizer!.Clips)
            {
                writer.Line("_gradientNorm = 0;");
            }

            writer.Line("_isAccumulating = false;");
        }
    }

    private void EmitGet()
    {
        writer.Blank();
        writer.Doc("summary", "A copy of what the optimizer has gathered: with the parameters, all that it takes to go on as if nothing had happened.");
        writer.Doc("remarks", "What <c>Accumulate</c> has gathered for the next step is no part of it.");
        using (writer.Open($"public {StateType} GetOptimizerState()"))
        {
            writer.Line($"var state = new {StateType}();");
            writer.Line("state.AddNumber(\"learning_rate\", _learningRate);");
            foreach (StateNumber number in KeptNumbers)
            {
                writer.Line($"state.AddNumber(\"{number.Name}\", {(number.Type == "bool" ? $"{number.Field} ? 1 : 0" : number.Field)});");
            }

            for (int i = 0; i < _planes.Count; i++)
            {
                string local = _planes[i].Local;
                writer.Blank();
                writer.Line($"var {local} = new {Type}[ParameterCount];");
                writer.Line($"UnpackParameters({_planes[i].Field}.Span, {local});");
                writer.Line($"state.AddTensor(\"{_planes[i].Name}\", {local});");
            }

            writer.Blank();
            writer.Line("return state;");
        }
    }

    private void EmitSet()
    {
        writer.Blank();
        writer.Doc("summary", "Puts the optimizer, with its learning rate, where <see cref=\"GetOptimizerState\"/> found one of the same kind.");
        writer.Doc("param name=\"state\"", "What an optimizer of the same kind on a network of as many parameters gathered.");
        writer.Doc("exception cref=\"ArgumentException\"", "A name is missing or unknown, a length differs, or a number cannot be; nothing is changed then.");
        using (writer.Open($"public void SetOptimizerState({StateType} state)"))
        {
            writer.Line($"string[] tensors = {Names(_planes.Select(plane => plane.Name))};");
            writer.Line($"string[] numbers = {Names(KeptNumbers.Select(number => number.Name).Prepend("learning_rate"))};");
            writer.Line("NetworkGuard.OptimizerState(state, ParameterCount, tensors, numbers);");
            foreach (StateNumber number in KeptNumbers)
            {
                string check = number.Type switch { "bool" => "StateFlag", "long" => "StateCount", _ => "StateFraction" };
                writer.Line($"NetworkGuard.{check}(state, \"{number.Name}\");");
            }

            writer.Line($"_learningRate = NetworkGuard.LearningRate(({Type})state.GetNumber(\"learning_rate\"));");
            foreach (StateNumber number in KeptNumbers)
            {
                string value = $"state.GetNumber(\"{number.Name}\")";
                writer.Line($"{number.Field} = {number.Type switch { "bool" => $"{value} != 0", "double" => value, _ => $"({number.Type}){value}" }};");
            }

            foreach (StatePlane plane in _planes)
            {
                writer.Line($"PackParameters(state.GetTensor(\"{plane.Name}\"), {plane.Field}.Span);");
            }

            writer.Line("_isAccumulating = false;");
        }
    }

    private static string Names(IEnumerable<string> names)
    {
        string list = string.Join(", ", names.Select(name => $"\"{name}\""));
        return list.Length == 0 ? "Array.Empty<string>()" : $"{{ {list} }}";
    }
}
