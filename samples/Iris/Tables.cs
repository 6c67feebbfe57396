using Spectre.Console;

namespace Iris;

/// <summary>The tables that the program prints.</summary>
internal static class Tables
{
    private const int Rows = 6;

    /// <summary>What the inputs are brought to mean 0 and deviation 1 with.</summary>
    public static void WriteInputs(Standardization standardization)
    {
        Table table = NewTable("input, in cm", "mean", "deviation");
        for (int i = 0; i < Flowers.Features.Count; i++)
        {
            table.AddRow(Flowers.Features[i], $"{standardization.Means[i]:F2}", $"{standardization.Deviations[i]:F2}");
        }

        AnsiConsole.Write(table);
    }

    /// <summary>How two trainings went, by every so many epochs.</summary>
    public static void WriteEpochs(TrainedNetwork plain, TrainedNetwork weighted)
    {
        Table table = NewTable(
            "epoch", "without\nloss", "weights:\ntest loss", " \naccuracy", "with\nloss", "weights:\ntest loss", " \naccuracy");
        int epochs = plain.History.Count;
        int every = (epochs + Rows - 1) / Rows;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            if ((epoch + 1) % every == 0 || epoch == epochs - 1)
            {
                table.AddRow([$"{epoch + 1}", .. Cells(plain, epoch), .. Cells(weighted, epoch)]);
            }
        }

        AnsiConsole.Write(table);

        static string[] Cells(TrainedNetwork trained, int epoch) =>
            [$"{trained.History[epoch].Loss:F4}", $"{trained.History[epoch].ValidationLoss:F4}", $"{100 * trained.History[epoch].Metrics[0]:F1} %"];
    }

    /// <summary>Which species was taken for which.</summary>
    public static void WriteConfusion(TrainedNetwork trained, IReadOnlyList<string> species)
    {
        Table table = NewTable(["is, is taken for", .. species.Select(Markup.Escape)]);
        for (int actual = 0; actual < species.Count; actual++)
        {
            table.AddRow([Markup.Escape(species[actual]), .. species.Select((_, predicted) => $"{trained.Confusion[actual, predicted]}")]);
        }

        AnsiConsole.Write(table);
    }

    /// <summary>Precision and recall of every species, and their means.</summary>
    public static void WriteScores(TrainedNetwork plain, TrainedNetwork weighted, IReadOnlyList<string> species)
    {
        Table table = NewTable("species", "without\nprecision", "weights:\nrecall", "with\nprecision", "weights:\nrecall");
        for (int label = 0; label < species.Count; label++)
        {
            table.AddRow(
                Markup.Escape(species[label]), Percent(plain.Precision.PerClass(label)), Percent(plain.Recall.PerClass(label)),
                Percent(weighted.Precision.PerClass(label)), Percent(weighted.Recall.PerClass(label)));
        }

        table.AddRow(
            "mean", Percent(plain.Precision.Value), Percent(plain.Recall.Value), Percent(weighted.Precision.Value), Percent(weighted.Recall.Value));
        AnsiConsole.Write(table);
    }

    private static string Percent(double share) => $"{100 * share:F1} %";

    private static Table NewTable(params string[] columns)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        for (int i = 0; i < columns.Length; i++)
        {
            var column = new TableColumn(columns[i]);
            table.AddColumn(i == 0 ? column : column.RightAligned());
        }

        return table;
    }
}
