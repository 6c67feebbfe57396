extern alias runtime;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using BackpropGen.Generator.Differentiation;
using BackpropGen.Generator.Parsing;
using Runtime = runtime::BackpropGen;

namespace BackpropGen.Generator.Tests.Documentation;

/// <summary>docs/numerics.md has a row for everything that there is to choose, with its formula and its defaults.</summary>
public sealed class NumericsPageTests
{
    private const string Page = "docs/numerics.md";

    private static readonly Assembly Library = typeof(Runtime.OptimizerAttribute).Assembly;

    public static TheoryData<string> Activations { get; } = new(Enum.GetNames<Activation>());

    public static TheoryData<string> Losses { get; } = new(Enum.GetNames<Loss>());

    public static TheoryData<string> Initializers { get; } = new(Enum.GetNames<Initializer>());

    public static TheoryData<string> Reductions { get; } = new(Enum.GetNames<Reduction>());

    public static TheoryData<string> Optimizers { get; } = new(PublicTypes(typeof(Runtime.OptimizerAttribute)).Select(type => type.Name));

    public static TheoryData<string> Schedules { get; } = new(PublicTypes(typeof(Runtime.ILearningRateSchedule)).Select(type => type.Name));

    public static TheoryData<string> Metrics { get; } = new(PublicTypes(typeof(Runtime.IMetric)).Select(type => type.Name));

