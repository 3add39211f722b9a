#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The Pólya-gamma distribution, which makes logistic regression conditionally normal.
///
///     ω = 1/(2π²) Σₖ gₖ / ((k − ½)² + c²/(4π²)),   gₖ ~ Gamma(b),   k ≥ 1
///     E exp(−tω) = (cosh(c/2) / cosh √(c²/4 + t/2))ᵇ
///
/// Reference: Polson, Scott and Windle (2013), *Journal of the American Statistical Association* 108,
/// 1339–1349.
public struct PolyaGammaDistribution: Hashable, Sendable {
  /// The shape `b`: a number of trials.
  public let trials: Int
  /// The tilt `c`: a log-odds.
  public let tilt: Double

  /// Creates a Pólya-gamma distribution of at least one trial and a finite tilt.
  public init(trials: Int, tilt: Double) {
    precondition(trials > 0, "there is at least one trial")
    precondition(tilt.isFinite, "a tilt is finite")
    self.trials = trials
    self.tilt = tilt
  }

  /// `b tanh(c/2) / (2c)`; `b/4` without a tilt.
  public var mean: Double {
    let half = 0.5 * abs(tilt)
    return 0.25 * Double(trials) * (half < 1e-8 ? 1 : tanh(half) / half)
  }
  /// `b (2 tanh(c/2) − c sech²(c/2)) / (4c³)`; `b/24` without a tilt.
  public var variance: Double {
    let c = abs(tilt)
    if c < 0.05 {
      // Its series: the difference above begins with c³/6.
      let square = c * c
      return Double(trials) / 24 * (1 - square / 5 + square * square * 17 / 560)
    }
    let sech = 1 / cosh(0.5 * c)
    return Double(trials) * (2 * tanh(0.5 * c) - c * sech * sech) / (4 * c * c * c)
  }

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
