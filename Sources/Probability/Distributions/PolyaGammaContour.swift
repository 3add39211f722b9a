#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The density or a tail of a Pólya-gamma distribution, as an integral along a path in the complex plane.
///
///     f(x) = 1/(2πi) ∫ M(t) exp(tx) dt,   M(t) = E exp(−tω)
///
/// A tail has M(t)/t: the lower one where the path passes zero on the right, the upper one, with a
/// minus, on the left. The path is the parabola `t = t₀ + iu − κu²` through the saddle point on the real
/// line, which bends round the poles like that of steepest descent. There the integrand is greatest at
/// the saddle point, so that nothing cancels, and decays like a normal density, so that the
/// trapezoidal rule converges faster than any power of its step.
///
/// Reference: Trefethen and Weideman (2014), *SIAM Review* 56, 385–458, section 15.
struct PolyaGammaContour {
  /// What is integrated.
  enum Part { case density, lowerTail, upperTail }

  private let shape: Double
  private let half: Double
  private let x: Double
  private let part: Part
  /// The saddle point as the root of `c²/4 + t₀/2`; minus its size where that is imaginary.
  private let saddle: Double

  init(_ law: PolyaGammaDistribution, at x: Double, _ part: Part) {
    (shape, half) = (Double(law.trials), 0.5 * abs(law.tilt))
    (self.x, self.part) = (x, part)
    saddle = Self.saddle(shape, half, x, part)
  }

  /// The integral; the near tail where that is asked for.
  var integral: SplitTails {
    let t0 = Self.argument(saddle, half)
    let variance = tiltedVariance
    let curvature = part == .density ? variance : variance + 1 / (t0 * t0)
    // The third cumulant is between 2 and 3 times variance²/mean.
    let bend = 0.4 * variance / Self.tiltedMean(saddle, shape)
    var step = 0.5 / curvature.squareRoot()
    var sum = 0.5 + terms(from: 1, by: step, bend, t0)
    while true {
      let finer = sum + terms(from: 0.5, by: step, bend, t0)
      let isDone = abs(0.5 * finer - sum) <= 1e-8 * sum || step * step * curvature < 1e-8
      (step, sum) = (0.5 * step, finer)
      if isDone { break }
    }
    let exponent = logTransformAtSaddle + x * t0
    return SplitTails(
      coefficient: step * sum / .pi, exponent: exponent,
      ratio: part == .density ? 1 : 1 / abs(t0), nearIsLower: part == .lowerTail)
  }

  /// The integrand relative to that at the saddle point, summed over `(start + k) step` for `k` ≥ 0.
  private func terms(from start: Double, by step: Double, _ bend: Double, _ t0: Double) -> Double {
    var (sum, index) = (0.0, start)
    while true {
      let u = step * index
      let move = (re: -bend * u * u, im: u)
      let growth = logTransform(movedBy: move)
      // (1/i) dt/du is 1 + 2iκu; a tail has t₀/t besides.
      var factor = (re: 1.0, im: 2 * bend * u)
      if part != .density {
        let (re, im) = (1 + move.re / t0, move.im / t0)
        let square = re * re + im * im
        factor = (
          (factor.re * re + factor.im * im) / square, (factor.im * re - factor.re * im) / square
        )
      }
      let size = exp(growth.re + x * move.re)
      let angle = growth.im + x * move.im
      sum += size * (factor.re * cos(angle) - factor.im * sin(angle))
      if size * (abs(factor.re) + abs(factor.im)) < 1e-18 { return sum }
      index += 1
    }
  }

