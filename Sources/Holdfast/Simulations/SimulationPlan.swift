public import Bandits
internal import Probability

/// Policies to let loose in a world with known truth: which world, which policies, and what to tell.
///
/// A plan is read from YAML or JSON (``init(contentsOf:environment:settings:)``). What depends on the
/// names of arms and cells is checked there too, unless the world is fitted to a log, which is read only
/// when the plan is run.
public struct SimulationPlan: Sendable {
  /// The file that messages name.
  public var file = ""
  /// The world at the start.
  public var world: Source
  /// How rates change; nil keeps them.
  public var drift: Drift?
  /// When outcomes are known; nil leaves that to ``delay``.
  public var timing: Timing?
  /// What offers cost; nil is nothing.
  public var costs: Costs?
  /// What may be spent in all, never more.
  public var budget: Double?
  /// What a saved session is worth before costs; nil tells no net margin.
  public var margin: Double?
  /// The number of sessions of a day; nil tells no days.
  public var sessionsPerDay: Int?
  /// The policies.
  public var policies = Contender.standard
  /// The number of sessions of each replication.
  public var horizon = 10_000
  /// The number of replications.
  public var replications = 100
  /// The number of sessions after which a policy learns.
  public var batchSize = 1
  /// The number of later sessions after which an outcome is known.
  public var delay = 0
  /// The times at which progress is told, increasing; empty is ten.
  public var checkpoints: [Int] = []
  /// When an experiment would stop; nil does not ask.
  public var verdict: VerdictRule?
  /// Which policies are compared with which; nil compares none.
  public var comparisons: Comparisons?
  /// The level of every interval.
  public var level = 0.95
  /// The seed of every random draw.
  public var seed: UInt64 = 1
  /// The number of threads; no result depends on it.
  public var threads = 2

  /// Plans a simulation in a world, with the defaults.
  public init(_ world: NamedWorld) { self.world = .known(world) }

  init(_ world: Source) { self.world = world }

  /// Where the world comes from.
  public enum Source: Sendable {
    /// It is known.
    case known(NamedWorld)
    /// It is fitted to the log of a run's plan.
    case fitted(to: RunPlan, PlanPlace)
  }

  /// A change of rates.
  public struct Drift: Hashable, Sendable {
    /// The rates that the world drifts to; what is not named stays.
    public var target: CellRates
    /// The course of the change.
    public var course: RateDrift.Course
  }

  /// When outcomes are known.
  public enum Timing: Hashable, Sendable {
    /// Losses by the hazards of each day, saves at the end of the window.
    case hazards([Double])
    /// Every outcome after so many days.
    case days(Int)
    /// Losses when those of the log came.
    case asLogged(PlanPlace)
  }

  /// What offers cost.
  public struct Costs: Hashable, Sendable {
    /// The cost of showing an offer.
    public var perShow = ArmAmounts(others: 0)
    /// The cost of an offer that saves.
    public var perSave = ArmAmounts(others: 0)
    /// Where they stand in the plan.
    public var place = PlanPlace("costs")
  }

  /// A policy that takes part.
  public struct Contender: Hashable, Sendable {
    /// What it does.
    public var kind: Kind
    /// Where it stands in the plan.
    public var place = PlanPlace("policies")

    /// Lets a policy take part.
    public init(_ kind: Kind) { self.kind = kind }

    /// A learning policy, or one that the truth tells.
    public enum Kind: Hashable, Sendable {
      /// A policy by its name and settings.
      case learner(LearnerPlan)
      /// Each arm for everybody in turn.
      case eachArm
      /// The arm that is truly best for everybody at the start.
      case bestArm
      /// The arm that is truly best in each cell at the start.
      case bestByCell
    }

    /// The policies where a plan names none.
    public static let standard = [
      LearnerPlan(.uniform), LearnerPlan(.epsilonGreedy(epsilon: 0.1)),
      LearnerPlan(.epsilonGreedy(epsilon: 0.1), learnsByCell: true), .thompson,
      LearnerPlan(.thompson(prior: .uniform), learnsByCell: true),
    ].map { Contender(.learner($0)) }
  }

  /// Which policies are compared.
  public struct Comparisons: Hashable, Sendable {
    /// The pairs by the names of rows; empty compares every other policy with ``baseline``.
    public var pairs: [Pair] = []
    /// The policy that every other is compared with; nil is the first.
    public var baseline: String?
    /// The probability with which a challenger is to be ahead.
    public var probability = 0.8
    /// Where they stand in the plan.
    public var place = PlanPlace("compare")

    /// Compares every policy with the first.
    public init() {}

    /// A challenger and the policy that it is compared with.
    public struct Pair: Hashable, Sendable {
      /// The row of the challenger.
      public var challenger: String
      /// The row that it is compared with.
      public var other: String
      /// Where it stands in the plan.
      public var place = PlanPlace("compare.pairs")
    }
  }
}
