internal import Inference

/// What a row of lift decides at its error rate, the adjustment for several arms included.
enum Verdict: String, Sendable {
  case offerBetter = "offer better"
  case offerWorse = "offer worse"
  /// A question with a margin is answered with yes.
  case shown
  /// The null hypothesis stands.
  case undecided = "no decision"
}

extension LiftRow {
  /// The verdict at an error rate; nil of a row without an answer.
  func verdict(alpha: Double) -> Verdict? {
    guard let value = estimate.value, let scale, let p = adjustedPValue ?? pValue else {
      return nil
    }
    guard p < alpha else { return .undecided }
    guard tail.hasPrefix("two-sided") else { return .shown }
    // A hazard is one of losses: the less the better.
    return (value > scale.noEffect) != (scale == .hazardRatio) ? .offerBetter : .offerWorse
  }
}
