/// What one session adds to an estimate.
public struct SessionTerm: Hashable, Sendable {
  /// The importance weight `w = π(a | x)/p`, before any shrinkage.
  public let weight: Double
  /// The session's term `ψ`.
  public let value: Double
}

/// An estimator whose value is the mean of one term a session.
///
///     V̂ = (1/n) Σᵢ ψᵢ      SE = sd(ψ) / √n
///
/// A ratio is such a mean too, of its terms made linear about its value: their spread is that of the
/// delta method. The terms are all that the intervals of ``IntervalCatalogue`` and the choice of a
/// constant need to know of an estimator.
public protocol TermwiseEstimator: OffPolicyEstimator {
  /// Whether a term is a model's value with a weighted residual, rather than a weighted reward.
  var modelsRewards: Bool { get }
  /// Tells the term of each row of a log, for a target that the log supports.
  func terms(of target: ActionTable, in log: DecisionLog) throws(OffPolicyError)
    -> @Sendable (_ row: Int) -> SessionTerm
}

/// An estimator that trades bias for variance by shrinking weights.
public protocol ShrinkingEstimator: TermwiseEstimator {
  /// How the weights are shrunk.
  var shrinkage: WeightShrinkage { get }
  /// The estimator with the weights as they were, which tells the bias.
  var unshrunk: any TermwiseEstimator { get }
}

extension TermwiseEstimator {
  public var modelsRewards: Bool { true }

  public func estimate(
    _ target: ActionTable, on log: DecisionLog
  ) throws(OffPolicyError) -> PolicyEstimate {
    let supportedShare = try floors.support(of: target, in: log)
    let term = try terms(of: target, in: log)
    let summary: WeightedTerms = log.summary { summary, row in
      let session = term(row)
      summary.add(weight: session.weight, term: session.value)
    }
    return try floors.meanOfTerms(summary, by: name, supportedShare: supportedShare)
  }
}
