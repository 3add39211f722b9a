internal import Inference
internal import Probability

/// A constant chosen on one half of a log, and what the other half says of it.
public struct HeldOutChoice: Hashable, Sendable {
  /// The index of the candidate chosen.
  public let index: Int
  /// The estimate of the chosen candidate from the half that it was not chosen on.
  public let value: Double
  /// The standard error of the value.
  public let standardError: Double
  /// The estimate less that of the reference, on the same sessions.
  public let excess: Double
  /// The two-sided p-value of no excess; 1 where the two agree in every session.
  public let pValue: Double
}

extension SlopeSelection {
  /// Chooses on one half of the sessions and checks the choice on the other.
  ///
  /// Both halves see the same reference, an estimator without the candidates' bias. The difference of
  /// the two estimates on the held-out half is a mean of paired terms, and a small p-value says that the
  /// constant chosen shrinks too much.
  ///
  /// - Parameters:
  ///   - candidates: The estimators to choose from.
  ///   - reference: An estimator that does not shrink, such as ``DoublyRobust``.
  ///   - target: The target.
  ///   - log: The sessions.
  ///   - seed: Decides the halves.
  /// - Returns: The choice, and the held-out half's estimate.
  /// - Throws: What an estimator's terms throw; `effectiveSampleSizeTooSmall` if a half has less than
  ///   two sessions, `noVariation` if the chosen terms do not vary.
  /// - Complexity: O(*kn*) for *k* candidates and *n* sessions.
  public func chooseHeldOut(
    among candidates: [any TermwiseEstimator], reference: any TermwiseEstimator,
    for target: ActionTable, on log: DecisionLog, seed: UInt64
  ) throws(OffPolicyError) -> HeldOutChoice {
    precondition(!candidates.isEmpty, "a choice has a candidate")
    _ = try reference.floors.support(of: target, in: log)
    // One stream for all rows, of an index that is no customer's: not the halves that a policy of the
    // same seed is learned from and valued on.
    var rng = Philox(StreamKey(seed: seed, purpose: .halves, index: .max))
    let choosing = (0..<log.count).map { _ in rng.next() >> 63 == 0 }
    let fewest = min(choosing.count { $0 }, choosing.count { !$0 })
    guard fewest > 1 else { throw .effectiveSampleSizeTooSmall(Double(fewest), floor: 2) }
    var figures: [(value: Double, standardError: Double)] = []
    for candidate in candidates {
      let term = try candidate.terms(of: target, in: log)
      let terms = Moments((0..<log.count).lazy.filter { choosing[$0] }.map { term($0).value })
      guard terms.mean.isFinite, terms.standardError.isFinite else { throw .overflow }
      figures.append((terms.mean, terms.standardError))
    }
    let index = place(of: figures, choosing.count { $0 })
    let chosen = try candidates[index].terms(of: target, in: log)
    let plain = try reference.terms(of: target, in: log)
    var (values, excess) = (Moments(), Moments())
    for row in 0..<log.count where !choosing[row] {
      let value = chosen(row).value
      values.add(value)
      excess.add(value - plain(row).value)
    }
    guard values.mean.isFinite, values.standardError.isFinite, excess.standardError.isFinite else {
      throw .overflow
    }
    guard values.standardError > 0 else { throw .noVariation }
    let z = excess.standardError > 0 ? excess.mean / excess.standardError : 0
    return HeldOutChoice(
      index: index, value: values.mean, standardError: values.standardError, excess: excess.mean,
      pValue: 2 * StandardNormal.survival(abs(z)))
  }
}
