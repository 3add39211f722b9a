#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// The mixture for sums of bounded steps: deviations that reach `g` below and `h` above their mean.
///
///     ψ(λ) = ln[(g exp(hλ) + h exp(−gλ))/(g + h)]/(gh)
///     m(s, v) = (g + h)^n g^(−S) h^(−F) Bₓ(F + a, S + b)/Bₓ(a, b)
///
/// with `n = v/(gh)` trials, `S = (v + hs)/(h(g + h))` successes, `F = n − S` failures, and
/// `a = r/(g(g + h))`, `b = r/(h(g + h))`; `x` is `h/(g + h)` if one-sided and 1 if two-sided. Bernoulli
/// trials of probability `p` are `g = p`, `h = 1 − p`.
///
/// Reference: Howard, Ramdas, McAuliffe and Sekhon (2021), *Annals of Statistics* 49, propositions 7, 8.
public struct BetaBinomialMixture: MixtureMartingale, Hashable {
  /// How far a step reaches below its mean, `g`.
  public let below: Double
  /// How far a step reaches above its mean, `h`.
  public let above: Double
  /// The precision `r` of the mixing law.
  public let precision: Double
  /// Which sums speak against the null.
  public let sides: TestSides

  /// Creates a mixture from the reach of a step and its precision, all positive and finite.
  public init(below g: Double, above h: Double, precision r: Double, sides: TestSides) {
    precondition(g > 0 && h > 0 && (g + h).isFinite, "a step reaches both below and above its mean")
    precondition(r > 0 && r.isFinite, "the precision of a mixture is positive and finite")
    below = g
    above = h
    precision = r
    self.sides = sides
  }

  /// Creates a mixture tuned, nearly, for an intrinsic time: `r = ρ − gh`, at least `gh/1000`, with `ρ`
  /// that of a normal mixture.
  public init(
    below g: Double, above h: Double, tunedFor v: Double, alpha: Double = 0.05,
    sides: TestSides = .two, tuning: MixtureTuning = .exact
  ) {
    let normal = NormalMixture(tunedFor: v, alpha: alpha, sides: sides, tuning: tuning)
    self.init(
      below: g, above: h, precision: max(normal.rho - g * h, 1e-3 * g * h), sides: sides)
  }

  /// The greatest sum, at which every trial succeeded: `v/g`.
  public func greatestSum(variance v: Double) -> Double { v / below }

  public func logEValue(sum s: Double, variance v: Double) -> Double {
    let (g, h) = (below, above)
    let width = g + h
    let (success, failure) = (g / width, h / width)
    precondition(s <= v / g * (1 + 1e-12) && s >= -v / h * (1 + 1e-12), "a sum is within its steps")
    let (trials, excess) = (v / (g * h), s / width)
    let concentration = precision / (g * h)
    var mixture = DirichletLogEValue(total: trials, concentration: concentration)
    let successes = max(0, trials * success + excess)
    let failures = max(0, trials * failure - excess)
    mixture.add(successes, share: success, excess: excess)
    mixture.add(failures, share: failure, excess: -excess)
    guard sides == .one else { return mixture.value }
    let (a, b) = (concentration * failure, concentration * success)
    let (prior, posterior) = (RegularizedBeta(a, b), RegularizedBeta(a + failures, b + successes))
    return mixture.value + (posterior.logLower(failure) - prior.logLower(failure))
  }
}
