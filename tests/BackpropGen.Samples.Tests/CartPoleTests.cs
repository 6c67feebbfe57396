using CartPoleSample;

namespace BackpropGen.Samples.Tests;

public sealed class CartPoleTests
{
    /// <summary>One step each, computed with the formulas of Gymnasium's CartPole-v1 in another language.</summary>
    [Theory]
    [InlineData(0, 0, 0, 0, true, 0, 0.1951219512195122, 0, -0.2926829268292683)]
    [InlineData(0.1, 0.2, 0.03, -0.4, true, 0.104, 0.39468383084458636, 0.022, -0.683075667477099)]
    [InlineData(-1.5, -0.7, -0.15, 1.1, false, -1.514, -0.8928641190691292, -0.128, 1.3421128834135143)]
    public void A_push_moves_cart_and_pole(
        double x, double v, double angle, double spin, bool right, double nextX, double nextV, double nextAngle, double nextSpin)
    {
        var pole = new CartPole();
        pole.Reset(x, v, angle, spin);

        pole.Push(right);

        Assert.Equal(nextX, pole.Position, 1e-14);
        Assert.Equal(nextV, pole.Velocity, 1e-14);
        Assert.Equal(nextAngle, pole.Angle, 1e-14);
        Assert.Equal(nextSpin, pole.AngularVelocity, 1e-14);
        Assert.Equal(1, pole.Steps);
    }

    [Theory]
    [InlineData(2.41, 0, true)]
    [InlineData(-2.41, 0, true)]
    [InlineData(2.39, 0.2, false)]
    [InlineData(0, 0.21, true)]
    [InlineData(0, -0.21, true)]
    [InlineData(0, 0.209, false)]
    public void The_game_is_lost_beyond_the_limits(double x, double angle, bool fallen)
    {
        var pole = new CartPole();
        pole.Reset(x, 0, angle, 0);

        Assert.Equal(fallen, pole.HasFallen);
    }

    [Fact]
    public void A_pole_that_is_only_pushed_to_one_side_falls_soon()
    {
        var pole = new CartPole();
        pole.Reset(new Random(1));
        while (!pole.IsOver)
        {
            pole.Push(right: true);
        }

        Assert.True(pole.HasFallen);
        Assert.InRange(pole.Steps, 7, 12);
    }

    /// <summary>∂L/∂z against central differences of L = −min(ρ·A, clip(ρ)·A), on both sides of both limits.</summary>
    [Theory]
    [InlineData(0.3f, -0.2f, 0, 0.6f, 1.5f)]
    [InlineData(0.3f, -0.2f, 1, 0.4f, -0.7f)]
    [InlineData(1.2f, 0.1f, 0, 0.5f, 2f)]
    [InlineData(1.2f, 0.1f, 0, 0.5f, -2f)]
    [InlineData(-1.2f, 0.1f, 0, 0.5f, 2f)]
    [InlineData(-1.2f, 0.1f, 0, 0.5f, -2f)]
    public void The_gradient_of_the_clipped_objective_is_its_central_difference(float left, float right, int action, float old, float advantage)
    {
        float[] gradient = new float[2];
        ProximalPolicyOptimization.LossGradient([left, right], action, old, advantage, gradient);

        const double Epsilon = 1e-5;
        Assert.Equal((Loss(left + Epsilon, right) - Loss(left - Epsilon, right)) / (2 * Epsilon), gradient[0], 1e-5);
        Assert.Equal((Loss(left, right + Epsilon) - Loss(left, right - Epsilon)) / (2 * Epsilon), gradient[1], 1e-5);

        double Loss(double z0, double z1)
        {
            double[] p = [1 / (1 + Math.Exp(z1 - z0)), 1 / (1 + Math.Exp(z0 - z1))];
            double ratio = p[action] / old;
            return -Math.Min(ratio * advantage, Math.Clamp(ratio, 0.8, 1.2) * advantage);
        }
    }

    [Fact]
    public async Task The_sample_learns_to_balance_and_draws_its_curve()
    {
        using var folder = new TemporaryFolder();
        string curve = Path.Combine(folder.Path, "curve.png");
        (int exitCode, string output, string error) = await SampleProgram.Run("CartPole.dll", "--seed", "3", "--curve", curve);

        Assert.Empty(error);
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain('\e', output);
        Assert.Contains(": solved", output);
        byte[] signature = [0x89, (byte)'P', (byte)'N', (byte)'G'];
        Assert.Equal(signature, File.ReadAllBytes(curve)[..4]);
    }

    [Theory]
    [InlineData("--steps 0", "--steps needs a whole number from 1 to 100000000, not '0'.")]
    [InlineData("--curve picture.jpg", "--curve needs a name that ends in .png, not 'picture.jpg'.")]
    [InlineData("--seed 1 --seed 2", "--seed is given twice.")]
    [InlineData("--pole", "There is no option '--pole'; --help lists those there are.")]
    public async Task A_bad_option_is_refused_with_one_sentence(string line, string message)
    {
        (int exitCode, string output, string error) = await SampleProgram.Run("CartPole.dll", line.Split(' '));

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.Equal(message, error.Trim());
    }
}
