using System;

internal static class Program
{
    private static void Main()
    {
        foreach (string line in Targets.Training.Run())
        {
            Console.WriteLine(line);
        }
    }
}
