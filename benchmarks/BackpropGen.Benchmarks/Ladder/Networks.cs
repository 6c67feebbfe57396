namespace BackpropGen.Benchmarks.Ladder;

// The networks of the ladder, as a user would declare them. Larger ones stand higher.

/// <summary>2-8-1: the exclusive or.</summary>
[NeuralNetwork(2)]
[Dense(8, Activation.Tanh)]
[Dense(1)]
[Sgd(LearningRate = Hyperparameters.SgdRateOnRows)]
internal sealed partial class T1Network : IStepsOnRows;

/// <summary>4-16-16-3: a table of four columns, three classes.</summary>
[NeuralNetwork(4, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(16, Activation.Sigmoid)]
[Dense(16, Activation.Sigmoid)]
[Dense(3)]
[Sgd(LearningRate = Hyperparameters.SgdRateOnLabels)]
internal sealed partial class T2Network : IStepsOnLabels;

/// <summary>17-64-64-6: a control policy.</summary>
[NeuralNetwork(17)]
[Dense(64, Activation.Tanh)]
[Dense(64, Activation.Tanh)]
[Dense(6)]
[Sgd(LearningRate = Hyperparameters.SgdRateOnRows)]
internal sealed partial class T3Network : IStepsOnRows;

/// <summary>17-64-64-6 where two threads are allowed.</summary>
[NeuralNetwork(17, Parallelism = 2)]
[Dense(64, Activation.Tanh)]
[Dense(64, Activation.Tanh)]
[Dense(6)]
[Sgd(LearningRate = Hyperparameters.SgdRateOnRows)]
internal sealed partial class T3ThreadedNetwork : IStepsOnRows;

/// <summary>64-128-64-10: images of 8 × 8 pixels.</summary>
[NeuralNetwork(64, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(128, Activation.Relu)]
[Dense(64, Activation.Relu)]
[Dense(10)]
[Sgd(LearningRate = Hyperparameters.SgdRateOnLabels)]
internal sealed partial class T4Network : IStepsOnLabels;

/// <summary>64-128-64-10 where two threads are allowed.</summary>
[NeuralNetwork(64, Loss = Loss.SoftmaxCrossEntropy, Parallelism = 2)]
[Dense(128, Activation.Relu)]
[Dense(64, Activation.Relu)]
[Dense(10)]
[Sgd(LearningRate = Hyperparameters.SgdRateOnLabels)]
internal sealed partial class T4ThreadedNetwork : IStepsOnLabels;

/// <summary>784-128-64-10: images of 28 × 28 pixels.</summary>
[NeuralNetwork(784, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(128, Activation.Relu)]
[Dense(64, Activation.Relu)]
[Dense(10)]
[Sgd(LearningRate = Hyperparameters.SgdRateOnLabels)]
internal sealed partial class T5Network : IStepsOnLabels;

/// <summary>784-128-64-10 with Adam.</summary>
[NeuralNetwork(784, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(128, Activation.Relu)]
[Dense(64, Activation.Relu)]
[Dense(10)]
[Adam(LearningRate = Hyperparameters.AdamRate)]
internal sealed partial class T5AdamNetwork : IStepsOnLabels;

/// <summary>784-128-64-10 on two threads.</summary>
[NeuralNetwork(784, Loss = Loss.SoftmaxCrossEntropy, Parallelism = 2)]
[Dense(128, Activation.Relu)]
[Dense(64, Activation.Relu)]
[Dense(10)]
[Sgd(LearningRate = Hyperparameters.SgdRateOnLabels)]
internal sealed partial class T5ThreadedNetwork : IStepsOnLabels;

/// <summary>784-512-512-10: the same images, a network too wide for them.</summary>
[NeuralNetwork(784, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(512, Activation.Relu)]
[Dense(512, Activation.Relu)]
[Dense(10)]
[Sgd(LearningRate = Hyperparameters.SgdRateOnLabels)]
internal sealed partial class T6Network : IStepsOnLabels;

/// <summary>784-512-512-10 with Adam.</summary>
[NeuralNetwork(784, Loss = Loss.SoftmaxCrossEntropy)]
[Dense(512, Activation.Relu)]
[Dense(512, Activation.Relu)]
[Dense(10)]
[Adam(LearningRate = Hyperparameters.AdamRate)]
internal sealed partial class T6AdamNetwork : IStepsOnLabels;

/// <summary>784-512-512-10 on two threads.</summary>
[NeuralNetwork(784, Loss = Loss.SoftmaxCrossEntropy, Parallelism = 2)]
[Dense(512, Activation.Relu)]
[Dense(512, Activation.Relu)]
[Dense(10)]
[Sgd(LearningRate = Hyperparameters.SgdRateOnLabels)]
internal sealed partial class T6ThreadedNetwork : IStepsOnLabels;

/// <summary>1024-1024-1024-1024: hardly anything but products of matrices.</summary>
[NeuralNetwork(1024)]
[Dense(1024, Activation.Relu)]
[Dense(1024, Activation.Relu)]
[Dense(1024)]
[Sgd(LearningRate = Hyperparameters.SgdRateOnRows)]
internal sealed partial class T7Network : IStepsOnRows;

/// <summary>1024-1024-1024-1024 on two threads.</summary>
[NeuralNetwork(1024, Parallelism = 2)]
[Dense(1024, Activation.Relu)]
[Dense(1024, Activation.Relu)]
[Dense(1024)]
[Sgd(LearningRate = Hyperparameters.SgdRateOnRows)]
internal sealed partial class T7ThreadedNetwork : IStepsOnRows;
