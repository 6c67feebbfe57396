using BackpropGen;

// Saves one version of a network after the other to the same path until somebody kills it. Every parameter of a version is its number, so
// that a file mixed of two versions gives itself away.
string path = args[0];
var network = new SavedNet();
var parameters = new float[SavedNet.ParameterCount];
for (int version = int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture); ; version++)
{
    Array.Fill(parameters, version);
    network.SetParameters(parameters);
    network.Save(path);
    Console.WriteLine(version);
}

[NeuralNetwork(200)]
[Dense(400, Activation.Relu)]
[Dense(300, Activation.Relu)]
[Dense(10)]
internal sealed partial class SavedNet;
