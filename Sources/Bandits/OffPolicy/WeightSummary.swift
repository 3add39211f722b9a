internal import Inference

/// The sums of importance weights that say how much of a log an estimate rests on.
struct WeightSummary: Summary {
  /// The number of sessions.
  private(set) var count = 0
  /// The number of sessions with a weight.
  private(set) var used = 0
  /// `Σw`.
  private(set) var sum = 0.0
  /// `Σw²`.
  private(set) var sumOfSquares = 0.0
  /// The greatest weight.
  private(set) var greatest = 0.0

  /// Kish's effective sample size, `(Σw)² / Σw²`; zero without weight.
  ///
  /// Reference: Kish (1965), *Survey Sampling*, section 8.2.
  var effectiveSampleSize: Double { sumOfSquares > 0 ? sum * (sum / sumOfSquares) : 0 }

  @inline(__always)
  mutating func add(_ weight: Double) {
    count &+= 1
    used &+= weight != 0 ? 1 : 0
    sum += weight
    sumOfSquares += weight * weight
    greatest = max(greatest, weight)
  }

  mutating func merge(_ other: WeightSummary) {
    count += other.count
    used += other.used
    sum += other.sum
    sumOfSquares += other.sumOfSquares
    greatest = max(greatest, other.greatest)
  }
}

/// Weights beside the moments of one term a session, the mean of which is the estimate.
struct WeightedTerms: Summary {
  private(set) var weights = WeightSummary()
  private(set) var terms = Moments()

  @inline(__always)
  mutating func add(weight: Double, term: Double) {
    weights.add(weight)
    terms.add(term)
  }

  mutating func merge(_ other: WeightedTerms) {
    weights.merge(other.weights)
    terms.merge(other.terms)
  }
}

extension EvidenceFloors {
  /// The estimate that is the mean of the terms, with the standard error of a mean.
  func meanOfTerms(
    _ summary: WeightedTerms, by estimator: String, supportedShare: Double
  ) throws(OffPolicyError) -> PolicyEstimate {
    guard summary.terms.count > 1 else {
      throw .effectiveSampleSizeTooSmall(
        summary.weights.effectiveSampleSize, floor: max(2, effectiveSampleSize))
    }
    return try estimate(
      by: estimator, value: summary.terms.mean, standardError: summary.terms.standardError,
      weights: summary.weights, supportedShare: supportedShare)
  }
}
