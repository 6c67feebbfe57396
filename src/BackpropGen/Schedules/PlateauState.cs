namespace BackpropGen;

/// <summary>Where a <see cref="PlateauSchedule"/> stands: plain numbers, to be kept in a file where need be.</summary>
/// <param name="LearningRate">The learning rate now.</param>
/// <param name="Best">The best value so far; infinite before the first.</param>
/// <param name="BadEpochs">How many values in a row were no better.</param>
/// <param name="Cooldown">How many values will not be counted.</param>
public sealed record PlateauState(double LearningRate, double Best, int BadEpochs, int Cooldown);
