namespace CartPoleSample;

/// <summary>
/// A pole on a cart, to be kept upright by pushing the cart left or right: the task of Barto, Sutton and Anderson (1983), with the
/// constants of Gymnasium's CartPole-v1.
/// </summary>
internal sealed class CartPole
{
    /// <summary>The numbers of a state: position, velocity, angle, angular velocity.</summary>
    public const int StateSize = 4;

    /// <summary>A game that lasts this long is over, and won.</summary>
    public const int MaxSteps = 500;

    /// <summary>The task counts as solved when the mean return of 100 games reaches this.</summary>
    public const double SolvedReturn = 475;

    private const double Gravity = 9.8;             // m/s²
    private const double CartMass = 1.0;            // kg
    private const double PoleMass = 0.1;            // kg
    private const double HalfLength = 0.5;          // m, from the joint to the middle of the pole
    private const double Force = 10.0;              // N, to the right or to the left
    private const double TimeStep = 0.02;           // s
    private const double PositionLimit = 2.4;       // m
    private const double AngleLimit = 12 * Math.PI / 180;

    /// <summary>x, in metres to the right of the middle.</summary>
    public double Position { get; private set; }

    /// <summary>ẋ, in m/s.</summary>
    public double Velocity { get; private set; }

    /// <summary>θ, in radians clockwise from upright.</summary>
    public double Angle { get; private set; }

    /// <summary>θ̇, in rad/s.</summary>
    public double AngularVelocity { get; private set; }

    /// <summary>The steps of this game so far; every step is worth 1, so this is its return as well.</summary>
    public int Steps { get; private set; }

    /// <summary>Whether the pole leans too far or the cart has left the track.</summary>
    public bool HasFallen => Math.Abs(Position) > PositionLimit || Math.Abs(Angle) > AngleLimit;

    /// <summary>Whether the game is over, lost or won.</summary>
    public bool IsOver => HasFallen || Steps >= MaxSteps;

    /// <summary>Starts a game in a given state.</summary>
    public void Reset(double position, double velocity, double angle, double angularVelocity)
    {
        (Position, Velocity, Angle, AngularVelocity) = (position, velocity, angle, angularVelocity);
        Steps = 0;
    }

    /// <summary>Starts a game nearly at rest and nearly upright: every number of the state from [−0.05, 0.05).</summary>
    public void Reset(Random random)
    {
        Reset(Small(), Small(), Small(), Small());

        double Small() => (0.1 * random.NextDouble()) - 0.05;
    }

    /// <summary>One step: pushes the cart and moves everything by 0.02 s.</summary>
    /// <param name="right">Whether to push to the right, not to the left.</param>
    public void Push(bool right)
    {
        const double TotalMass = CartMass + PoleMass;
        double force = right ? Force : -Force;
        (double sin, double cos) = Math.SinCos(Angle);

        // (F + m·l·θ̇²·sin θ) / (M + m), which both accelerations share.
        double push = (force + (PoleMass * HalfLength * AngularVelocity * AngularVelocity * sin)) / TotalMass;
        double angularAcceleration =
            ((Gravity * sin) - (cos * push)) / (HalfLength * ((4.0 / 3.0) - (PoleMass * cos * cos / TotalMass)));
        double acceleration = push - (PoleMass * HalfLength * angularAcceleration * cos / TotalMass);

        // Euler's method: positions move with the velocities from before the push.
        Position += TimeStep * Velocity;
        Velocity += TimeStep * acceleration;
        Angle += TimeStep * AngularVelocity;
        AngularVelocity += TimeStep * angularAcceleration;
        Steps++;
    }

    /// <summary>Writes the state, as a network sees it.</summary>
    /// <param name="state">[<see cref="StateSize"/>].</param>
    public void Observe(Span<float> state)
    {
        state[0] = (float)Position;
        state[1] = (float)Velocity;
        state[2] = (float)Angle;
        state[3] = (float)AngularVelocity;
    }
}
