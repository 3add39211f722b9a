#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// The offer's successes in all strata, given the margins of each: a sum of independent variables, each of
/// Fisher's noncentral hypergeometric law with the same odds ratio `ω`.
///
/// Only masses near a total are ever convolved, at the odds ratio `ω*` whose mean it is. Those at all
/// other odds ratios follow, for the laws are an exponential family:
///
///     P_ω(T = k) = P_ω*(T = k) (ω/ω*)^(k − t) Πⱼ P_ω(Xⱼ = xⱼ)/P_ω*(Xⱼ = xⱼ)      t = Σ xⱼ
///
/// The tail that points away from the mean is then a sum of falling terms, small as it may be.
struct TotalGivenMargins: Sendable {
  /// The tables of the strata.
  let tables: [TableGivenMargins]
  /// The total observed, `t`.
  let total: Int
  /// The totals that the margins allow.
  let support: ClosedRange<Int>
  /// The masses around the total observed.
  private let near: TotalWindow

  init(_ pairs: [StratumPair]) {
    self.init(tables: pairs.map { TableGivenMargins(offer: $0.offer, control: $0.control) })
  }

  private init(tables: [TableGivenMargins]) {
    self.tables = tables
    total = tables.reduce(0) { $0 + $1.x }
    let least = tables.reduce(0) { $0 + $1.central.support.lowerBound }
    let greatest = tables.reduce(0) { $0 + $1.central.support.upperBound }
    support = least...greatest
    near = TotalWindow(tables, around: total, in: support)
  }

  /// The same tables with the arms swapped.
  var reversed: TotalGivenMargins { TotalGivenMargins(tables: tables.map(\.reversed)) }

  /// `P(T ≥ t)`, or the mid-p `P(T > t) + ½P(T = t)`.
  func upperTail(_ logOdds: Double, isMid: Bool) -> Double {
    let half = isMid ? 0.5 * exp(logMass(total, logOdds)) : 0
    return tables.mean(logOdds) <= Double(total)
      ? tail(total, .up, near, logOdds) - half
      : 1 - tail(total - 1, .down, near, logOdds) - half
  }

  /// `P(T ≤ t)`, or the mid-p `P(T < t) + ½P(T = t)`.
  func lowerTail(_ logOdds: Double, isMid: Bool) -> Double {
    let half = isMid ? 0.5 * exp(logMass(total, logOdds)) : 0
    return tables.mean(logOdds) >= Double(total)
      ? tail(total, .down, near, logOdds) - half
      : 1 - tail(total + 1, .up, near, logOdds) - half
  }

  /// The probability of the totals no likelier than the one observed.
  ///
  /// The masses are log-concave, so that there is one such total farthest in on the other side of the
  /// mean, which bisection finds.
  func noLikelierProbability(_ logOdds: Double) -> Double {
    let limit = logMass(total, logOdds) + log1p(tieTolerance)
    let mean = tables.mean(logOdds)
    if Double(total) >= mean {
      // The greatest count below the mean that is no likelier.
      let top = min(total, Int(mean.rounded(.down)))
      let count = firstIndex(in: -top...(1 - support.lowerBound)) { k in
        -k < support.lowerBound || logMassAnywhere(-k, logOdds) <= limit
      }
      // At the mean itself everything counts.
      if -count == total { return 1 }
      return min(1, upperTail(logOdds, isMid: false) + farTail(-count, .down, logOdds))
    }
    let bottom = max(total, Int(mean.rounded(.up)))
    let count = firstIndex(in: bottom...(support.upperBound + 1)) { k in
      k > support.upperBound || logMassAnywhere(k, logOdds) <= limit
    }
    return min(1, lowerTail(logOdds, isMid: false) + farTail(count, .up, logOdds))
  }
}

extension TotalGivenMargins {
  private enum Direction: Int { case down = -1, up = 1 }

  /// `ln P(T = k)` from the window around `t`.
  private func logMass(_ k: Int, _ logOdds: Double) -> Double {
    near.logMass(k) + shift(near, logOdds) + Double(k - total) * (logOdds - near.logOdds)
  }

