#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// A two-by-two table seen as one draw among those with its margins: the offer's successes `x`, of
/// Fisher's noncentral hypergeometric law with the odds ratio `ω` of offer to control.
///
/// What holds for the upper tail holds for the lower one of the reversed table, whose odds ratio is
/// `1/ω`; so only upper tails are solved for, and swapping the arms reverses every answer exactly.
struct TableGivenMargins: Sendable, Hashable {
  /// The law at an odds ratio of one.
  let central: HypergeometricDistribution
  /// The offer's successes.
  let x: Int

  init(offer: Tally, control: Tally) {
    central = HypergeometricDistribution(
      population: offer.trials + control.trials, successes: offer.trials,
      draws: offer.successes + control.successes)
    x = offer.successes
  }

  /// The same table with the arms swapped.
  var reversed: TableGivenMargins {
    TableGivenMargins(
      central: HypergeometricDistribution(
        population: central.population, successes: central.population - central.successes,
        draws: central.draws),
      x: central.draws - x)
  }

  private init(central: HypergeometricDistribution, x: Int) {
    self.central = central
    self.x = x
  }

  /// The law of `x` at an odds ratio.
  func law(_ oddsRatio: Double) -> NoncentralHypergeometricDistribution {
    NoncentralHypergeometricDistribution(central: central, oddsRatio: oddsRatio)
  }

  /// The likeliest count at an odds ratio: the least from which on masses do not rise.
  func mode(_ oddsRatio: Double) -> Int {
    let (hits, draws) = (central.successes, central.draws)
    let rest = central.population - hits - draws
    return firstIndex(in: central.support) { k in
      oddsRatio * (Double(hits - k) / Double(k + 1)) * (Double(draws - k) / Double(rest + k + 1))
        <= 1
    }
  }
}

extension TableGivenMargins {
  /// The conditional maximum-likelihood odds ratio: the `ω` at which `E X = x`; 0 or +∞ where `x` is
  /// an end of its range.
  var maximumLikelihoodOddsRatio: Double {
    // The greater of the two orientations, lest rounding tell the arms apart.
    let other = reversed
    return isAboveMean
      ? oddsRatioOfMean : 1 / other.oddsRatioOfMean
  }

  /// The odds ratio at which the mean is `x`; none is great enough at the upper end of the range.
  private var oddsRatioOfMean: Double {
    x == central.support.upperBound ? .infinity : solve { law($0).mean - Double(x) }
  }

  /// The median-unbiased odds ratio: the `ω` at which both mid-p tails are one half.
  var medianUnbiasedOddsRatio: Double {
    let other = reversed
    return isAboveMean
      ? oddsRatio(atUpperTail: 0.5, isMid: true)
      : 1 / other.oddsRatio(atUpperTail: 0.5, isMid: true)
  }

  /// The odds ratio at which `P(X ≥ x)`, or the mid-p `P(X > x) + ½P(X = x)`, is a probability `q`;
  /// zero if `x` is the least count, for then no odds ratio is too small.
  func oddsRatio(atUpperTail q: Double, isMid: Bool) -> Double {
    if x == central.support.lowerBound { return 0 }
    return solve { log(upperTail(of: law($0), isMid: isMid) / q) }
  }

  /// `P(X ≥ x)`, or `P(X > x) + ½P(X = x)`.
  func upperTail(of law: some Distribution, isMid: Bool) -> Double {
    isMid
      ? law.survival(Double(x)) + 0.5 * exp(law.logDensity(Double(x)))
      : law.survival(Double(x) - 1)
  }

  private var isAboveMean: Bool {
    let own = central.population.multipliedFullWidth(by: x)
    let mean = central.successes.multipliedFullWidth(by: central.draws)
    return (own.high, own.low) >= (mean.high, mean.low)
  }

  /// The odds ratio at which a rising function is zero, sought outwards from that of the table.
  private func solve(_ function: (Double) -> Double) -> Double {
    if x == central.support.lowerBound { return 0 }
    let failures = Double(central.successes - x) + 0.5
    let others = Double(central.draws - x) + 0.5
    let rest = Double(central.population - central.successes - central.draws + x) + 0.5
    var near = log((Double(x) + 0.5) / failures) + log(rest / others)
    // A function that never reaches zero belongs to a table at the upper end of its range.
    let limit = 690.0
    let isBelow = function(exp(near)) < 0
    var step = isBelow ? 0.5 : -0.5
    while abs(near) < limit {
      let far = near + step
      if (function(exp(far)) < 0) != isBelow {
        return findRoot(from: near, to: far) { function(exp($0)) }.map(exp) ?? exp(far)
      }
      (near, step) = (far, 2 * step)
    }
    return isBelow ? .infinity : 0
  }
}

/// How much two probabilities may differ, relatively, and still count as equal, lest rounding decide
/// which tables are as extreme as the one observed. R's `fisher.test` has the same rule.
let tieTolerance = 1e-7
