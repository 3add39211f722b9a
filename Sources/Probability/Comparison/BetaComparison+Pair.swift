#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension BetaComparison {
  /// P(A > B) for independent proportions A and B, with a small relative error also where it is
  /// tiny.
  ///
  ///     P(A > B) = ∫ f_A F_B = ∫ f_B (1 − F_A)
  ///
  /// On the log-odds both integrands are log-concave. The one whose heavier end decays faster is
  /// integrated from its mode by the trapezoidal rule in `u`, where `s = mode + width · sinh u`.
  public static func probabilityGreater(
    _ a: BetaDistribution, than b: BetaDistribution
  ) -> Double {
    if a == b { return 0.5 }
    if a.mean > b.mean { return 1 - exceedance(b, a) }
    return exceedance(a, b)
  }

  /// P(A > B) where it is not the larger of the two.
  private static func exceedance(_ a: BetaDistribution, _ b: BetaDistribution) -> Double {
    let integrand =
      a.beta >= b.alpha
      ? PairIntegrand(density: a, lowerTail: b)
      : PairIntegrand(
        density: BetaDistribution(alpha: b.beta, beta: b.alpha),
        lowerTail: BetaDistribution(alpha: a.beta, beta: a.alpha))
    return min(integrand.integral(), 1)
  }
}

/// The product of one beta density and another's lower tail, on the log-odds.
private struct PairIntegrand {
  let density: RegularizedBeta
  let tail: RegularizedBeta

  init(density: BetaDistribution, lowerTail: BetaDistribution) {
    self.density = RegularizedBeta(density.alpha, density.beta)
    tail = RegularizedBeta(lowerTail.alpha, lowerTail.beta)
  }

  /// The logarithm of the product at log-odds `s`, and its slope.
  func logValue(_ s: Double) -> (value: Double, slope: Double) {
    if s < -600 {
      // The leading terms.
      let rate = density.a + tail.a
      let constant = logBeta(density.a, density.b) + logBeta(tail.a, tail.b) + log(tail.a)
      return (rate * s - constant, rate)
    }
    if s > 600 { return (-density.b * s - logBeta(density.a, density.b), -density.b) }
    let (x, y) = (1 / (1 + exp(-s)), 1 / (1 + exp(s)))
    let (tails, shift) = (tail.tails(at: x, y), density.shift(x, y))
    let logTail = tails.logLower
    return (
      log(density.peak) + density.exponent(x, y, shift) + logTail,
      shift + exp(tails.logMass - logTail)
    )
  }

  func integral() -> Double {
    let mode = self.mode()
    let top = logValue(mode).value
    // The width at which the product has fallen by about a half, on its steeper side.
    var width = 4.0
    while min(logValue(mode - width).value, logValue(mode + width).value) < top - 2 { width /= 2 }

    // Halve the step until two sums agree; the error of the last is then the square of that.
    var step = 0.25
    var sum =
      1 + side(1, step, from: 1, by: 1, mode, width, top)
      + side(-1, step, from: 1, by: 1, mode, width, top)
    var previous = 0.0
    repeat {
      previous = sum
      step /= 2
      sum =
        sum + side(1, step, from: 1, by: 2, mode, width, top)
        + side(-1, step, from: 1, by: 2, mode, width, top)
    } while abs(sum - 2 * previous) > 1e-8 * sum && step > 0.001
    return exp(top) * sum * step * width
  }

  /// The sum over the nodes of one side, of `exp(value − top) cosh u`.
  private func side(
    _ sign: Double, _ step: Double, from first: Int, by stride: Int,
    _ mode: Double, _ width: Double, _ top: Double
  ) -> Double {
    var (sum, index) = (0.0, first)
    while true {
      let u = step * Double(index)
      let term = exp(logValue(mode + sign * width * sinh(u)).value - top) * cosh(u)
      sum += term
      if term < 1e-18 { return sum }
      index += stride
    }
  }

  /// Where the slope, which falls, is zero.
  private func mode() -> Double {
    var (low, high) = (-1.0, 1.0)
    while logValue(low).slope < 0 { low *= 2 }
    while logValue(high).slope > 0 { high *= 2 }
    while high - low > 1e-6 * max(1, abs(low)) {
      let middle = (low + high) / 2
      if logValue(middle).slope > 0 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
