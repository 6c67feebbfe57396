using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

/// <summary>How a curve is drawn.</summary>
internal enum CurveStyle
{
    /// <summary>A line through all points.</summary>
    Line,

    /// <summary>The same with the points, for a few of them.</summary>
    LineAndPoints,

    /// <summary>The points alone, faint.</summary>
    Points,

    /// <summary>A dashed line, for a level to compare with.</summary>
    Dashes,
}

/// <summary>One curve of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="X">The points from left to right.</param>
/// <param name="Y">Their heights, as many.</param>
/// <param name="Style">How it is drawn.</param>
internal sealed record Curve(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, CurveStyle Style = CurveStyle.Line);

/// <summary>Charts as PNG files; the samples share this file.</summary>
internal static class Charts
{
    private const int Width = 900;
    private const int Height = 560;
    private const int CellFontSize = 14;

    // Skia's own choice on Linux is whatever comes first, often a font with serifs.
    private static readonly string[] Fonts =
        ["Segoe UI", "Helvetica Neue", "DejaVu Sans", "Noto Sans", "Liberation Sans", "Open Sans", "Ubuntu", "Arial"];

    /// <summary>Whether there is a font to write with; a Linux container often has none, and charts are without text there.</summary>
    public static bool CanWrite => SKFontManager.Default.FontFamilyCount > 0;

    /// <summary>Draws curves over a common axis.</summary>
    /// <param name="path">The file.</param>
    /// <param name="title">Above the chart.</param>
    /// <param name="xLabel">What goes to the right.</param>
    /// <param name="yLabel">What goes up.</param>
    /// <param name="curves">The curves, in the order of the legend.</param>
    /// <param name="legend">Where the curves leave room for the legend.</param>
    public static void SaveCurves(
        string path, string title, string xLabel, string yLabel, IEnumerable<Curve> curves, Alignment legend = Alignment.LowerRight)
    {
        Plot plot = NewPlot(title, xLabel, yLabel);
        Curve[] all = [.. curves];
        foreach (Curve curve in all)
        {
            var scatter = plot.Add.Scatter(curve.X.ToArray(), curve.Y.ToArray());
            scatter.LegendText = curve.Name;
            scatter.LineWidth = curve.Style == CurveStyle.Points ? 0 : 2;
            scatter.MarkerSize = curve.Style switch
            {
                CurveStyle.Points => 4,
                CurveStyle.LineAndPoints => 7,
                _ => 0,
            };
            scatter.LinePattern = curve.Style == CurveStyle.Dashes ? LinePattern.Dashed : LinePattern.Solid;
            scatter.Color = curve.Style == CurveStyle.Points ? scatter.Color.WithAlpha(0.35) : scatter.Color;
        }

        // Nothing is between one epoch and the next.
        if (all.All(curve => curve.Style == CurveStyle.LineAndPoints && curve.X.All(double.IsInteger)))
        {
            plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true };
            plot.Axes.Bottom.MinorTickStyle.Length = 0;
        }

        plot.ShowLegend(legend);
        plot.SavePng(path, Width, Height);
    }

    /// <summary>Draws a table of counts as colours: the darker a cell, the more of its row it is; with the count in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="title">Above the chart.</param>
    /// <param name="xLabel">What the columns are.</param>
    /// <param name="yLabel">What the rows are, the first at the top.</param>
    /// <param name="counts">[rows, columns].</param>
    public static void SaveHeatMap(string path, string title, string xLabel, string yLabel, long[,] counts)
    {
        int rows = counts.GetLength(0), columns = counts.GetLength(1);

        // The square root of the share, or the few mistakes of a good network would be as white as none.
        var shades = new double[rows, columns];
        for (int row = 0; row < rows; row++)
        {
            long total = Enumerable.Range(0, columns).Sum(column => counts[row, column]);
            for (int column = 0; column < columns; column++)
            {
                shades[row, column] = total == 0 ? 0 : Math.Sqrt((double)counts[row, column] / total);
            }
        }

        // The heat map puts its first row on top, its cells around (column, rows − 1 − row).
        Plot plot = NewPlot(title, xLabel, yLabel);
        var map = plot.Add.Heatmap(shades);
        map.Colormap = new ScottPlot.Colormaps.Blues().Reversed();
        map.ManualRange = new ScottPlot.Range(0, 1);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                if (counts[row, column] > 0)
                {
                    var text = plot.Add.Text(counts[row, column].ToString(), column, rows - 1 - row);
                    text.LabelAlignment = Alignment.MiddleCenter;
                    text.LabelFontSize = CellFontSize;
                    text.LabelFontName = plot.Axes.Bottom.Label.FontName;
                    text.LabelFontColor = shades[row, column] > 0.5 ? Colors.White : Colors.Black;
                }
            }
        }

        plot.Axes.Bottom.TickGenerator = new NumericManual(Range(columns, index => index), Labels(columns, index => index));
        plot.Axes.Left.TickGenerator = new NumericManual(Range(rows, index => index), Labels(rows, index => rows - 1 - index));
        plot.Axes.Bottom.TickLabelStyle.FontSize = CellFontSize;
        plot.Axes.Left.TickLabelStyle.FontSize = CellFontSize;
        plot.HideGrid();
        plot.Axes.SetLimits(-0.5, columns - 0.5, -0.5, rows - 0.5);
        plot.SavePng(path, Height + 60, Height);

        static double[] Range(int count, Func<int, double> at) => [.. Enumerable.Range(0, count).Select(at)];
        static string[] Labels(int count, Func<int, int> at) => [.. Enumerable.Range(0, count).Select(index => at(index).ToString())];
    }

    private static Plot NewPlot(string title, string xLabel, string yLabel)
    {
        var plot = new Plot();
        plot.Title(title);
        plot.XLabel(xLabel);
        plot.YLabel(yLabel);

        string[] installed = SKFontManager.Default.GetFontFamilies();
        if (Fonts.FirstOrDefault(installed.Contains) is { } font)
        {
            plot.Font.Set(font);
        }

        return plot;
    }
}
