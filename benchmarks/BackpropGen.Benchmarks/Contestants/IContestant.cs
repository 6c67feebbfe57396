namespace BackpropGen.Benchmarks.Contestants;

/// <summary>One way to do the work of a rung.</summary>
internal interface IContestant : IDisposable
{
    /// <summary>Goes back to the weights of the rung's data, with an empty optimizer.</summary>
    void Reset();

    /// <summary>Does the work of the rung a number of times.</summary>
    void Run(int times);

    /// <summary>Of a training step the loss before its update; of an inference its outputs. Not timed.</summary>
    float[] Result();
}
