using Digits;
using Spectre.Console;

namespace BackpropGen.Samples.Tests;

public sealed class TrainingDisplayTests
{
    [Fact]
    public void An_epoch_is_one_line_on_a_terminal_of_80_columns()
    {
        Table table = TrainingDisplay.NewTable();
        table.AddRow("10000", TrainingDisplay.Bar(0, 7), "12.3456", "12.3456", "100.00 %", "1,234,567");
        table.AddRow("2", TrainingDisplay.Bar(3, 7), "0.1234", "", "", "98,765");
        table.AddRow("3", TrainingDisplay.Bar(7, 7), "0.1234", "0.1234", "98.76 %", "98,765");
        var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 80;
        console.Profile.Capabilities.Unicode = true;

        console.Write(table);

        string[] lines = text.ToString().TrimEnd().Split('\n');
        Assert.Equal(3 + 3 + 1, lines.Length);
        Assert.All(lines, line => Assert.InRange(line.TrimEnd('\r').Length, 60, 80));
        Assert.Equal(3, lines.Count(line => line.Contains(new string('━', 10))));
    }
}
