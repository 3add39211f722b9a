internal import Inference
internal import Probability

/// The choice of a constant by SLOPE: the least variable estimate that no more variable one contradicts.
///
///     ι̂ᵢ = t_{n−1}(1 − δ) SEᵢ,    sorted so that ι̂₁ ≥ ι̂₂ ≥ …
///     take the last i with  |V̂ᵢ − V̂ⱼ| ≤ ι̂ᵢ + (√6 − 1) ι̂ⱼ  for all j < i
///
/// As the weights of an estimator are shrunk more, its variance falls and its bias grows. The first
/// candidate whose interval no longer meets those before it has a bias that shows, and so have
/// those after it. A candidate that abstains, as one does whose terms do not vary, is passed over.
///
/// References: Su, Srinath and Krishnamurthy (2020), *ICML*, 9196–9205, algorithm 1; Tucker and Lee
/// (2021), for the constant `√6 − 1`.
public struct SlopeSelection: Hashable, Sendable {
  /// The probability `δ` with which one of the bounds may fail.
  public var delta = 0.1

  /// Creates the selection with the default probability.
  public init() {}

  /// Chooses among estimators of one value.
  ///
  /// - Parameters:
  ///   - candidates: The estimators, in any order; equals are tried the later first.
  ///   - target: The target.
  ///   - log: The sessions.
  /// - Returns: The index of the candidate chosen, and its estimate.
  /// - Throws: What the first candidate throws, if all do.
  /// - Complexity: O(*kn*) for *k* candidates and *n* sessions.
  public func choose(
    among candidates: [any TermwiseEstimator], for target: ActionTable, on log: DecisionLog
  ) throws(OffPolicyError) -> (index: Int, estimate: PolicyEstimate) {
    precondition(!candidates.isEmpty, "a choice has a candidate")
    var answers: [(index: Int, estimate: PolicyEstimate)] = []
    var refusal: OffPolicyError?
    for (index, candidate) in candidates.enumerated() {
      do throws(OffPolicyError) {
        answers.append((index, try candidate.estimate(target, on: log)))
      } catch {
        refusal = refusal ?? error
      }
    }
    if answers.isEmpty, let refusal { throw refusal }
    let place = place(of: answers.map { ($0.estimate.value, $0.estimate.standardError) }, log.count)
    return answers[place]
  }

  /// The place of the candidate chosen, from the value and the standard error of each.
  func place(of candidates: [(value: Double, standardError: Double)], _ count: Int) -> Int {
    precondition(0 < delta && delta < 0.5, "a probability of failure lies between 0 and ½")
    let quantile = StudentTDistribution(degreesOfFreedom: Double(count - 1)).upperQuantile(delta)
    let bounds = candidates.map { quantile * $0.standardError }
    let order = candidates.indices.sorted { (bounds[$0], $0) > (bounds[$1], $1) }
    let relaxation = 6.0.squareRoot() - 1
    var chosen = order[0]
    for (step, place) in order.enumerated() {
      let agrees = order[..<step].allSatisfy { before in
        abs(candidates[place].value - candidates[before].value)
          <= bounds[place] + relaxation * bounds[before]
      }
      guard agrees else { break }
      chosen = place
    }
    return chosen
  }
}
