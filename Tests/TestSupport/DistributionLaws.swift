internal import Probability

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The laws that every distribution keeps, checked at one entry of the catalogue.
///
/// Bounds, complements, logarithms, monotony and the inverse pairs hold to rounding; the density is held
/// to the cdf, the mean, the variance and the entropy by quadrature; the draws are held to the cdf by the
/// Kolmogorov–Smirnov distance.
///
/// - Parameters:
///   - entry: The distribution.
///   - draws: The number of draws.
///   - falseAlarmRate: How often a right sampler fails, if seeds were chosen at random.
///   - seed: The seed of the draws; tests keep theirs fixed.
/// - Returns: A sentence for each law that is broken.
public func checkDistributionLaws(
  _ entry: CatalogueEntry, draws: Int = 50_000, falseAlarmRate: Double = 1e-6, seed: UInt64 = 1
) -> [String] {
  var check = LawCheck(entry: entry)
  check.supportIsBounded()
  check.tailsAreComplements()
  check.logarithmsFollowTails()
  check.quantilesInvertTails()
  if entry.isLattice { check.massesAddUp() } else { check.densityIntegrates() }
  check.entropyIsExpected()
  check.drawsFollow(draws: draws, falseAlarmRate: falseAlarmRate, seed: seed)
  return check.violations
}

private struct LawCheck {
  let entry: CatalogueEntry
  var violations: [String] = []

  /// Probabilities from far out in the tail to the median.
  static let probabilities = [
    1e-300, 1e-100, 1e-30, 1e-15, 1e-12, 1e-9, 1e-6, 1e-4, 1e-3, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4,
    0.5,
  ]

  init(entry: CatalogueEntry) { self.entry = entry }

  mutating func expect(_ holds: Bool, _ law: @autoclosure () -> String) {
    if !holds { violations.append("\(entry.name): \(law())") }
  }

  mutating func supportIsBounded() {
    let (law, support) = (entry.distribution, entry.support)
    if support.lowerBound.isFinite {
      let outside = support.lowerBound - 1
      expect(law.cdf(outside) == 0, "the cdf below the support is \(law.cdf(outside))")
      expect(law.survival(outside) == 1, "all lies above what is below the support")
      expect(law.logDensity(outside) == -.infinity, "no density below the support")
    }
    if support.upperBound.isFinite {
      let outside = support.upperBound + 1
      expect(law.cdf(outside) == 1, "all lies below what is above the support")
      expect(law.survival(outside) == 0, "the survival above the support is not zero")
      expect(law.logDensity(outside) == -.infinity, "no density above the support")
    }
    expect(support.contains(law.quantile(0)) && support.contains(law.quantile(1)), "the ends")
  }

  /// The quantiles of the probabilities, ascending.
  private var points: [Double] {
    Self.probabilities.map(entry.distribution.quantile)
      + Self.probabilities.reversed().map(entry.distribution.upperQuantile)
  }

  mutating func tailsAreComplements() {
    var previous = (x: -Double.infinity, cdf: 0.0, survival: 1.0)
    for x in points {
      let (cdf, survival) = (entry.distribution.cdf(x), entry.distribution.survival(x))
      expect(
        cdf >= 0 && cdf <= 1 && survival >= 0 && survival <= 1, "a tail at \(x) is no probability")
      expect(abs(cdf + survival - 1) < 1e-15, "tails at \(x) sum to 1 + \(cdf + survival - 1)")
      // Up to the rounding of neighbouring values.
      expect(x >= previous.x - 1e-14 * abs(x), "quantiles fall from \(previous.x) to \(x)")
      expect(cdf >= previous.cdf * (1 - 1e-12), "the cdf falls before \(x)")
      expect(survival <= previous.survival * (1 + 1e-12), "the survival rises before \(x)")
      previous = (x, cdf, survival)
    }
  }

