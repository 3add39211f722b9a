public import Inference

/// Adaptively weighted augmented inverse-propensity weighting: values and contrasts that are nearly
/// normal although the policy learned as it went.
///
///     Q̂ₐ = Σ h_t Γ_t / Σ h_t        d_t = h_t (Γ_t − Q̂ₐ) / Σ h_t
///     Cov(Q̂ₐ, Q̂_b) = Σ d_t(a) d_t(b)
///
/// The scores `Γ_t` are unbiased given the past; the weights `h_t` keep the sum of their variances from
/// depending on the policy's luck. A starved arm still comes out a few points short of its level at a
/// thousand sessions.
///
/// Two passes, O(*n k*²) for *k* arms at a time; memory O(*k*²) beside the log.
///
/// Reference: Hadad, Hirshberg, Zhan, Wager and Athey (2021), "Confidence intervals for policy
/// evaluation in adaptive experiments", *PNAS* 118(15), e2014602118.
public struct AdaptiveAIPW: AdaptiveEstimator, Hashable {
  /// How much each session counts.
  public let weights: AllocationWeights

  /// Creates the estimator.
  public init(weights: AllocationWeights) { self.weights = weights }

  public var name: String { weights.name }

  public func value(of arm: Arm, in log: AdaptiveLog) throws(InferenceError) -> AdaptiveEstimate {
    let values = try values(of: [arm], in: log)
    return try AdaptiveEstimate(
      name, values.estimates[0], variance: values.covariance[0], arm: arm)
  }

  public func contrast(
    of arm: Arm, minus other: Arm, in log: AdaptiveLog
  ) throws(InferenceError) -> AdaptiveEstimate {
    let values = try values(of: [arm, other], in: log)
    let variance =
      values.covariance(0, 0) + values.covariance(1, 1) - 2 * values.covariance(0, 1)
    return try AdaptiveEstimate(
      name, values.estimates[0] - values.estimates[1], variance: variance, arm: arm)
  }

  /// The values of several arms with their covariance, as ``BestArmInference`` needs them.
  ///
  /// - Throws: `tooFewSessions` if an arm was shown fewer than twice, `overflow` if a sum is not finite,
  ///   `invalidWeight` if uniform weights meet an arm that at times could not be shown: adaptive weights
  ///   leave those times out.
  public func values(of arms: [Arm], in log: AdaptiveLog) throws(InferenceError) -> ArmValues {
    for arm in arms {
      let count = log.count(of: arm)
      guard count > 1 else { throw .tooFewSessions(arm: arm.index, count: count, needed: 2) }
      if weights == .uniform,
        log.batches.contains(where: { log.propensities[Int($0), arm.index] <= 0 })
      {
        throw .invalidWeight(arm: arm.index, weight: 0)
      }
    }
    // 1. The weighted means.
    var totals = Array(repeating: 0.0, count: arms.count)
    var estimates = totals
    scan(log, arms) { place, weight, score in
      totals[place] += weight
      estimates[place] += weight * score
    }
    for place in arms.indices { estimates[place] /= totals[place] }
    // 2. The products of what each session adds to their errors.
    var covariance = Array(repeating: 0.0, count: arms.count * arms.count)
    var errors = estimates
    scan(log, arms) { place, weight, score in
      errors[place] = weight * (score - estimates[place]) / totals[place]
      for other in 0...place {
        covariance[place * arms.count + other] += errors[place] * errors[other]
      }
    }
    for place in arms.indices {
      guard estimates[place].isFinite, covariance[place * (arms.count + 1)].isFinite else {
        throw .overflow(arm: arms[place].index)
      }
      for other in 0..<place {
        covariance[other * arms.count + place] = covariance[place * arms.count + other]
      }
    }
    return ArmValues(estimates: estimates, covariance: covariance)
  }

  /// Visits the weight and score of every arm at every session, in the order of time.
  private func scan(
    _ log: AdaptiveLog, _ arms: [Arm], _ visit: (Int, _ weight: Double, _ score: Double) -> Void
  ) {
    var scored = arms.map { ScoredArm($0) }
    for row in 0..<log.count {
      let rates = weights.rates(at: row + 1, of: log.count, armCount: log.armCount)
      for place in arms.indices {
        let propensity = log.propensities[Int(log.batches[row]), scored[place].arm]
        let weight = scored[place].weight(weights, rates, propensity: propensity)
        let score = scored[place].score(
          Int(log.arms[row]), reward: log.rewards[row], propensity: propensity)
        visit(place, weight, score)
      }
    }
  }
}
