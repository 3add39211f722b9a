#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The least probability of every arm, which falls as the policy learns: `f_t = c t^−α`.
public struct DecayingFloor: Hashable, Sendable {
  /// The floor of the first session, `c`; at most one over the number of arms.
  public let start: Double
  /// The exponent `α`, from 0 to below 1.
  public let decay: Double

  /// Creates a floor.
  public init(start: Double, decay: Double) {
    precondition(start > 0 && start <= 1, "a floor starts in (0, 1]")
    precondition(0 <= decay && decay < 1, "a floor's exponent lies in 0..<1")
    self.start = start
    self.decay = decay
  }

  /// The floor at a time from 1.
  public func probability(at time: Int) -> Double { start * pow(Double(time), -decay) }

  /// The floor summed over the times from `t` to `T`, by the integral from `t` to `T + 1`.
  func sum(from t: Int, to last: Int) -> Double {
    let rest = 1 - decay
    return start * (pow(Double(last + 1), rest) - pow(Double(t), rest)) / rest
  }
}

/// How much the score of each session counts in an estimate, by the arm's probability then.
///
/// A session in which the arm had a small probability `e_t` has a score of variance about `σ²/e_t`. All
/// variance-stabilising weights spend a unit of variance over time,
///
///     h_t² / e_t = (1 − Σ_{s<t} h_s²/e_s) λ_t        λ_T = 1
///
/// so that the sum of variances is 1 whatever the policy did, and the estimate is nearly normal.
///
/// Reference: Hadad, Hirshberg, Zhan, Wager and Athey (2021), "Confidence intervals for policy
/// evaluation in adaptive experiments", *PNAS* 118(15), e2014602118; the sums as in the authors' code.
public enum AllocationWeights: Hashable, Sendable {
  /// `h_t = 1`: unbiased, but not normal where an arm is starved.
  case uniform
  /// `λ_t = 1/(T − t + 1)`, which is `h_t ∝ √e_t`.
  case constantAllocation
  /// `λ_t = e_t l¹_t + (1 − e_t) l⁰_t`: the share of what is left if the arm turns out the best and is
  /// shown whenever the floor of the others allows, and if it is shown at its floor from now on.
  ///
  ///     l¹_t = (1 − (K − 1) f_t)/Σ_{s≥t} (1 − (K − 1) f_s)      l⁰_t = f_t/Σ_{s≥t} f_s
  case twoPointAllocation(DecayingFloor)

  /// The name by which an estimate with these weights goes.
  var name: String {
    switch self {
    case .uniform: "aipw"
    case .constantAllocation: "aipw constant allocation"
    case .twoPointAllocation: "aipw two-point allocation"
    }
  }

  /// The allocation rates at a time from 1, if the arm is the best and if it is not.
  func rates(at time: Int, of last: Int, armCount: Int) -> (best: Double, other: Double) {
    guard case .twoPointAllocation(let floor) = self else {
      let rate = 1 / Double(last - time + 1)
      return (rate, rate)
    }
    precondition(floor.start * Double(armCount) <= 1, "the floors of all arms fit into 1")
    let others = Double(armCount - 1)
    let (now, left) = (floor.sum(from: time, to: time), floor.sum(from: time, to: last))
    return ((1 - others * now) / (Double(last - time + 1) - others * left), now / left)
  }
}