  /// Where the tails are doubles, and on from there.
  mutating func logarithmsFollowTails() {
    let law = entry.distribution
    for x in points {
      let (cdf, survival) = (law.cdf(x), law.survival(x))
      let (logCDF, logSurvival) = (law.logCDF(x), law.logSurvival(x))
      let expected = (cdf < 0.5 ? log(cdf) : log1p(-survival), log1p(-cdf))
      expect(relativeError(logCDF, expected.0) < 1e-12, "logCDF(\(x)) is \(logCDF)")
      expect(
        relativeError(logSurvival, cdf < 0.5 ? expected.1 : log(survival)) < 1e-12,
        "logSurvival(\(x)) is \(logSurvival)")
      expect(
        relativeError(law.density(x), exp(law.logDensity(x))) < 2e-13 || !law.density(x).isNormal,
        "the density at \(x) is \(law.density(x))")
    }
    let (low, high) = (law.quantile(1e-300), law.upperQuantile(1e-300))
    let (below, above) = (3 * low - 2 * law.quantile(0.5), 3 * high - 2 * law.quantile(0.5))
    if below >= entry.support.lowerBound && below.isFinite && below < low {
      let logarithm = law.logCDF(below)
      expect(logarithm.isFinite && logarithm <= law.logCDF(low), "logCDF ends at \(below)")
    }
    if above < entry.support.upperBound && above.isFinite && above > high {
      let logarithm = law.logSurvival(above)
      expect(
        logarithm.isFinite && logarithm <= law.logSurvival(high), "logSurvival ends at \(above)")
    }
  }

  mutating func quantilesInvertTails() {
    let law = entry.distribution
    for p in Self.probabilities {
      let (low, high) = (law.quantile(p), law.upperQuantile(p))
      expect(entry.support.contains(low), "the quantile of \(p) lies outside the support")
      expect(entry.support.contains(high), "the upper quantile of \(p) lies outside the support")
      if entry.isLattice {
        expect(law.cdf(low) >= p && law.cdf(low - 1) < p, "quantile(\(p)) is not the least")
        expect(law.survival(high) <= p && law.survival(high - 1) > p, "upperQuantile(\(p))")
      } else {
        expect(brackets(p, low, law.cdf), "cdf(quantile(\(p))) is \(law.cdf(low))")
        expect(brackets(p, high, law.survival), "survival(upperQuantile(\(p)))")
      }
    }
  }

  /// Whether `p` lies between the tails of the neighbours of `x`, give or take their rounding.
  private func brackets(_ p: Double, _ x: Double, _ tail: (Double) -> Double) -> Bool {
    // A quantile too small for a double is zero.
    let near = max(abs(x) * 4 * Double.ulpOfOne, .leastNormalMagnitude)
    // One too great for a double is infinite.
    let limit = Double.greatestFiniteMagnitude
    let around = x.isFinite ? [x - near, x, x + near] : [x, min(max(x, -limit), limit)]
    let ends = around.map(tail)
    guard let low = ends.min(), let high = ends.max() else { return false }
    return low * (1 - 3e-13) <= p && p <= high * (1 + 3e-13)
  }
}

extension LawCheck {
  mutating func massesAddUp() {
    var (sum, mean, square) = (0.0, 0.0, 0.0)
    var x = entry.support.lowerBound
    let end = min(entry.support.upperBound, entry.distribution.upperQuantile(1e-30))
    while x <= end {
      let mass = exp(entry.distribution.logDensity(x))
      sum += mass
      mean += mass * x
      square += mass * x * x
      expect(abs(sum - entry.distribution.cdf(x)) < 1e-12, "masses up to \(x) sum to \(sum)")
      x += 1
    }
    expectMoments(mean, square - mean * mean)
  }

