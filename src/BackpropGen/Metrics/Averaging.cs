namespace BackpropGen;

/// <summary>How the scores of the classes become one number; the words are scikit-learn's.</summary>
public enum Averaging
{
    /// <summary>The mean over the classes that occur or were predicted, each counting the same.</summary>
    Macro,

    /// <summary>The score of the counts of all classes together.</summary>
    Micro,

    /// <summary>The mean over the classes, each counting as often as it occurs.</summary>
    Weighted,

    /// <summary>The score of class 1 alone, the positive one of two.</summary>
    Binary,
}
