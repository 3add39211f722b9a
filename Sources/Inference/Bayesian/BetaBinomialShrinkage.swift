#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
public import Probability

/// Empirical Bayes for the proportions of many cells: one beta prior is fitted to all of them.
///
///     pᵢ ~ Beta(α, β)      xᵢ | pᵢ ~ Binomial(nᵢ, pᵢ)      pᵢ | xᵢ ~ Beta(α + xᵢ, β + nᵢ − xᵢ)
///     (α, β) maximise Σ ln B(α + xᵢ, β + nᵢ − xᵢ)/B(α, β)
///
/// A thin cell is drawn towards the mean of all, a full one hardly. If the cells differ no more than
/// by chance, Tarone's statistic `Σ xᵢ(xᵢ−1)/p̂ + (nᵢ−xᵢ)(nᵢ−xᵢ−1)/(1−p̂) − nᵢ(nᵢ−1)` is not positive and
/// the likelihood has its maximum at `α + β = ∞`; the prior then counts for all sessions together,
/// since no more is known of the common proportion. Intervals leave out the error of the prior.
///
/// References: Skellam (1948), *Journal of the Royal Statistical Society B* 10, 257–261; Tarone
/// (1979), *Biometrika* 66, 585–590.
public struct BetaBinomialShrinkage: Hashable, Sendable {
  /// The fitted prior.
  public let prior: BetaDistribution
  /// Whether the cells differ no more than by chance.
  public let isHomogeneous: Bool
  /// The posterior of each cell, in the order of the tallies.
  public let cells: [BetaDistribution]

  /// Fits the prior to cells, of which empty ones add nothing.
  ///
  /// - Throws: `tooFewGroups` if fewer than two cells have sessions; `noVariation` if every session
  ///   ended alike.
  /// - Complexity: O(*k*) for each of some hundred steps.
  public init(_ tallies: [Tally]) throws(InferenceError) {
    let filled = tallies.filter { $0.trials > 0 }
    guard filled.count >= 2 else { throw .tooFewGroups(count: filled.count, needed: 2) }
    let all = Tally(merging: filled)
    guard all.successes > 0, all.failures > 0 else { throw .noVariation }
    let likelihood = Likelihood(cells: filled, pooled: all.proportion)
    let greatest = log(Double(all.trials))
    isHomogeneous = likelihood.excessDispersion <= 0
    var prior = BetaDistribution(alpha: Double(all.successes), beta: Double(all.failures))
    if !isHomogeneous,
      let logSize = findRoot(
        from: -12, to: greatest, of: { likelihood.sizeScore(likelihood.prior(logSize: $0)) })
    {
      prior = likelihood.prior(logSize: logSize)
    }
    self.prior = prior
    cells = tallies.map { cell in
      prior.adding(successes: Double(cell.successes), failures: Double(cell.failures))
    }
  }

  /// The marginal likelihood through its slopes.
  private struct Likelihood {
    let cells: [Tally]
    let pooled: Double

    /// Tarone's statistic: the slope of the likelihood where the cells are alike.
    var excessDispersion: Double {
      cells.reduce(0) { sum, cell in
        let (n, x) = (Double(cell.trials), Double(cell.successes))
        return sum + x * (x - 1) / pooled + (n - x) * (n - x - 1) / (1 - pooled) - n * (n - 1)
      }
    }

    /// The best prior of a size `α + β`: the slope in its mean falls through zero there.
    func prior(logSize: Double) -> BetaDistribution {
      let size = exp(logSize)
      func law(_ logOdds: Double) -> BetaDistribution {
        BetaDistribution(alpha: size / (1 + exp(-logOdds)), beta: size / (1 + exp(logOdds)))
      }
      let centre = log(pooled) - log1p(-pooled)
      return law(
        findRoot(from: centre - 20, to: centre + 20, of: { meanScore(law($0)) }) ?? centre)
    }

    /// The slope in the mean, at a fixed size.
    private func meanScore(_ prior: BetaDistribution) -> Double {
      cells.reduce(0) { sum, cell in
        sum + increase(prior.alpha, cell.successes) - increase(prior.beta, cell.failures)
      }
    }

    /// The slope in the size, at a fixed mean.
    func sizeScore(_ prior: BetaDistribution) -> Double {
      cells.reduce(0) { sum, cell in
        sum + prior.mean * increase(prior.alpha, cell.successes)
          + (1 - prior.mean) * increase(prior.beta, cell.failures)
          - increase(prior.alpha + prior.beta, cell.trials)
      }
    }

    /// `ψ(a + k) − ψ(a) = Σ 1/(a + j)`, the sum itself while it is short.
    private func increase(_ a: Double, _ k: Int) -> Double {
      if k > 16 { return digamma(a + Double(k)) - digamma(a) }
      return (0..<k).reduce(0) { $0 + 1 / (a + Double($1)) }
    }
  }
}