  /// `ln P(T = k)` from a window around `k`.
  private func logMassAnywhere(_ k: Int, _ logOdds: Double) -> Double {
    let window = TotalWindow(tables, around: k, in: support)
    return window.logMass(k) + shift(window, logOdds)
      + Double(k - total) * (logOdds - window.logOdds)
  }

  /// `P(T ≤ k)` or `P(T ≥ k)`, from a window around `k`; zero outside the support.
  private func farTail(_ k: Int, _ direction: Direction, _ logOdds: Double) -> Double {
    guard support.contains(k) else { return 0 }
    return tail(k, direction, TotalWindow(tables, around: k, in: support), logOdds)
  }

  /// `Σⱼ ln P_ω(Xⱼ = xⱼ) − ln P_ω*(Xⱼ = xⱼ)`.
  private func shift(_ window: TotalWindow, _ logOdds: Double) -> Double {
    guard logOdds != window.logOdds else { return 0 }
    let (own, other) = (exp(logOdds), exp(window.logOdds))
    return tables.reduce(0) { sum, table in
      let x = Double(table.x)
      return sum + table.law(own).logDensity(x) - table.law(other).logDensity(x)
    }
  }

  /// The sum of the masses from `k` on, in a direction in which they fall.
  private func tail(
    _ k: Int, _ direction: Direction, _ window: TotalWindow, _ logOdds: Double
  ) -> Double {
    guard window.range.contains(k) else { return 0 }
    let tilt = logOdds - window.logOdds
    let ratio = exp(tilt * Double(direction.rawValue))
    var (sum, power, count) = (0.0, 1.0, k)
    while window.range.contains(count) {
      let term = window.mass(count) * power
      sum += term
      // What is left is less than the terms of a geometric series that ends here.
      if term < 1e-18 * sum, ratio < 1 { break }
      power *= ratio
      count += direction.rawValue
    }
    let logSum = log(sum) + shift(window, logOdds) + Double(k - total) * tilt
    return min(1, exp(logSum))
  }
}

extension TotalGivenMargins {
  /// The conditional maximum-likelihood odds ratio, at which `E T = t`; 0 or +∞ if `t` is an end of its
  /// range.
  var maximumLikelihoodOddsRatio: Double {
    if total == support.lowerBound { return 0 }
    if total == support.upperBound { return .infinity }
    return exp(near.logOdds)
  }

  /// The median-unbiased odds ratio, at which both mid-p tails are one half; 0 or +∞ at an end, where none
  /// is.
  var medianUnbiasedOddsRatio: Double {
    total == support.upperBound ? .infinity : oddsRatio(atUpperTail: 0.5, isMid: true)
  }

  /// The odds ratio at which `P(T ≥ t)`, or its mid-p, is a probability; zero if `t` is the least total.
  func oddsRatio(atUpperTail q: Double, isMid: Bool) -> Double {
    if total == support.lowerBound { return 0 }
    return solve { log(upperTail($0, isMid: isMid) / q) }
  }

  /// The odds ratio at which `P(T ≤ t)`, or its mid-p, is a probability; +∞ if `t` is the greatest total.
  func oddsRatio(atLowerTail q: Double, isMid: Bool) -> Double {
    if total == support.upperBound { return .infinity }
    return solve { -log(lowerTail($0, isMid: isMid) / q) }
  }

  /// The odds ratio at which a function that rises with its logarithm is zero, sought from `ω*`.
  private func solve(_ function: (Double) -> Double) -> Double {
    let isBelow = function(near.logOdds) < 0
    var (start, step) = (near.logOdds, isBelow ? 0.5 : -0.5)
    while abs(start) < 690 {
      let end = start + step
      if (function(end) < 0) != isBelow {
        return exp(findRoot(from: start, to: end, absoluteError: 1e-15, of: function) ?? end)
      }
      (start, step) = (end, 2 * step)
    }
    return isBelow ? .infinity : 0
  }
}
