namespace BackpropGen;

/// <summary>A learning rate for every step of training: a pure function of the number of the step.</summary>
/// <remarks>
/// The trainer takes one as an option; in a loop of one's own it is <c>net.LearningRate = (float)schedule.At(step)</c> before
/// <c>TrainStep</c>. A rate that follows the measured loss instead is a <see cref="PlateauSchedule"/>.
/// </remarks>
public interface ILearningRateSchedule
{
    /// <summary>The learning rate η of a step.</summary>
    /// <param name="step">The optimizer steps taken before this one: 0 for the first.</param>
    /// <returns>A finite number ≥ 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    double At(long step);
}
