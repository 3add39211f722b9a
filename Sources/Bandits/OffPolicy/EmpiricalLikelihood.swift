internal import Inference
internal import Probability

/// Importance sampling with the probabilities of empirical likelihood: the mean weight is 1.
///
///     V̂ = Σᵢ Qᵢwᵢrᵢ + (1 − Σᵢ Qᵢwᵢ) r̄
///     likelihood       Qᵢ = 1/(n + β(wᵢ − 1)),   Σ Qᵢ(wᵢ − 1) = 0
///     Cressie–Read     Qᵢ = (a + bwᵢ)/(n + 1),   Σ Qᵢ = Σ Qᵢwᵢ = 1
///
/// The sessions' probabilities are as near to `1/n` as the known mean weight allows; no weight above 1
/// is bounded, so where the mean weight of the log is below 1 they stay `1/n`, and the weight that is
/// missing has the mean reward. To first order both are a control variate: the standard error is that
/// of `wr − c(w − 1)` with `c` its slope on the weight, or `r̄` where that was imputed. The solution of
/// Cressie–Read is closed, and as good.
///
/// References: Kallus and Uehara (2019), *NeurIPS* 32, section 3; Karampatziakis, Langford and Mineiro
/// (2020), *AISTATS*, 3610–3620.
public struct EmpiricalLikelihood: TermwiseEstimator, Hashable {
  /// What keeps the probabilities near to `1/n`.
  public enum Divergence: Hashable, Sendable {
    /// The likelihood, `−Σ ln nQᵢ`.
    case likelihood
    /// The Cressie–Read divergence of the power −2, `½ Σ (nQᵢ − 1)²`.
    case cressieRead
  }

  public var floors: EvidenceFloors
  /// What keeps the probabilities near to `1/n`.
  public let divergence: Divergence

  /// Creates the estimator.
  public init(_ divergence: Divergence = .likelihood, floors: EvidenceFloors = EvidenceFloors()) {
    self.divergence = divergence
    self.floors = floors
  }

  public var name: String {
    switch divergence {
    case .likelihood: "empirical likelihood"
    case .cressieRead: "Cressie–Read"
    }
  }

  public var modelsRewards: Bool { false }

  public func terms(
    of target: ActionTable, in log: DecisionLog
  ) throws(OffPolicyError) -> @Sendable (_ row: Int) -> SessionTerm {
    let weight: @Sendable (Int) -> Double = { target.values[log.place($0)] / log.propensities[$0] }
    var weights = Moments()
    for row in 0..<log.count { weights.add(weight(row)) }
    guard weights.mean.isFinite, weights.sumOfSquaredDeviations.isFinite else { throw .overflow }
    let probability = probability(of: weight, weights)
    let reward = Moments(log.rewards).mean
    var (value, mass, slope) = (0.0, 0.0, 0.0)
    for row in 0..<log.count {
      let (w, reward) = (weight(row), log.rewards[row])
      let share = probability(w)
      mass += share * w
      value += share * w * reward
      slope += (w - weights.mean) * (w * reward)
    }
    value += max(0, 1 - mass) * reward
    let spread = weights.sumOfSquaredDeviations
    let control = weights.mean < 1 ? reward : spread > 0 ? slope / spread : 0
    // The mean of wr − c(w − 1), which the value replaces.
    var linear = Moments()
    for row in 0..<log.count {
      linear.add(weight(row) * log.rewards[row] - control * (weight(row) - 1))
    }
    let center = linear.mean
    return { [value] row in
      let w = weight(row)
      return SessionTerm(
        weight: w, value: value + (w * log.rewards[row] - control * (w - 1) - center))
    }
  }

  /// The probability of a session by its weight.
  private func probability(
    of weight: (Int) -> Double, _ weights: Moments
  ) -> (_ weight: Double) -> Double {
    let count = weights.count
    let n = Double(count)
    guard weights.mean > 1 else { return { _ in 1 / n } }
    switch divergence {
    case .likelihood:
      func imbalance(_ beta: Double) -> Double {
        (0..<count).reduce(0.0) { $0 + (weight($1) - 1) / (n + beta * (weight($1) - 1)) }
      }
      // No probability is above 1.
      let least = (0..<count).reduce(1.0) { min($0, weight($1)) }
      let greatest = least < 1 ? (n - 1) / (1 - least) : 0
      let beta = imbalance(greatest) < 0 ? findRoot(from: 0, to: greatest, of: imbalance) : nil
      return { [beta = beta ?? greatest] w in 1 / (n + beta * (w - 1)) }
    case .cressieRead:
      // The moments with one session more, of weight zero.
      let mean = n / (n + 1) * weights.mean
      let spread = weights.sumOfSquaredDeviations / (n + 1) + mean * (weights.mean - mean)
      let slope = (1 - mean) / spread
      return { w in (1 + slope * (w - mean)) / (n + 1) }
    }
  }
}
