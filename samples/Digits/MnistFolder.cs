using BackpropGen;

namespace Digits;

/// <summary>Finds the files of the MNIST family in a folder and puts images and labels together.</summary>
internal static class MnistFolder
{
    /// <summary>The training set, <c>train-images…</c> and <c>train-labels…</c>, or null where the folder has neither.</summary>
    public static LabeledData<float>? ReadTrain(string folder) => Read(folder, "train");

    /// <summary>The test set, <c>t10k-images…</c> and <c>t10k-labels…</c>, or null where the folder has neither.</summary>
    public static LabeledData<float>? ReadTest(string folder) => Read(folder, "t10k");

    private static LabeledData<float>? Read(string folder, string set)
    {
        string? imagesPath = Find(folder, $"{set}-images", "idx3-ubyte");
        string? labelsPath = Find(folder, $"{set}-labels", "idx1-ubyte");
        if (imagesPath is null && labelsPath is null)
        {
            return null;
        }

        if (imagesPath is null)
        {
            throw new InvalidDataException($"{labelsPath}: expected {set}-images-idx3-ubyte (or .gz) beside these labels, found none.");
        }

        if (labelsPath is null)
        {
            throw new InvalidDataException($"{imagesPath}: expected {set}-labels-idx1-ubyte (or .gz) beside these images, found none.");
        }

        IdxFile images = IdxFile.ReadImages(imagesPath);
        if (images.Sizes is not [_, DigitImages.Side, DigitImages.Side])
        {
            throw new InvalidDataException(
                $"{imagesPath}: expected images of {DigitImages.Side} × {DigitImages.Side} pixels, found {images.Sizes[1]} × {images.Sizes[2]}.");
        }

        IdxFile labels = IdxFile.ReadLabels(labelsPath);
        if (labels.Sizes[0] != images.Sizes[0])
        {
            throw new InvalidDataException(
                $"{labelsPath}: expected {images.Sizes[0]:N0} labels, one per image of {Path.GetFileName(imagesPath)}, found {labels.Sizes[0]:N0}.");
        }

        int wrong = labels.Data.Span.IndexOfAnyExceptInRange((byte)0, (byte)9);
        if (wrong >= 0)
        {
            throw new InvalidDataException($"{labelsPath}: expected labels from 0 to 9, found {labels.Data.Span[wrong]} as label {wrong + 1:N0}.");
        }

        return DigitImages.FromBytes(images.Data.Span, labels.Data.Span);
    }

    /// <summary>Both spellings are in use: train-images-idx3-ubyte and train-images.idx3-ubyte, each plain or with .gz.</summary>
    private static string? Find(string folder, string stem, string ending)
    {
        string[] names = [$"{stem}-{ending}", $"{stem}.{ending}", $"{stem}-{ending}.gz", $"{stem}.{ending}.gz"];
        return names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}
