#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
public import Probability

/// A law of one session's outcome, for worlds in which tests are calibrated.
public enum OutcomeLaw: Hashable, Sendable {
  /// A normal law.
  case normal(mean: Double, deviation: Double)
  /// The exponential of a normal law of mean zero: at a `sigma` of 2 revenue as it is, with a
  /// coefficient of variation of 7.3 and a skewness of 414.
  case lognormal(sigma: Double)
  /// An exponential law.
  case exponential(mean: Double)
  /// 1 with a probability, else 0.
  case bernoulli(rate: Double)

  /// The law in words.
  public var name: String {
    switch self {
    case .normal(let mean, let deviation): "normal, mean \(mean), deviation \(deviation)"
    case .lognormal(let sigma): "lognormal, sigma \(sigma)"
    case .exponential(let mean): "exponential, mean \(mean)"
    case .bernoulli(let rate): "Bernoulli, rate \(rate)"
    }
  }

  /// The mean of the law.
  public var mean: Double {
    switch self {
    case .normal(let mean, _): mean
    case .lognormal(let sigma): exp(0.5 * sigma * sigma)
    case .exponential(let mean): mean
    case .bernoulli(let rate): rate
    }
  }

  /// Draws one outcome.
  public func draw(using rng: inout Philox) -> Double {
    switch self {
    case .normal(let mean, let deviation): mean + deviation * StandardNormal.draw(using: &rng)
    case .lognormal(let sigma): exp(sigma * StandardNormal.draw(using: &rng))
    case .exponential(let mean): -mean * log(rng.positiveUniform())
    case .bernoulli(let rate): rng.uniform() < rate ? 1 : 0
    }
  }

  func moments(_ count: Int, using rng: inout Philox) -> Moments {
    var moments = Moments()
    for _ in 0..<count { moments.add(draw(using: &rng)) }
    return moments
  }

  func sample(_ count: Int, using rng: inout Philox) -> [Double] {
    (0..<count).map { _ in draw(using: &rng) }
  }
}
