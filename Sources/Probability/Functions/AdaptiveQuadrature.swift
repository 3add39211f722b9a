#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Adaptive quadrature by Gauss and Kronrod's pair of 7 and 15 nodes: the panel whose two answers
/// differ most is halved until the differences are small beside the integral.
///
/// Reference: Piessens, de Doncker-Kapenga, Überhuber and Kahaner (1983), *QUADPACK*, QAG.
public struct AdaptiveQuadrature: Hashable, Sendable {
  /// The error to stop at, relative to the integral.
  public var relativeError = 1e-14
  /// The error to stop at if that is larger.
  public var absoluteError = 0.0
  /// The number of panels after which to stop.
  public var panelLimit = 500

  /// An integral with what is known of its error.
  public struct Estimate: Hashable, Sendable {
    /// The integral.
    public let value: Double
    /// About how far off the value may be, apart from the rounding of the function.
    public let error: Double
    /// Whether the error is as small as was asked for, or as rounding allows.
    public let isConverged: Bool
  }

  /// Creates a rule with the default settings.
  public init() {}

  /// The integral of a function from `lower` to `upper`, either of which may be infinite.
  ///
  /// The function is never evaluated at the ends. It should be finite between them; where it is
  /// not, the estimate is not converged.
  public func integrate(
    from lower: Double, to upper: Double, _ function: (Double) -> Double
  ) -> Estimate {
    precondition(lower <= upper, "an integral runs upwards")
    if lower.isFinite && upper.isFinite { return integrate(over: [lower, upper], function) }
    // x = t/(1 − t²) takes −1...1 to the whole line.
    let ends = [lower, upper].map { end in
      if end.isInfinite { return end > 0 ? 1.0 : -1.0 }
      return 2 * end / (1 + hypot(1, 2 * end))
    }
    return integrate(over: lower < 0 && upper > 0 ? [ends[0], 0, ends[1]] : ends) { t in
      let rest = (1 - t) * (1 + t)
      return function(t / rest) * (1 + t * t) / (rest * rest)
    }
  }

  /// The integral over neighbouring panels, for a caller who knows where a function changes.
  ///
  /// - Parameters:
  ///   - ends: The finite ends of the panels, ascending.
  ///   - function: A function that is finite between the ends.
  /// - Returns: The integral over all panels.
  public func integrate(over ends: [Double], _ function: (Double) -> Double) -> Estimate {
    var panels = zip(ends, ends.dropFirst()).map { Panel(from: $0, to: $1, function) }
    while true {
      let value = panels.reduce(0) { $0 + $1.value }
      let error = panels.reduce(0) { $0 + $1.error }
      let wanted = max(absoluteError, relativeError * abs(value))
      guard let worst = panels.indices.max(by: { panels[$0].error < panels[$1].error }) else {
        return Estimate(value: 0, error: 0, isConverged: true)
      }
      let panel = panels[worst]
      let middle = 0.5 * (panel.lower + panel.upper)
      let isConverged = error <= wanted
      let isStuck = panels.count >= panelLimit || !(middle > panel.lower && middle < panel.upper)
      if isConverged || isStuck || !error.isFinite {
        return Estimate(
          value: value.isFinite ? value : 0, error: error.isFinite ? error : .infinity,
          isConverged: isConverged)
      }
      panels[worst] = Panel(from: panel.lower, to: middle, function)
      panels.append(Panel(from: middle, to: panel.upper, function))
    }
  }
}

/// One panel of an adaptive rule.
private struct Panel {
  let lower: Double
  let upper: Double
  /// The integral by 15 nodes.
  let value: Double
  /// An estimate of its error; zero where only rounding is left.
  let error: Double

  init(from lower: Double, to upper: Double, _ function: (Double) -> Double) {
    (self.lower, self.upper) = (lower, upper)
    let (center, half) = (0.5 * (lower + upper), 0.5 * (upper - lower))
    var values = InlineArray<15, Double>(repeating: 0)
    for index in 0..<7 {
      values[index] = function(center - half * nodes[index])
      values[14 - index] = function(center + half * nodes[index])
    }
    values[7] = function(center)
    var (kronrod, gauss, size) = (values[7] * weights[7], values[7] * gaussWeights[3], 0.0)
    for index in 0..<7 {
      let pair = values[index] + values[14 - index]
      kronrod += weights[index] * pair
      if index % 2 == 1 { gauss += gaussWeights[index / 2] * pair }
    }
    var spread = weights[7] * abs(values[7] - 0.5 * kronrod)
    for index in 0..<15 {
      let weight = weights[min(index, 14 - index)]
      size += weight * abs(values[index])
      if index != 7 { spread += weight * abs(values[index] - 0.5 * kronrod) }
    }
    value = half * kronrod
    // QUADPACK's rule: the 15 nodes are much better than their difference from the 7.
    let difference = abs(kronrod - gauss)
    let ratio = spread > 0 ? 200 * difference / spread : 0
    let scaled = ratio < 1 ? spread * ratio * ratio.squareRoot() : spread
    error = difference <= 1e-15 * size ? 0 : half * max(scaled, 1e-16 * size)
  }
}

/// The positive nodes of Kronrod's 15, descending; every second is one of Gauss's 7.
private let nodes: InlineArray<7, Double> = [
  0.9914553711208126, 0.9491079123427585, 0.8648644233597691, 0.7415311855993945,
  0.5860872354676911, 0.4058451513773972, 0.20778495500789848,
]

/// Kronrod's weights, of the nodes and of 0.
private let weights: InlineArray<8, Double> = [
  0.022935322010529224, 0.06309209262997856, 0.10479001032225019, 0.14065325971552592,
  0.1690047266392679, 0.19035057806478542, 0.20443294007529889, 0.20948214108472782,
]

/// Gauss's weights, of his nodes and of 0.
private let gaussWeights: InlineArray<4, Double> = [
  0.1294849661688697, 0.27970539148927664, 0.3818300505051189, 0.4179591836734694,
]
