/// What a row of lift decides at its error rate, the adjustment for several arms included.
enum Verdict: String, Sendable {
  case offerBetter = "offer better"
  case controlBetter = "control better"
  /// The null hypothesis is rejected, and it is not one about which arm is better.
  case rejected = "null rejected"
  /// The null hypothesis stands.
  case undecided = "no decision"
}

extension LiftRow {
  /// The verdict at an error rate; nil of a row without an answer.
  func verdict(alpha: Double) -> Verdict? {
    switch better {
    case .offer: .offerBetter
    case .control: .controlBetter
    case .unclear: .undecided
    case nil: (adjustedPValue ?? pValue).map { $0 < alpha ? .rejected : .undecided }
    }
  }
}
