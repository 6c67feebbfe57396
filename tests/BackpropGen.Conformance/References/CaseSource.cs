namespace BackpropGen.Conformance;

/// <summary>A case as read: to be run, or with the reason why it is skipped or cannot be read.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Case">The case, or null.</param>
/// <param name="SkipReason">Why it is not run though nothing is wrong with it, or null.</param>
/// <param name="Error">What is wrong with it, or null.</param>
internal sealed record CaseSource(string Name, ReferenceCase? Case, string? SkipReason = null, string? Error = null);
