#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension StudentizedMaximumDistribution {
  /// What is integrated.
  enum Part { case cdf, survival, density }

  /// The logarithm of a tail or of the density at `c`, where that is too small for a double.
  ///
  /// Given the deviation, each is a sum of integrals whose integrands are log-concave in the shared
  /// variable; so the trapezoidal rule can be laid round their peaks.
  func logIntegral(_ part: Part, _ c: Double) -> Double {
    if degreesOfFreedom == .infinity { return logIntegral(part, deviation: 1, c) }
    let line = deviationLine(c)
    var high = line.high
    if part != .cdf || c < 0 {
      // In units of u = |c| s the integrand falls at least like u^ν exp(−u²/2), whose peak is at √ν.
      high = max(line.low, min(high, log((degreesOfFreedom.squareRoot() + 10) / abs(c))))
    }
    func terms(from start: Double, by step: Double) -> [Double] {
      (0...Int((high - line.low) / step)).map { index in
        let logS = line.low + step * (Double(index) + start)
        return line.logDensity(logS) + logIntegral(part, deviation: exp(logS), c)
      }
    }
    var step = line.step
    var sum = logSumExp(terms(from: 0, by: step))
    while true {
      let finer = logSumExp([sum, logSumExp(terms(from: 0.5, by: step))])
      let isDone = abs(finer - sum - logTwo) < 1e-7 || step < 1e-4
      (step, sum) = (0.5 * step, finer)
      if isDone { return log(step) + sum }
    }
  }

  /// The same where the deviation `S` is known.
  private func logIntegral(_ part: Part, deviation s: Double, _ c: Double) -> Double {
    let (bound, scales) = (c * s, loadings.map { ((1 - $0) * (1 + $0)).squareRoot() })
    let indices = loadings.indices
    func high(_ i: Int, _ y: Double) -> Double { (bound + loadings[i] * y) / scales[i] }
    func logInside(_ i: Int, _ y: Double) -> Double {
      sides == .one
        ? StandardNormal.logCDF(high(i, y))
        : logNormalMass(around: loadings[i] * y / scales[i], within: bound / scales[i])
    }
    // The sides are alike, so that both are twice one.
    let logSides = sides == .two ? logTwo : 0
    switch part {
    case .cdf:
      return logLine(bound, scales) { y in indices.reduce(0) { $0 + logInside($1, y) } }
    case .survival:
      // The first statistic that is beyond the bound is the i-th.
      return logSides
        + logSumExp(
          indices.map { i in
            logLine(bound, scales) { y in
              (0..<i).reduce(StandardNormal.logSurvival(high(i, y))) { $0 + logInside($1, y) }
            }
          })
    case .density:
      return logSides
        + logSumExp(
          indices.map { i in
            logLine(bound, scales) { y in
              indices.reduce(StandardNormal.logDensity(high(i, y)) + log(s / scales[i])) {
                $1 == i ? $0 : $0 + logInside($1, y)
              }
            }
          })
    }
  }

  /// `ln ∫ φ(y) exp(g(y)) dy` for a concave `g`.
  private func logLine(
    _ bound: Double, _ scales: [Double], _ logFactor: (Double) -> Double
  ) -> Double {
    func logTerm(_ y: Double) -> Double { StandardNormal.logDensity(y) + logFactor(y) }
    let reach = abs(bound) + 10
    let peak = findMinimum(from: -reach, to: reach) { -logTerm($0) }.point
    // The logarithm falls at least as fast as that of φ.
    let step = lineStep(scales)
    let count = Int(9.5 / step)
    return log(step) + logSumExp((-count...count).map { logTerm(peak + step * Double($0)) })
  }
}

/// `ln (Φ(center + half) − Φ(center − half))`.
private func logNormalMass(around center: Double, within half: Double) -> Double {
  guard half < 5e-4 else {
    return logNormalMass(from: center - half, to: center + half, width: 2 * half)
  }
  // φ at the centre, with the second term of its series.
  return log(2 * half) + StandardNormal.logDensity(center)
    + log1p((center * center - 1) * half * half / 6)
}
