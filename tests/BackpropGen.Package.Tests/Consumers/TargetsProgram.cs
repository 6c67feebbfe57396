using System;
using System.Linq;

internal static class Program
{
    private static void Main()
    {
        foreach (string line in Targets.Training.Run().Concat(Targets.Breadth.Run()))
        {
            Console.WriteLine(line);
        }
    }
}
