#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The hypergeometric distribution: the successes among draws without replacement.
///
///     P(X = k) = C(K, k) C(N − K, n − k) / C(N, n)
///
/// Masses are written by the deviances of the four cells of the table, tails are sums from the
/// near end; the relative error is some ε √n in the tails too.
///
/// - Complexity: O(√*n*) for a tail, O(√*n* log *n*) for a quantile.
public struct HypergeometricDistribution: CountDistribution, Hashable {
  /// The size `N` of the population.
  public let population: Int
  /// The successes `K` in the population.
  public let successes: Int
  /// The number `n` of draws.
  public let draws: Int

  /// Creates a hypergeometric distribution of up to 2⁵³ members, with successes and draws among them.
  public init(population: Int, successes: Int, draws: Int) {
    precondition(population >= 0 && population <= 1 << 53, "a population has 0 to 2⁵³ members")
    precondition((0...population).contains(successes), "successes are members of the population")
    precondition((0...population).contains(draws), "draws are members of the population")
    self.population = population
    self.successes = successes
    self.draws = draws
  }

  /// The counts of positive mass: `max(0, n + K − N)...min(n, K)`.
  public var support: ClosedRange<Int> {
    max(0, draws - (population - successes))...min(draws, successes)
  }

  public func density(_ x: Double) -> Double {
    guard contains(x) else { return 0 }
    let (coefficient, deviance) = parts(x)
    return coefficient * exp(-deviance)
  }

  public func logDensity(_ x: Double) -> Double {
    guard contains(x) else { return -.infinity }
    let (coefficient, deviance) = parts(x)
    return log(coefficient) - deviance
  }

  public func cdf(_ x: Double) -> Double { tails(at: x).lower }

  public func survival(_ x: Double) -> Double { tails(at: x).upper }

  public func logCDF(_ x: Double) -> Double { tails(at: x).logLower }

  public func logSurvival(_ x: Double) -> Double { tails(at: x).logUpper }

  /// `nK/N`, or 0 for an empty population.
  public var mean: Double {
    population > 0 ? Double(draws) * (Double(successes) / Double(population)) : 0
  }
  /// `n (K/N) (1 − K/N) (N − n)/(N − 1)`.
  public var variance: Double {
    guard population > 1 else { return 0 }
    let (size, rest) = (Double(population), Double(population - successes))
    return mean * (rest / size) * (Double(population - draws) / (size - 1))
  }
}

extension HypergeometricDistribution {
  private func contains(_ x: Double) -> Bool {
    x >= Double(support.lowerBound) && x <= Double(support.upperBound) && x == x.rounded()
  }

  private func tails(at x: Double) -> SplitTails {
    let k = x.rounded(.down)
    if k < Double(support.lowerBound) { return .below }
    if k >= Double(support.upperBound) { return .above }
    let isLower = k <= mean
    let (coefficient, deviance) = parts(isLower ? k : k + 1)
    return SplitTails(
      coefficient: coefficient, exponent: -deviance,
      ratio: isLower ? lowerSum(k) : upperSum(k + 1), nearIsLower: isLower)
  }

  /// The logarithm of the mass of a count of the support, up to a constant.
  func logShape(_ k: Double) -> Double {
    let (deviance, scales) = cells(k)
    let roots = (scales.0.root * scales.1.root) * (scales.2.root * scales.3.root)
    let exponents =
      (scales.0.exponent + scales.1.exponent) + (scales.2.exponent + scales.3.exponent)
    return -deviance - 0.5 * log(roots) - exponents
  }

  private typealias Scale = (root: Double, exponent: Double)

  /// The deviance of the cells of the two-by-two table from their means, and the scales of their
  /// factorials: of the hits and misses drawn, and of those left.
  private func cells(_ k: Double) -> (deviance: Double, scales: (Scale, Scale, Scale, Scale)) {
    let (size, hits, count) = (Double(population), Double(successes), Double(draws))
    let (misses, rest) = (size - hits, size - count)
    let cells = (k, count - k, hits - k, misses - (count - k))
    // All cells are off their means by the same: (kN − Kn)/N, its products to twice the precision.
    let (up, down) = (k * size, hits * count)
    let products = (up - down) + ((-up).addingProduct(k, size) - (-down).addingProduct(hits, count))
    let excess = products / size
    let deviance =
      countDeviance(cells.0, expected: hits * (count / size), excess: excess)
      + countDeviance(cells.1, expected: misses * (count / size), excess: -excess)
      + countDeviance(cells.2, expected: hits * (rest / size), excess: -excess)
      + countDeviance(cells.3, expected: misses * (rest / size), excess: excess)
    return (
      deviance,
      (
        factorialScale(cells.0), factorialScale(cells.1), factorialScale(cells.2),
        factorialScale(cells.3)
      )
    )
  }

  /// The mass as `coefficient · exp(−deviance)`.
  ///
  /// With the cells `oᵢⱼ` of the two-by-two table, its margins and the means `eᵢⱼ`, the mass is
  /// `Π margins! / (N! Π oᵢⱼ!)`, and the leading parts of the factorials are `exp(−Σ oᵢⱼ ln(oᵢⱼ/eᵢⱼ))`.
  private func parts(_ k: Double) -> (coefficient: Double, deviance: Double) {
    let (size, hits, count) = (Double(population), Double(successes), Double(draws))
    guard size > 0 else { return (1, 0) }
    let (deviance, divisors) = cells(k)
    let scales = (
      factorialScale(hits), factorialScale(size - hits), factorialScale(count),
      factorialScale(size - count)
    )
    let whole = factorialScale(size)
    // One quotient at a time, lest products overflow.
    let root =
      (scales.0.root / divisors.0.root) * (scales.1.root / divisors.3.root)
      * (scales.2.root / divisors.1.root) * (scales.3.root / divisors.2.root) / whole.root
    let exponent =
      (scales.0.exponent + scales.1.exponent + scales.2.exponent + scales.3.exponent)
      - (divisors.0.exponent + divisors.1.exponent + divisors.2.exponent + divisors.3.exponent)
      - whole.exponent
    return (root.squareRoot() * exp(exponent), deviance)
  }

  /// P(X ≤ k) in units of P(X = k), for a `k` of the support up to about the mean.
  private func lowerSum(_ k: Double) -> Double {
    let (hits, count) = (Double(successes), Double(draws))
    let rest = Double(population) - hits - count
    var (term, sum, j) = (1.0, 1.0, k)
    while term > 1e-17 * sum {
      term *= j / (hits - j + 1) * ((rest + j) / (count - j + 1))
      sum += term
      j -= 1
    }
    return sum
  }

  /// P(X ≥ k) in units of P(X = k), for a `k` of the support from about the mean on.
  private func upperSum(_ k: Double) -> Double {
    let (hits, count) = (Double(successes), Double(draws))
    let rest = Double(population) - hits - count
    var (term, sum, j) = (1.0, 1.0, k)
    while term > 1e-17 * sum {
      term *= (hits - j) / (j + 1) * ((count - j) / (rest + j + 1))
      sum += term
      j += 1
    }
    return sum
  }
}
