using System.Globalization;
using BackpropGen;
using CsvHelper;
using CsvHelper.Configuration;

namespace Iris;

/// <summary>
/// Flowers as CSV. The Iris data go round in several forms, and all are read: with a header or without one, with a number of the row or
/// without, with names of species or with labels whose names are in the header. What they share is that the species comes last, and the
/// four measurements before it.
/// </summary>
internal static class FlowerFile
{
    private const int Measurements = IrisNet.InputSize;
    private const int MinPerSpecies = 2;

    /// <summary>Writes flowers, one per line under a header.</summary>
    public static void Write(string path, Flowers flowers)
    {
        using var csv = new CsvWriter(new StreamWriter(path), CultureInfo.InvariantCulture);
        foreach (string name in Flowers.Features.Append("species"))
        {
            csv.WriteField(name.Replace(' ', '_'));
        }

        csv.NextRecord();
        ReadOnlySpan<float> inputs = flowers.Samples.Inputs.Span;
        for (int n = 0; n < flowers.Samples.Count; n++)
        {
            foreach (float value in inputs.Slice(n * Measurements, Measurements))
            {
                csv.WriteField(value);
            }

            csv.WriteField(flowers.Species[flowers.Samples.Labels.Span[n]]);
            csv.NextRecord();
        }
    }

    /// <summary>Reads flowers.</summary>
    /// <exception cref="InvalidDataException">It is no such file; the message says where and why.</exception>
    public static Flowers Read(string path)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { HasHeaderRecord = false, TrimOptions = TrimOptions.Trim };
        using var csv = new CsvParser(new StreamReader(path), configuration);
        try
        {
            return Read(csv);
        }
        catch (CsvHelperException exception)
        {
            throw new InvalidDataException($"{path}: line {csv.RawRow}: expected a line of CSV, found a stray quotation mark.", exception);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    private static Flowers Read(CsvParser csv)
    {
        string[]? header = null;
        var inputs = new List<float>();
        var species = new List<string>();
        while (csv.Read())
        {
            string[] fields = csv.Record!;
            if (TryParse(fields, inputs))
            {
                species.Add(fields[^1]);
            }
            else if (header is null && species.Count == 0)
            {
                header = fields;
            }
            else
            {
                throw new InvalidDataException(
                    $"line {csv.RawRow}: expected {Measurements} measurements and a species, found '{string.Join(',', fields)}'.");
            }
        }

        string[] names = [.. species.Distinct().Order(StringComparer.Ordinal)];
        if (names.Length != IrisNet.OutputSize || names.Any(name => species.Count(other => other == name) < MinPerSpecies))
        {
            throw new InvalidDataException(
                $"expected flowers of {IrisNet.OutputSize} species, at least {MinPerSpecies} of each, found {species.Count} of {names.Length}.");
        }

        int[] labels = [.. species.Select(name => Array.IndexOf(names, name))];
        // scikit-learn's header is the number of flowers, that of the measurements, and the names of the labels 0, 1 and 2.
        bool areLabels = names is ["0", "1", "2"] && header is [_, "4", _, _, _];
        return new Flowers(areLabels ? header![2..] : names, new LabeledData<float>(inputs.ToArray(), labels));
    }

    /// <summary>Adds the measurements of a line, where it has them.</summary>
    private static bool TryParse(string[] fields, List<float> inputs)
    {
        Span<float> values = stackalloc float[Measurements];
        for (int i = 0; i < Measurements; i++)
        {
            if (fields.Length <= Measurements
                || !float.TryParse(fields[i - Measurements - 1 + fields.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i])
                || !float.IsFinite(values[i]))
            {
                return false;
            }
        }

        inputs.AddRange(values);
        return true;
    }
}
