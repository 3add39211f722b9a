#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
public import Inference
internal import Probability

extension SessionTerms {
  /// An interval that holds at every look at once, however often one looks.
  ///
  ///     Xᵢ = (ψᵢ − ψ_min)/(r_max − ψ_min) ≥ 0      X̂ᵢ = (½ + Σ_{j<i} Xⱼ)/i
  ///     lower = the least μ with  ln m(ΣXᵢ − nμ, Σ(Xᵢ − X̂ᵢ)²) ≤ ln(2/α)
  ///
  /// and the upper end by the same from `−ψ`; `m` is the gamma–exponential mixture with `ρ = c = 1`.
  /// Weights need no bound where terms are weighted rewards: `ψ_min` is then the value of a reward
  /// that never comes, and only the prediction is kept within 1. With a model `ψ_min` is that of
  /// the greatest possible weight, which has to be known before: the width grows with it.
  ///
  /// The sessions must come in the order of time, and the terms must not look ahead: not those of a
  /// self-normalised estimator, nor of a model fitted to later sessions.
  ///
  /// References: Howard, Ramdas, McAuliffe and Sekhon (2021), *Annals of Statistics* 49, theorem 4 and
  /// proposition 9; Waudby-Smith, Wu, Ramdas, Karampatziakis and Mineiro (2024), *ACM/IMS Journal of
  /// Data Science* 1(3), section 2, for its use off policy.
  ///
  /// - Parameters:
  ///   - level: The confidence that all intervals hold the value.
  ///   - weightBound: The greatest possible weight, where terms come from a model; without it the
  ///     greatest of the log, which is right only where that bound is known to be reached.
  /// - Returns: The interval after the last session.
  /// - Complexity: O(*n*).
  public func anyTimeInterval(level: Double = 0.95, weightBound: Double? = nil) -> Interval {
    precondition(0 < level && level < 1, "a confidence level lies between 0 and 1")
    guard span > 0 else { return interval(rewards.lowerBound, rewards.upperBound) }
    let excess = modelsRewards ? max(weightBound ?? 0, weights.max() ?? 0) : 0
    let threshold = log(2 / (1 - level))
    /// The lower end on the scale on which the rewards run from `excess` to `excess + 1`.
    func lower(_ term: (Int) -> Double) -> Double {
      let (sum, spread) = predicted(term)
      let mixture = GammaExponentialMixture(rho: 1, scale: 1)
      func surplus(_ mean: Double) -> Double {
        mixture.logEValue(sum: sum - Double(count) * mean, variance: spread) - threshold
      }
      guard surplus(0) > 0 else { return 0 }
      return findRoot(from: 0, to: sum / Double(count), of: surplus) ?? 0
    }
    // A weighted reward counts from the least possible reward (or down from the greatest).
    let below = lower { row in
      let start = modelsRewards ? rewards.lowerBound : weights[row] * rewards.lowerBound
      return ((values[row] - start) / span + excess) / (excess + 1)
    }
    let above = lower { row in
      let start = modelsRewards ? rewards.upperBound : weights[row] * rewards.upperBound
      return ((start - values[row]) / span + excess) / (excess + 1)
    }
    return interval(
      rewards.lowerBound + (below * (excess + 1) - excess) * span,
      rewards.upperBound - (above * (excess + 1) - excess) * span)
  }

  /// The sum of terms and their squared distances from what was predicted before each.
  private func predicted(_ term: (Int) -> Double) -> (sum: Double, spread: Double) {
    var (sum, spread) = (0.0, 0.0)
    for row in 0..<count {
      // A prediction above 1 would break the lower bound −1 of the deviations.
      let prediction = min(1, (0.5 + sum) / Double(row + 1))
      let value = term(row)
      spread += (value - prediction) * (value - prediction)
      sum += value
    }
    return (sum, spread)
  }
}
