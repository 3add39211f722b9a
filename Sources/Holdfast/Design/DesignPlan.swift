public import Inference

/// An experiment to be planned: what is known, what is asked for, and what is left to be found.
///
/// A plan is read from YAML or JSON (``init(contentsOf:environment:settings:)``). Of the sessions, the
/// power and the effect, those that it leaves out are solved for. Where a key has several values, each
/// of their combinations is a row.
public struct DesignPlan: Hashable, Sendable {
  /// The tests by their names in `DesignCatalogue`. Empty: chosen by what is known.
  public var tests: [String] = []
  /// The error of the experiment: of both sides together, and over all offers.
  public var alphas = [0.05]
  /// Which effects are looked for; nil is both directions, or the one that a margin asks for.
  public var alternative: Alternative?
  /// The probability of finding the effect; empty to solve for it.
  public var powers: [Double] = []
  /// What is known of the control; nil where a log tells it.
  public var baseline: Baseline?
  /// The true effects, on ``effectScale``; empty to solve for them.
  public var effects: [Double] = []
  /// The scale of the effects; nil is that of the test.
  public var effectScale: TestDescription.Scale?
  /// Whether an effect that is solved for lies above the null or below; nil is where it is good.
  public var direction: Direction?
  /// The effects under the null hypothesis, on the scale of the test; empty is no effect.
  public var nulls: [Double] = []
  /// Whether the nulls are margins of non-inferiority.
  public var isMargin = false
  /// The sessions; nil to solve for them.
  public var sessions: Sessions?
  /// The arms.
  public var arms = Arms()
  /// The correction for comparing several offers; nil is Dunnett's where it is valid.
  public var adjustment: Adjustment?
  /// Sessions that come in clusters.
  public var clusters: Clusters?
  /// How often the experiment is looked at; nil is once.
  public var looks: Looks?
  /// The stream of sessions; nil where days are not asked for, or a log tells it.
  public var sessionsPerDay: Double?
  /// The share of them that enters the experiment.
  public var trafficShare = 1.0
  /// The days after which a session's outcome is known.
  public var windowDays = 30
  /// When the experiment starts, in microseconds of Unix time.
  public var start: Int64?
  /// The log from which what is not given is estimated.
  public var log: Log?

  /// What is known of the control.
  public enum Baseline: Hashable, Sendable {
    /// Shares of saved sessions.
    case rates([Double])
    /// Mean and standard deviations of a number; the offer's is the control's where it is nil.
    case moments(mean: Double?, deviation: Double, offerDeviation: Double?)
  }

  /// Where effects lie.
  public enum Direction: String, CaseIterable, Hashable, Sendable {
    case above, below
  }

  /// How many sessions there are.
  public enum Sessions: Hashable, Sendable {
    /// Of all arms together.
    case total([Double])
    /// Of each offer's arm.
    case perArm([Double])
    /// As many as are known after so many days.
    case days([Double])
  }

  /// The arms, and the shares of the sessions that they get.
  public struct Arms: Hashable, Sendable {
    /// How many offers are compared with the control.
    public var offers = 1
    /// The shares of the control that are tried; empty: ``allocation`` says it.
    public var holdouts: [Double] = []
    /// How sessions are shared where no holdout is named.
    public var allocation = Sharing.equal

    /// A rule for the share of the control.
    public enum Sharing: String, CaseIterable, Hashable, Sendable {
      /// The same share for every arm.
      case equal
      /// The shares with the least total: a control `√k` times as large as each of `k` offers' arms.
      case optimal
    }
  }

  /// A correction for comparing several offers with one control.
  public enum Adjustment: String, CaseIterable, Hashable, Sendable {
    case unadjusted, bonferroni, dunnett
  }

  /// Clusters of sessions, all of a cluster in one arm.
  public struct Clusters: Hashable, Sendable {
    /// The mean number of sessions of a cluster.
    public var meanSize: Double
    /// Its coefficient of variation.
    public var sizeVariation: Double
    /// The correlation of two outcomes of a cluster.
    public var correlation: Double
  }

  /// How often the experiment is looked at.
  public enum Looks: Hashable, Sendable {
    /// At shares of the sessions, the last 1.
    case planned(times: [Double], SpendingFunction)
    /// After any session; tuned for a number of them in two arms.
    case always(tunedFor: Double)
  }

  /// A log of sessions as it is now.
  public struct Log: Hashable, Sendable {
    /// The plan that reads the log.
    public var plan: RunPlan
  }

  /// Creates a plan with the defaults.
  public init() {}
}