  /// `ln M(t₀ + move) − ln M(t₀)`, up to a multiple of 2πi.
  private func logTransform(movedBy move: (re: Double, im: Double)) -> (re: Double, im: Double) {
    // The root v of c²/4 + t/2, in the right half-plane.
    let square = (re: saddle * abs(saddle) + 0.5 * move.re, im: 0.5 * move.im)
    let size = hypot(square.re, square.im)
    let large = (0.5 * (size + abs(square.re))).squareRoot()
    let small = 0.5 * square.im / large
    let v = square.re >= 0 ? (re: large, im: small) : (re: small, im: large)
    guard v.re > 1, saddle > 1 else {
      let (sine, cosine) = (sinh(v.re), cos(v.im))
      let logSize = 0.5 * log(sine * sine + cosine * cosine)
      let angle = atan2(sine * sin(v.im), cosh(v.re) * cosine)
      return (-shape * (logSize - logCosh(saddle)), -shape * angle)
    }
    // cosh v = ½ exp(v) (1 + exp(−2v)), and v − v₀ without cancellation.
    let (sum, sumSize) = (v.re + saddle, hypot(v.re + saddle, v.im))
    let (p, q) = (sum / sumSize, v.im / sumSize)
    let change = (
      re: 0.5 * (move.re * p + move.im * q) / sumSize,
      im: 0.5 * (move.im * p - move.re * q) / sumSize
    )
    let decay = exp(-2 * v.re)
    let (re, im) = (decay * cos(2 * v.im), -decay * sin(2 * v.im))
    let logSize = change.re + 0.5 * log1p(2 * re + decay * decay) - log1p(exp(-2 * saddle))
    return (-shape * logSize, -shape * (change.im + atan2(im, 1 + re)))
  }

  private var logTransformAtSaddle: Double {
    guard saddle > 1, half > 1 else { return shape * (logCosh(half) - logCosh(saddle)) }
    return shape * (half - saddle + log1p(exp(-2 * half)) - log1p(exp(-2 * saddle)))
  }

  /// The variance of the distribution that is tilted to the saddle point, roughly.
  private var tiltedVariance: Double {
    let z = abs(saddle)
    if z < 0.02 { return shape / 24 }
    let difference =
      saddle > 0 ? tanh(z) - z / (cosh(z) * cosh(z)) : z / (cos(z) * cos(z)) - tan(z)
    return shape * difference / (16 * z * z * z)
  }
}

extension PolyaGammaContour {
  /// The point on the real line at which the integrand is least.
  private static func saddle(_ shape: Double, _ half: Double, _ x: Double, _ part: Part) -> Double {
    // The double below π/2, the place of the pole.
    let pole = -1.5707963267948966
    let margin = 1 + 1e-9
    switch part {
    case .density:
      // The tilted mean is x; it is at most b/(4v).
      let reach = margin * shape / (4 * x)
      return findRoot(from: pole, to: reach) { log(x / tiltedMean($0, shape)) } ?? reach
    case .lowerTail:
      let reach = margin * max(shape / (2 * x), (half * half + 1 / x).squareRoot())
      return findRoot(from: half, to: reach) { tailSlope($0, shape, half, x) } ?? reach
    case .upperTail:
      return findRoot(from: pole, to: half) { tailSlope($0, shape, half, x) } ?? pole
    }
  }

  /// `t` times the derivative of `ln M(t) + tx − ln |t|`, which rises away from zero.
  private static func tailSlope(
    _ saddle: Double, _ shape: Double, _ half: Double, _ x: Double
  ) -> Double {
    argument(saddle, half) * (x - tiltedMean(saddle, shape)) - 1
  }

  /// `t = 2 (v² − c²/4)`.
  private static func argument(_ saddle: Double, _ half: Double) -> Double {
    saddle >= 0 ? 2 * (saddle - half) * (saddle + half) : -2 * (saddle * saddle + half * half)
  }

  /// `−(ln M)'(t) = b tanh(v)/(4v)`.
  private static func tiltedMean(_ saddle: Double, _ shape: Double) -> Double {
    let z = abs(saddle)
    if z < 1e-8 { return 0.25 * shape }
    return 0.25 * shape * (saddle > 0 ? tanh(z) : tan(z)) / z
  }
}

/// `ln cosh v`, or `ln cos |v|` for a negative `v`.
private func logCosh(_ v: Double) -> Double {
  if v > 1 { return v - logTwo + log1p(exp(-2 * v)) }
  let half = v > 0 ? sinh(0.5 * v) : sin(0.5 * v)
  return log1p(v > 0 ? 2 * half * half : -2 * half * half)
}
