#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// The law of a total of strata at the odds ratio whose mean is some total: its masses around the mean.
///
/// Each stratum's masses are taken as far as they exceed 1e-20 of the greatest, and convolved.
///
/// - Complexity: O(*k* *m*²) for *k* strata with *m* such masses, some 19 standard deviations.
struct TotalWindow: Sendable {
  /// The log odds ratio.
  let logOdds: Double
  /// The totals whose masses are kept.
  let range: ClosedRange<Int>
  private let masses: [Double]

  /// Lays the window around a total; close to the ends of the support the mean is kept half a success
  /// inside.
  init(_ tables: [TableGivenMargins], around total: Int, in support: ClosedRange<Int>) {
    let mean = min(
      max(Double(total), Double(support.lowerBound) + 0.5), Double(support.upperBound) - 0.5)
    logOdds = tables.logOdds(whoseMeanIs: mean)
    var (lower, masses) = (0, [1.0])
    for table in tables {
      let (first, own) = table.masses(exp(logOdds))
      lower += first
      masses = convolution(masses, own)
    }
    self.masses = masses
    range = lower...(lower + masses.count - 1)
  }

  func mass(_ total: Int) -> Double { masses[total - range.lowerBound] }

  /// The logarithm of a mass; −∞ outside the window.
  func logMass(_ total: Int) -> Double {
    range.contains(total) ? log(mass(total)) : -.infinity
  }
}

/// The masses of a sum of two independent counts.
private func convolution(_ a: [Double], _ b: [Double]) -> [Double] {
  var sums = Array(repeating: 0.0, count: a.count + b.count - 1)
  sums.withUnsafeMutableBufferPointer { sums in
    for i in a.indices {
      let weight = a[i]
      for j in b.indices { sums[i + j] += weight * b[j] }
    }
  }
  return sums
}

extension [TableGivenMargins] {
  /// The mean of the total at a log odds ratio.
  func mean(_ logOdds: Double) -> Double {
    let oddsRatio = exp(logOdds)
    return reduce(0) { $0 + $1.law(oddsRatio).mean }
  }

  /// The log odds ratio at which the total has a mean inside the support.
  fileprivate func logOdds(whoseMeanIs wanted: Double) -> Double {
    let isBelow = mean(0) < wanted
    var (start, step) = (0.0, isBelow ? 1.0 : -1.0)
    while abs(start) < 600 {
      let end = start + step
      if (mean(end) < wanted) != isBelow {
        return findRoot(from: start, to: end, absoluteError: 1e-15) { mean($0) - wanted } ?? end
      }
      (start, step) = (end, 2 * step)
    }
    return start
  }
}

extension TableGivenMargins {
  /// The masses at an odds ratio outwards from the greatest, and the count of the first.
  fileprivate func masses(_ oddsRatio: Double) -> (first: Int, masses: [Double]) {
    let (mode, support) = (mode(oddsRatio), central.support)
    let (hits, draws) = (central.successes, central.draws)
    let rest = central.population - hits - draws
    /// `P(X = k + 1) / P(X = k)`.
    func up(_ k: Int) -> Double {
      oddsRatio * (Double(hits - k) / Double(k + 1)) * (Double(draws - k) / Double(rest + k + 1))
    }
    var (below, above, term) = ([Double](), [1.0], 1.0)
    var k = mode
    while k > support.lowerBound, term > 1e-20 {
      k -= 1
      term /= up(k)
      below.append(term)
    }
    let first = k
    (k, term) = (mode, 1)
    while k < support.upperBound, term > 1e-20 {
      term *= up(k)
      k += 1
      above.append(term)
    }
    let total = below.reversed().reduce(0, +) + above.reversed().reduce(0, +)
    return (first, (Array(below.reversed()) + above).map { $0 / total })
  }
}