    [Theory]
    [MemberData(nameof(Activations))]
    public void AnActivationHasItsRow(string name)
    {
        Activation kind = Enum.Parse<Activation>(name);
        ActivationRule rule = ActivationRules.Of(kind);
        string row = Row("Activation", $"`{name}`");
        HasCell(row, rule.Formula);
        HasCell(row, rule.Derivative);
        HasCell(row, $"`{rule.Initializer}`");
        if (ActivationReader.ParameterOf(kind) is { } parameter)
        {
            HasDefault(row, parameter.Property, parameter.Default);
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void ALossHasItsRow(string name)
    {
        Loss kind = Enum.Parse<Loss>(name);
        LossRule rule = LossRules.Of(kind);
        string row = Row("Loss", $"`{name}`");
        HasCell(row, rule.Formula);
        HasCell(row, rule.Gradient);
        foreach (LossParser.Parameter parameter in LossParser.Parameters.Where(parameter => parameter.Loss == kind))
        {
            HasDefault(row, parameter.Property, parameter.Default);
        }
    }

    [Theory]
    [MemberData(nameof(Initializers))]
    public void AnInitializerHasItsRow(string name) => Row("Initializer", $"`{name}`");

    [Theory]
    [MemberData(nameof(Reductions))]
    public void AReductionHasItsRow(string name) => Row("Reduction", $"`{name}`");

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void AnOptimizerHasItsRowWithEveryDefault(string name)
    {
        Type type = Library.GetType($"BackpropGen.{name}")!;
        string row = Row("attribute", $"`[{name[..^"Attribute".Length]}]`");
        string common = Row("attribute", "every optimizer");
        object optimizer = Activator.CreateInstance(type)!;
        object sgd = new Runtime.SgdAttribute();
        foreach (PropertyInfo property in Settable(type))
        {
            object value = property.GetValue(optimizer)!;
            bool isCommon = property.DeclaringType == typeof(Runtime.OptimizerAttribute);
            HasDefault(isCommon && value.Equals(property.GetValue(sgd)) ? common : row, property.Name, value);
        }
    }

    /// <summary>The optimizers are those that the generator knows.</summary>
    [Fact]
    public void EveryKnownOptimizerIsTested() =>
        Assert.Equal(KnownAttributes.Optimizers.Order(), PublicTypes(typeof(Runtime.OptimizerAttribute)).Select(type => type.FullName).Order());

    /// <summary>The parameters of a network or a layer that change numbers; the others say what there is.</summary>
    [Theory]
    [InlineData(typeof(Runtime.NeuralNetworkAttribute), "Inputs", "Loss", "Reduction", "Precision", "InputGradients", "KeepIntermediates", "Parallelism")]
    [InlineData(typeof(Runtime.DenseAttribute), "Units", "Activation", "Bias", "Initializer", "Name", "WeightDecay")]
    [InlineData(typeof(Runtime.ActivationAttribute), "Activation", "Name")]
    public void AParameterIsNamed(Type attribute, params string[] structure)
    {
        string page = MarkdownFile.Read(Page).Text;
        foreach (PropertyInfo property in Settable(attribute).Where(property => !structure.Contains(property.Name)))
        {
            Contains(page, $"`{property.Name}`");
        }
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void AScheduleHasItsRowWithEveryDefault(string name)
    {
        string row = Row("schedule", $"`{name}`");
        foreach (ParameterInfo parameter in Library.GetType($"BackpropGen.{name}")!.GetConstructors().Single().GetParameters())
        {
            if (parameter.HasDefaultValue)
            {
                HasDefault(row, parameter.Name!, parameter.DefaultValue!);
            }
        }
    }

    [Fact]
    public void ThePlateauHasItsDefaults() => HasDefaults("`PlateauSchedule`", new Runtime.PlateauSchedule { LearningRate = 1 }, "LearningRate");

    [Fact]
    public void EarlyStoppingHasItsDefaults() => HasDefaults("`EarlyStopping`", new Runtime.EarlyStopping());

    [Theory]
    [MemberData(nameof(Metrics))]
    public void AMetricHasItsRow(string name)
    {
        Type type = Library.GetType($"BackpropGen.{name}")!;
        string row = Row("metric", $"`{name[..name.IndexOf('`', StringComparison.Ordinal)]}`");
        foreach (ParameterInfo parameter in type.GetConstructors().Single().GetParameters().Where(parameter => parameter.HasDefaultValue))
        {
            HasDefault(row, parameter.Name!, parameter.DefaultValue!);
        }
    }

    /// <summary>Options and their defaults are in docs/training.md.</summary>
    [Fact]
    public void TheOptionsOfTheTrainerAreOnItsPage()
    {
        string page = MarkdownFile.Read("docs/training.md").Text;
        foreach (PropertyInfo property in Settable(typeof(Runtime.TrainingOptions)))
        {
            Contains(page, $"`{property.Name}`");
        }

        var options = new Runtime.TrainingOptions();
        HasCell(page, $"`Epochs` | {options.Epochs}");
        HasCell(page, $"`BatchSize` | {options.BatchSize}");
        HasCell(page, $"`Seed` | {options.Seed}");
        HasCell(page, $"`Shuffle` | {Text(options.Shuffle)}");
        HasCell(page, $"`ValidationSplit` | {Text(options.ValidationSplit)}");
    }

    private static void HasDefaults(string firstCell, object instance, params string[] required)
    {
        string row = Row("schedule", firstCell);
        foreach (PropertyInfo property in Settable(instance.GetType()).Where(property => !required.Contains(property.Name)))
        {
            HasDefault(row, property.Name, property.GetValue(instance)!);
        }
    }

    private static IEnumerable<Type> PublicTypes(Type kind) =>
        Library.GetExportedTypes().Where(type => type.IsClass && !type.IsAbstract && type.IsAssignableTo(kind)).OrderBy(type => type.Name, StringComparer.Ordinal);

    private static IEnumerable<PropertyInfo> Settable(Type type) => type.GetProperties().Where(property => property.CanWrite);

    /// <summary>The only row with a first cell in the table whose heading starts with a word.</summary>
    private static string Row(string table, string firstCell)
    {
        string[] lines = MarkdownFile.Read(Page).Text.Split('\n');
        int heading = Array.FindIndex(lines, line => line.StartsWith($"| {table} |", StringComparison.Ordinal) || line.StartsWith($"| `{table}` |", StringComparison.Ordinal));
        return Assert.Single(
            lines.Skip(heading).TakeWhile(line => line.StartsWith('|')), row => row.StartsWith($"| {firstCell} |", StringComparison.Ordinal));
    }

    private static void HasCell(string text, string cell) =>
        Contains(text, cell.StartsWith('`') ? $"| {cell} |" : $"| {cell.Replace("|", "\\|", StringComparison.Ordinal)} |");

    private static void Contains(string text, string part) => Assert.Contains(part, text, StringComparison.Ordinal);

    /// <summary>The value ends where it ends: 0.9 is not found in 0.99.</summary>
    private static void HasDefault(string row, string name, object value) => Assert.Matches($"`{name}` {Regex.Escape(Text(value))}[ ,]", row);

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        double and > 0 and < 1e-4 => ((double)value).ToString("0e0", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
