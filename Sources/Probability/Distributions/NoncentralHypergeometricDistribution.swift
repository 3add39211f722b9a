#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Fisher's noncentral hypergeometric distribution: one cell of a two-by-two table whose margins are
/// given and whose odds ratio is `ω`.
///
///     P(X = k) ∝ C(K, k) C(N − K, n − k) ωᵏ
///
/// The masses are normalised by their sum outwards from the mode, and so are the tails. Their relative
/// error is some ε times the logarithm of the mass for an odds ratio of 1, which `ωᵏ` outweighs.
///
/// - Complexity: O(√*n*) to create one, for a tail, and for the moments.
///
/// Reference: Fog (2008), *Communications in Statistics: Simulation and Computation* 37, 258–273.
public struct NoncentralHypergeometricDistribution: CountDistribution, Hashable {
  /// The distribution for an odds ratio of 1.
  public let central: HypergeometricDistribution
  /// The odds ratio `ω`.
  public let oddsRatio: Double

  private let mode: Double
  /// The logarithm of the mass at the mode.
  private let logPeak: Double

  /// Creates the distribution with the margins of `central` and a positive, finite odds ratio.
  public init(central: HypergeometricDistribution, oddsRatio: Double) {
    precondition(oddsRatio > 0 && oddsRatio.isFinite, "an odds ratio is positive and finite")
    self.central = central
    self.oddsRatio = oddsRatio
    let steps = Steps(central, oddsRatio)
    let mode = leastCount(in: central.support) { steps.up($0) <= 1 }
    self.mode = mode
    logPeak = -log(steps.sum(downFrom: mode).sum + steps.sum(upFrom: mode).sum - 1)
  }

  public var support: ClosedRange<Int> { central.support }

  public func logDensity(_ x: Double) -> Double {
    guard central.logDensity(x) > -.infinity else { return -.infinity }
    return central.logDensity(x) - central.logDensity(mode) + (x - mode) * log(oddsRatio) + logPeak
  }

  public func cdf(_ x: Double) -> Double { tails(at: x).lower }

  public func survival(_ x: Double) -> Double { tails(at: x).upper }

  public func logCDF(_ x: Double) -> Double { tails(at: x).logLower }

  public func logSurvival(_ x: Double) -> Double { tails(at: x).logUpper }

  /// `E X`, by summation.
  public var mean: Double { mode + offsets.first }
  /// `Var X`, by summation.
  public var variance: Double { offsets.second - offsets.first * offsets.first }

  /// A draw, by inversion of a uniform number; O(√*n* log *n*).
  public func draw(using rng: inout Philox) -> Double { quantile(rng.positiveUniform()) }

  private func tails(at x: Double) -> SplitTails {
    let k = x.rounded(.down)
    if k < Double(support.lowerBound) { return .below }
    if k >= Double(support.upperBound) { return .above }
    let (isLower, steps) = (k < mode, Steps(central, oddsRatio))
    return SplitTails(
      coefficient: 1, exponent: logDensity(isLower ? k : k + 1),
      ratio: isLower ? steps.sum(downFrom: k).sum : steps.sum(upFrom: k + 1).sum,
      nearIsLower: isLower)
  }

  /// The moments of `X − mode`.
  private var offsets: (first: Double, second: Double) {
    let steps = Steps(central, oddsRatio)
    let (down, up) = (steps.sum(downFrom: mode), steps.sum(upFrom: mode))
    let peak = exp(logPeak)
    return (peak * (up.first - down.first), peak * (up.second + down.second))
  }
}

/// The ratios of neighbouring masses, and their sums.
private struct Steps {
  private let hits: Double
  private let count: Double
  private let rest: Double
  private let oddsRatio: Double

  init(_ central: HypergeometricDistribution, _ oddsRatio: Double) {
    hits = Double(central.successes)
    count = Double(central.draws)
    rest = Double(central.population) - hits - count
    self.oddsRatio = oddsRatio
  }

  /// P(X = k + 1) / P(X = k).
  func up(_ k: Double) -> Double {
    oddsRatio * ((hits - k) / (k + 1)) * ((count - k) / (rest + k + 1))
  }

  /// Sums over the masses at `k` and below, in units of that at `k`, and their first two moments about `k`.
  func sum(downFrom k: Double) -> (sum: Double, first: Double, second: Double) {
    sum { k - $0 > 0 ? 1 / up(k - $0 - 1) : 0 }
  }

  /// The same over the masses at `k` and above.
  func sum(upFrom k: Double) -> (sum: Double, first: Double, second: Double) {
    sum { up(k + $0) }
  }

  /// Sums of terms whose ratios fall, the first of them 1.
  private func sum(_ ratio: (Double) -> Double) -> (sum: Double, first: Double, second: Double) {
    var (term, distance) = (1.0, 0.0)
    var sums = (sum: 1.0, first: 0.0, second: 0.0)
    while true {
      term *= ratio(distance)
      distance += 1
      sums.sum += term
      sums.first += term * distance
      sums.second += term * distance * distance
      if !(term * distance * distance > 1e-17 * sums.sum) { return sums }
    }
  }
}