  mutating func densityIntegrates() {
    let law = entry.distribution
    // Between quantiles so close that sixteen nodes integrate the density.
    let grid = (1...39).map { Double($0) / 80 }
    let outer = [1e-16, 1e-14, 1e-12, 1e-10, 1e-8, 1e-6, 1e-5, 1e-4, 1e-3, 3e-3, 6e-3]
    let points =
      (outer + grid).map(law.quantile) + [law.quantile(0.5)]
      + (outer + grid).reversed().map(law.upperQuantile)
    let rule = GaussLegendre(count: 24)
    var (mean, square) = (0.0, 0.0)
    let center = entry.mean ?? 0
    for (low, high) in zip(points, points.dropFirst()) where low < high {
      let mass = rule.integrate(from: low, to: high) { exp(law.logDensity($0)) }
      let expected =
        law.cdf(high) < 0.5 ? law.cdf(high) - law.cdf(low) : law.survival(low) - law.survival(high)
      // Where the density changes by orders, such as at the ends of shapes below 1, a polynomial
      // cannot follow it; there the inverse pair has to do.
      if distanceRatio(low, high) < 8 {
        expect(abs(mass - expected) < 1e-10, "\(low)...\(high) has mass \(mass), not \(expected)")
      }
      mean += rule.integrate(from: low, to: high) { exp(law.logDensity($0)) * ($0 - center) }
      square += rule.integrate(from: low, to: high) {
        exp(law.logDensity($0)) * ($0 - center) * ($0 - center)
      }
    }
    if entry.mean != nil { expectMoments(center + mean, square - mean * mean) }
  }

  /// How many times farther from 0 and from the ends of the support one point is than the other.
  private func distanceRatio(_ low: Double, _ high: Double) -> Double {
    if low * high < 0 { return 1 }
    let ends = [0, entry.support.lowerBound, entry.support.upperBound].filter(\.isFinite)
    let ratios = ends.map { end in
      max(abs(low - end), abs(high - end)) / min(abs(low - end), abs(high - end))
    }
    return ratios.max() ?? 1
  }

  private mutating func expectMoments(_ mean: Double, _ variance: Double) {
    guard let expectedMean = entry.mean, let expectedVariance = entry.variance else { return }
    let spread = expectedVariance.squareRoot()
    expect(abs(mean - expectedMean) <= 1e-8 * spread, "the mean is \(mean), not \(expectedMean)")
    expect(
      abs(variance - expectedVariance) <= 1e-7 * expectedVariance,
      "the variance is \(variance), not \(expectedVariance)")
  }

  /// The closed entropy is `−E ln f`.
  mutating func entropyIsExpected() {
    guard let entropy = entry.entropy else { return }
    let law = entry.distribution
    var sum = 0.0
    if entry.isLattice {
      var x = entry.support.lowerBound
      while x <= entry.support.upperBound {
        if law.density(x) > 0 { sum -= law.density(x) * law.logDensity(x) }
        x += 1
      }
    } else {
      let tails = [1e-280, 1e-200, 1e-120, 1e-80, 1e-50, 1e-30, 1e-20, 1e-12, 1e-6, 1e-3, 0.05]
      let ends =
        tails.map(law.quantile) + [law.quantile(0.5)] + tails.reversed().map(law.upperQuantile)
      for (low, high) in zip(ends, ends.dropFirst()) where low < high {
        sum +=
          AdaptiveQuadrature().integrate(from: low, to: high) { x in
            let density = law.density(x)
            return density > 0 ? -density * law.logDensity(x) : 0
          }.value
      }
    }
    expect(abs(sum - entropy) < 1e-9, "the entropy is \(sum), not \(entropy)")
  }

  /// The bound is that of Massart (1990), *Annals of Probability* 18, 1269–1283; it holds for lattices
  /// too.
  mutating func drawsFollow(draws count: Int, falseAlarmRate: Double, seed: UInt64) {
    var rng = Philox(StreamKey(seed: seed, purpose: .world))
    let draws = (0..<count).map { _ in entry.draw(&rng) }.sorted()
    expect(draws.allSatisfy(entry.support.contains), "a draw lies outside the support")
    let bound = (log(2 / falseAlarmRate) / (2 * Double(count))).squareRoot()
    var (distance, index) = (0.0, 0)
    while index < count {
      let x = draws[index]
      let below = Double(index) / Double(count)
      while index < count, draws[index] == x { index += 1 }
      let cdf = entry.distribution.cdf(x)
      let cdfBelow = entry.isLattice ? entry.distribution.cdf(x - 1) : cdf
      distance = max(distance, abs(Double(index) / Double(count) - cdf), abs(below - cdfBelow))
    }
    expect(distance < bound, "draws are \(distance) off the cdf, of \(bound) allowed")
  }
}
