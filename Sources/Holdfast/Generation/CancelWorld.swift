#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A world of cancelling customers whose every effect is known.
///
/// A customer of reason `r`, plan `p` and tenure band `t` who is shown offer `o` at placement `l`
/// is deflected, and then cancels again inside the window, with
///
///     logit P(deflected) = βᵣ + βₚ + βₜ + βₒᵣ + βₒₚ + [o is an offer] βₗ
///     P(lost | deflected) = λₒ        P(saved) = P(deflected) (1 − λₒ)
///
/// In the first days arms are drawn with equal probabilities; afterwards each reason has an offer
/// of its own, shown but for a share `epsilon` of sessions that stay random.
public struct CancelWorld: Hashable, Sendable {
  /// A level of a factor: its share of the sessions and its effect on the logit.
  public struct Level: Hashable, Sendable {
    public var name: String
    public var share = 1.0
    public var effect = 0.0
  }

  /// A plan: a level with its monthly price.
  public struct Plan: Hashable, Sendable {
    public var level: Level
    public var mrr: Double
  }

  /// A band of tenure: a level with its range of days.
  public struct Tenure: Hashable, Sendable {
    public var level: Level
    public var days: ClosedRange<Int>
  }

  /// An offer.
  public struct Offer: Hashable, Sendable {
    public var name: String
    /// What it costs when a customer is deflected with it.
    public var cost = 0.0
    /// The probability `λₒ` of cancelling again inside the window.
    public var recancel = 0.2
    /// The effects `βₒᵣ` by reason.
    public var byReason: [String: Double] = [:]
    /// The effects `βₒₚ` by plan.
    public var byPlan: [String: Double] = [:]
    /// Whether a placement matters to it: not so for showing nothing.
    public var isPlaced = true
  }

  /// The number of sessions, one a customer.
  public var sessions = 60_000
  /// The instant of the first day, in microseconds since 1970 UTC.
  public var start: Int64 = 0
  /// The days over which sessions are spread evenly.
  public var days = 180
  /// The first days, in which arms are drawn with equal probabilities.
  public var experimentDays = 100
  /// The share of the later sessions that stay random.
  public var epsilon = 0.2
  /// The length of the watchlist window, in days.
  public var windowDays = 30
  public var currency = "USD"
  public var seed: UInt64 = 1
  public var reasons: [Level] = []
  public var plans: [Plan] = []
  public var tenures: [Tenure] = []
  public var offers: [Offer] = []
  public var placements: [Level] = []
  /// The offer and placement of each reason in the later days, by reason.
  public var targeted: [String: Arm] = [:]

  /// An offer at a placement, by their numbers.
  public struct Arm: Hashable, Sendable {
    public var offer: Int
    public var placement: Int
  }

  /// Every offer at every placement.
  public var arms: [Arm] {
    offers.indices.flatMap { offer in
      placements.indices.map { Arm(offer: offer, placement: $0) }
    }
  }

  /// The name of an arm, as a log shows it.
  public func name(_ arm: Arm) -> String {
    "\(offers[arm.offer].name) × \(placements[arm.placement].name)"
  }

  /// P(deflected) for a reason, plan, tenure band and arm.
  func deflected(_ reason: Int, _ plan: Int, _ tenure: Int, _ arm: Arm) -> Double {
    let offer = offers[arm.offer]
    let logit =
      reasons[reason].effect + plans[plan].level.effect + tenures[tenure].level.effect
      + (offer.byReason[reasons[reason].name] ?? 0) + (offer.byPlan[plans[plan].level.name] ?? 0)
      + (offer.isPlaced ? placements[arm.placement].effect : 0)
    return 1 / (1 + exp(-logit))
  }

  /// P(saved) for a reason, plan and arm: the mean over tenure bands.
  public func savedRate(_ reason: Int, _ plan: Int, _ arm: Arm) -> Double {
    let kept = 1 - offers[arm.offer].recancel
    return tenures.indices.reduce(0) { sum, tenure in
      sum + tenures[tenure].level.share * deflected(reason, plan, tenure, arm) * kept
    }
  }

  /// The probabilities with which the arms are shown to a reason, in the order of ``arms``.
  func propensities(_ reason: Int, isExperiment: Bool) -> [Double] {
    let arms = arms
    let uniform = 1 / Double(arms.count)
    guard !isExperiment, let target = targeted[reasons[reason].name] else {
      return arms.map { _ in uniform }
    }
    return arms.map { epsilon * uniform + ($0 == target ? 1 - epsilon : 0) }
  }
}
