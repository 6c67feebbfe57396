using Digits;

namespace BackpropGen.Samples.Tests;

public sealed class StrokeDigitsTests
{
    [Fact]
    public void The_same_seed_draws_the_same_digits()
    {
        LabeledData<float> first = StrokeDigits.Draw(300, seed: 42);
        LabeledData<float> second = StrokeDigits.Draw(300, seed: 42);

        Assert.Equal(first.Labels.ToArray(), second.Labels.ToArray());
        Assert.Equal(first.Inputs.ToArray(), second.Inputs.ToArray());
    }

    [Fact]
    public void A_digit_does_not_depend_on_how_many_are_drawn()
    {
        LabeledData<float> few = StrokeDigits.Draw(10, seed: 42);
        LabeledData<float> many = StrokeDigits.Draw(200, seed: 42);

        Assert.Equal(few.Inputs.ToArray(), many.Slice(0, 10).Inputs.ToArray());
    }

    [Fact]
    public void Another_seed_draws_other_digits()
    {
        LabeledData<float> first = StrokeDigits.Draw(50, seed: 1);
        LabeledData<float> second = StrokeDigits.Draw(50, seed: 2);

        Assert.NotEqual(first.Labels.ToArray(), second.Labels.ToArray());
        Assert.NotEqual(first.Inputs.ToArray(), second.Inputs.ToArray());
    }

    [Fact]
    public void Every_digit_occurs_about_equally_often()
    {
        LabeledData<float> data = StrokeDigits.Draw(2000, seed: 3);

        foreach (int digit in Enumerable.Range(0, 10))
        {
            Assert.InRange(data.Labels.Span.Count(digit), 150, 250);
        }
    }

    [Fact]
    public void Digits_have_ink_in_the_middle_and_paper_at_the_edge()
    {
        LabeledData<float> data = StrokeDigits.Draw(500, seed: 4);
        double middle = 0, corner = 0;
        for (int n = 0; n < data.Count; n++)
        {
            ReadOnlySpan<float> image = data.Image(n);
            double ink = 0;
            foreach (float pixel in image)
            {
                Assert.InRange(pixel, 0, 1);
                ink += pixel;
            }

            Assert.InRange(ink, 15, 300);
            middle += image[(14 * 28) + 14];
            corner += image[0] + image[27] + image[27 * 28] + image[783];
        }

        Assert.True(middle / data.Count > 0.3);
        Assert.True(corner / (4 * data.Count) < 0.05);
    }

    [Fact]
    public void No_two_images_of_a_digit_are_alike()
    {
        LabeledData<float> data = StrokeDigits.Draw(200, seed: 6);
        int distinct = Enumerable.Range(0, data.Count).Select(n => string.Join(' ', data.Image(n).ToArray())).Distinct().Count();

        Assert.Equal(data.Count, distinct);
    }
}
