using Iris;

namespace BackpropGen.Samples.Tests;

public sealed class FlowerFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_again()
    {
        string path = Path.Combine(_folder.Path, "flowers.csv");
        Flowers flowers = FisherFlowers.Draw([5, 4, 3], seed: 1);

        FlowerFile.Write(path, flowers);
        Flowers read = FlowerFile.Read(path);

        Assert.Equal("sepal_length,sepal_width,petal_length,petal_width,species", File.ReadLines(path).First());
        Assert.Equal(flowers.Species, read.Species);
        Assert.Equal(flowers.Samples.Labels.ToArray(), read.Samples.Labels.ToArray());
        Assert.Equal(flowers.Samples.Inputs.ToArray(), read.Samples.Inputs.ToArray());
    }

    [Theory]
    [InlineData("1,2,3,4,Iris-b|1,2,3,4,Iris-a|5,6,7.5,8,Iris-c|1,2,3,4,Iris-b|1,2,3,4,Iris-a|1,2,3,4,Iris-c||", "Iris-a Iris-b Iris-c")]
    [InlineData("a,b,c,d,species|1,2,3,4,y|1,2,3,4,x|5,6,7.5,8,z|1,2,3,4,y|1,2,3,4,x|1,2,3,4,z", "x y z")]
    [InlineData("\"\",\"a\",\"b\",\"c\",\"d\",\"Species\"|\"1\",1,2,3,4,\"y\"|\"2\",1,2,3,4,\"x\"|\"3\",5,6,7.5,8,\"z\"|4,1,2,3,4,y|5,1,2,3,4,x|6,1,2,3,4,z", "x y z")]
    [InlineData("6,4,s,t,u|1,2,3,4,1|1,2,3,4,0|5,6,7.5,8,2|1,2,3,4,1|1,2,3,4,0|1,2,3,4,2|", "s t u")]
    [InlineData("1, 2, 3, 4, 20|1,2,3,4,10|5,6,7.5,8,30|1,2,3,4,20|1,2,3,4,10|1,2,3,4,30", "10 20 30")]
    public void Every_form_is_read(string lines, string species)
    {
        Flowers flowers = FlowerFile.Read(Write(lines));

        Assert.Equal(species.Split(' '), flowers.Species);
        Assert.Equal([1, 0, 2, 1, 0, 2], flowers.Samples.Labels.ToArray());
        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7.5f, 8], flowers.Samples.Inputs.ToArray()[..12]);
        Assert.Equal(24, flowers.Samples.Inputs.Length);
    }

    [Theory]
    [InlineData("1,2,3,4,x|1,2,wide,4,y", "line 2: expected 4 measurements and a species, found '1,2,wide,4,y'.")]
    [InlineData("1,2,3,4,x|1,2,NaN,4,y", "line 2: expected 4 measurements and a species, found '1,2,NaN,4,y'.")]
    [InlineData("a,b,c,d,e|1,2,3,x", "line 2: expected 4 measurements and a species, found '1,2,3,x'.")]
    [InlineData("a,b,c,d,e|1,2,3,4,\"x", "line 2: expected a line of CSV, found a stray quotation mark.")]
    [InlineData("1,2,3,4,x|1,2,3,4,y", "expected flowers of 3 species, at least 2 of each, found 2 of 2.")]
    [InlineData("", "expected flowers of 3 species, at least 2 of each, found 0 of 0.")]
    [InlineData("1,2,3,4,x|1,2,3,4,y|1,2,3,4,z|1,2,3,4,x|1,2,3,4,y", "expected flowers of 3 species, at least 2 of each, found 5 of 3.")]
    [InlineData("1,2,3,4,x|1,2,3,4,y|1,2,3,4,z|1,2,3,4,t", "expected flowers of 3 species, at least 2 of each, found 4 of 4.")]
    public void What_is_no_such_file_is_refused_with_its_line(string lines, string problem)
    {
        string path = Write(lines);

        Assert.Equal($"{path}: {problem}", Assert.Throws<InvalidDataException>(() => FlowerFile.Read(path)).Message);
    }

    private string Write(string lines) => _folder.Write("flowers.csv", System.Text.Encoding.UTF8.GetBytes(lines.Replace('|', '\n')));
}
