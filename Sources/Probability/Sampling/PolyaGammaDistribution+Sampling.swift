#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension PolyaGammaDistribution {
  /// A draw, as the sum of one for each trial; O(*b*).
  public func draw(using rng: inout Philox) -> Double {
    let sampler = JacobiSampler(tilt: 0.5 * abs(tilt))
    return (0..<trials).reduce(0) { sum, _ in sum + 0.25 * sampler.draw(using: &rng) }
  }
}

/// Draws from the tilted Jacobi distribution J*(1, z), whose density is an alternating series.
///
/// The notation is that of the reference, section 4 and its supplement.
private struct JacobiSampler {
  let z: Double
  private let rate: Double
  /// The probability of the exponential piece beyond `t`.
  private let right: Double
  private static let t = 0.64

  init(tilt: Double) {
    z = tilt
    rate = .pi * .pi / 8 + 0.5 * z * z
    let t = Self.t
    let root = t.squareRoot()
    let p = .pi / (2 * rate) * exp(-rate * t)
    // exp(2z) Φ(−…) on logarithms, lest it overflow.
    let inverseGaussian =
      StandardNormal.cdf((t * z - 1) / root)
      + exp(2 * z + StandardNormal.logCDF(-(t * z + 1) / root))
    let q = 2 * exp(-z) * inverseGaussian
    right = p / (p + q)
  }

  func draw(using rng: inout Philox) -> Double {
    while true {
      let x =
        rng.uniform() < right
        ? Self.t + ExponentialDistribution.standardDraw(using: &rng) / rate
        : truncatedInverseGaussian(using: &rng)
      // The partial sums enclose the density ever closer.
      var sum = term(0, x)
      let y = rng.uniform() * sum
      var n = 0
      while true {
        n += 1
        if n % 2 == 1 {
          sum -= term(n, x)
          if y < sum { return x }
        } else {
          sum += term(n, x)
          if y > sum { break }
        }
      }
    }
  }

  private func term(_ n: Int, _ x: Double) -> Double {
    let k = Double(n) + 0.5
    if x > Self.t { return .pi * k * exp(-0.5 * k * k * .pi * .pi * x) }
    let ratio = 2 / (.pi * x)
    return ratio * ratio.squareRoot() * .pi * k * exp(-2 * k * k / x)
  }

  /// A draw of the inverse Gaussian law of mean 1/z and shape 1, given that it is below `t`.
  private func truncatedInverseGaussian(using rng: inout Philox) -> Double {
    let t = Self.t
    if z * t < 1 {
      while true {
        let e = ExponentialDistribution.standardDraw(using: &rng)
        if e * e > 2 * ExponentialDistribution.standardDraw(using: &rng) / t { continue }
        let x = t / ((1 + t * e) * (1 + t * e))
        if rng.uniform() <= exp(-0.5 * z * z * x) { return x }
      }
    }
    let mean = 1 / z
    while true {
      let normal = StandardNormal.draw(using: &rng)
      let y = mean * normal * normal
      var x = mean * (1 + 0.5 * y - 0.5 * (4 * y + y * y).squareRoot())
      if rng.uniform() > mean / (mean + x) { x = mean * mean / x }
      if x <= t && x > 0 { return x }
    }
  }
}
