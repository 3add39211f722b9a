public import Inference
internal import Probability

extension SessionTerms {
  /// The interval of Cressie–Read empirical likelihood with the power −2.
  ///
  /// Sessions are given probabilities `Qᵢ`, as close to `1/N` in the Cressie–Read divergence as
  /// `E_Q[w] = 1` and `E_Q[ψ] = V` allow; the interval holds the `V` that they can reach. Because the
  /// mean weight is known to be 1, this is the interval of a control variate, with a width that grows
  /// with the distance of the mean weight from 1:
  ///
  ///     V± = m_ψ + (1 − m_w) s_wψ/s_ww ± √( s²(ψ | w) ((g + δ)/N − (m_w − 1)²/s_ww) )
  ///
  /// `m` and `s` are means and covariances of the `N = n + 1` sessions with one that was never seen,
  /// which has the least or the greatest weight and the worst term that such a weight may have;
  /// `g = N (m_w − 1)²/s_ww` is the divergence that the weights alone ask for, and `δ` the upper quantile
  /// of F(1, n). The unseen session keeps the interval from trusting the extremes of the log. The least
  /// weight is zero, and the greatest is that of the log, or 1. Weights that do not average to 1, as those
  /// of the direct method where a cell lacks an arm, have no such interval.
  ///
  /// References: Karampatziakis, Langford and Mineiro (2020), *AISTATS*, 3610–3620, section 3; Baggerly
  /// (1998), *Biometrika* 85, 535–547, for the family.
  ///
  /// - Complexity: O(*n*).
  public func empiricalLikelihoodInterval(level: Double = 0.95) -> Interval {
    precondition(0 < level && level < 1, "a confidence level lies between 0 and 1")
    let seen = PairMoments(weights, values)
    let n = Double(count)
    let greatest = max(1, weights.max() ?? 1)
    let alone = seen.adding(seen.meanWeight < 1 ? greatest : 0, 0)
    // With weights that are all 1 nothing is asked of the weights.
    let asked =
      alone.weightVariance > 0
      ? (n + 1) * (alone.meanWeight - 1) * (alone.meanWeight - 1) / alone.weightVariance : 0
    let t = StudentTDistribution(degreesOfFreedom: n).upperQuantile((1 - level) / 2)
    func bound(_ sign: Double) -> Double {
      let bounds = [0, greatest].compactMap { weight -> Double? in
        let terms = possible(atWeight: weight)
        let all = seen.adding(weight, sign > 0 ? terms.upperBound : terms.lowerBound)
        guard all.weightVariance > 0 else { return nil }
        let distance = 1 - all.meanWeight
        let slack = (asked + t * t) / (n + 1) - distance * distance / all.weightVariance
        guard slack >= 0 else { return nil }
        let slope = all.covariance / all.weightVariance
        let rest = max(0, all.termVariance - slope * all.covariance)
        return all.meanTerm + distance * slope + sign * (rest * slack).squareRoot()
      }
      // Where no probabilities exist the range of the rewards is all that is known.
      let extreme = sign > 0 ? rewards.upperBound : rewards.lowerBound
      return sign > 0 ? bounds.max() ?? extreme : bounds.min() ?? extreme
    }
    return interval(bound(-1), bound(1))
  }
}

/// The means and the covariances, each over the count, of weights and terms.
private struct PairMoments {
  private(set) var count: Double
  private(set) var meanWeight: Double
  private(set) var meanTerm: Double
  private(set) var weightVariance: Double
  private(set) var termVariance: Double
  private(set) var covariance: Double

  init(_ weights: [Double], _ terms: [Double]) {
    count = Double(weights.count)
    meanWeight = Moments(weights).mean
    meanTerm = Moments(terms).mean
    (weightVariance, termVariance, covariance) = (0, 0, 0)
    for index in weights.indices {
      let (w, t) = (weights[index] - meanWeight, terms[index] - meanTerm)
      weightVariance += w * w / count
      termVariance += t * t / count
      covariance += w * t / count
    }
  }

  /// With one session more.
  func adding(_ weight: Double, _ term: Double) -> PairMoments {
    var sum = self
    let share = 1 / (count + 1)
    let (w, t) = (weight - meanWeight, term - meanTerm)
    sum.count += 1
    sum.meanWeight += w * share
    sum.meanTerm += t * share
    sum.weightVariance = (weightVariance + w * w * share) * (1 - share)
    sum.termVariance = (termVariance + t * t * share) * (1 - share)
    sum.covariance = (covariance + w * t * share) * (1 - share)
    return sum
  }
}
