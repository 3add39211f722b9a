internal import CKernels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A sweep over the log-odds `s = ln(x/(1 − x))` that knows the density and the survival of several
/// beta distributions at the nodes of each panel.
///
/// The density in `s`, `x^α (1 − x)^β / B(α, β)`, is log-concave whatever the shapes. The sweep runs
/// from where all survivals are zero downwards, and finds the survivals by integrating the
/// densities as it goes; panels are as wide as the narrowest density at hand allows.
struct BetaPanels {
  /// Where the sweep ends.
  enum End {
    /// Where one of the distributions has nothing left below, so that all cannot lie below.
    case commonSupport
    /// Where all have nothing left below.
    case anySupport
  }

  /// A number for each node of a panel.
  typealias Nodes = SIMD16<Double>

  /// What is known at the nodes of a panel.
  struct Panel {
    /// The weights of the nodes for an integral over `s`.
    var weights = Nodes.zero
    /// `dx/ds = x (1 − x)` at the nodes.
    var lengths = Nodes.zero
    /// The density of each distribution in `s`.
    var densities: [Nodes]
    /// P(X > x) for each distribution.
    var survivals: [Nodes]
  }

  /// One distribution, as the sweep sees it.
  private struct Arm {
    let function: RegularizedBeta
    /// Where its density has fallen by e⁻³⁷.
    let support: ClosedRange<Double>

    /// The logarithm of the density at a log-odds.
    func logDensity(_ s: Double, _ x: Double, _ y: Double) -> Double {
      if abs(s) < 600 {
        return log(function.peak) + function.exponent(x, y, function.shift(x, y))
      }
      return (s < 0 ? function.a : -function.b) * s - logBeta(function.a, function.b)
    }

    /// The width of a panel that sixteen nodes integrate to the last digits.
    func panelWidth(_ s: Double) -> Double {
      let (x, y) = (1 / (1 + exp(-s)), 1 / (1 + exp(s)))
      let curvature = (function.a + function.b) * x * y
      let slope = abs(function.a * y - function.b * x)
      return min(3 / (curvature + 1e-9).squareRoot(), 16 / (slope + 1e-9))
    }
  }

  private let arms: [Arm]

  init(_ distributions: [BetaDistribution]) {
    arms = distributions.map {
      let function = RegularizedBeta($0.alpha, $0.beta)
      let center = log($0.alpha / $0.beta)
      return Arm(
        function: function,
        support: center - Self.reach($0.alpha, $0.beta)...center + Self.reach($0.beta, $0.alpha))
    }
  }

  /// How far below its peak, at `ln(a/b)`, the density in `s` has fallen by e⁻³⁷.
  private static func reach(_ a: Double, _ b: Double) -> Double {
    let (x, y) = (a / (a + b), b / (a + b))
    // From a parabola on, Newton's method on the logarithm of the fall, which may grow like e^t.
    var reach = (74 / (a * y)).squareRoot()
    for _ in 0..<40 {
      // ln(f(0)/f(−t)) = a t + n ln(1 + x (e⁻ᵗ − 1)), and its derivative.
      let (rest, growth) = (x * exp(-reach), x * expm1(-reach))
      let fall = a * reach + (a + b) * (growth > -0.5 ? log1p(growth) : log(y + rest))
      if fall > 36 && fall < 40 { break }
      let slope = a - (a + b) * rest / (y + rest)
      reach *= exp(max(-1, min(1, log(37 / fall) * fall / (slope * reach))))
    }
    return reach
  }

  /// Visits the panels from right to left.
  func sweep(downTo end: End, _ visit: (Panel) -> Void) {
    let count = arms.count
    let lows = arms.map(\.support.lowerBound)
    let bottom = (end == .commonSupport ? lows.max() : lows.min()) ?? 0
    var right = arms.map(\.support.upperBound).max() ?? 0

    let (first, total) = (arms.map(\.function.a), arms.map { $0.function.a + $0.function.b })
    var levels = [Double](repeating: 0, count: count)
    var carry = levels
    let rule = SurvivalRule.shared
    let rows = [Nodes](repeating: .zero, count: count)
    var panel = Panel(densities: rows, survivals: rows)

    while right > bottom {
      let half = min(width(at: right), right - bottom) / 2
      let center = right - half
      let (x, y) = (1 / (1 + exp(-center)), 1 / (1 + exp(center)))
      for arm in 0..<count { levels[arm] = arms[arm].logDensity(center, x, y) }
      let growth = half * rule.nodes
      var decline = Nodes.zero
      for node in 0..<Nodes.scalarCount {
        decline[node] = Self.logComplementGrowth(growth[node], center, x, y)
        let odds = exp(-abs(center + growth[node]))
        panel.lengths[node] = odds / ((1 + odds) * (1 + odds))
      }
      panel.weights = half * rule.weights
      panel.fill(levels, first, total, growth, decline, half, rule, carry: &carry)
      visit(panel)
      right -= 2 * half
    }
  }

  /// The width of the panel that ends at `right`.
  private func width(at right: Double) -> Double {
    // Log-odds have poles at ±iπ, which far from 0 matter less.
    var width = 1.5 + 0.5 * abs(right)
    for arm in arms where arm.support.lowerBound < right {
      if arm.support.upperBound < right {
        width = min(width, right - arm.support.upperBound)
      } else {
        width = min(width, arm.panelWidth(right))
        // On the way to its peak a density gets narrower.
        width = min(width, max(arm.panelWidth(right - width), width / 4))
      }
    }
    return width
  }

  /// `ln((1 − x′)/(1 − x))` where the log-odds of `x` move by `step`.
  private static func logComplementGrowth(
    _ step: Double, _ center: Double, _ x: Double, _ y: Double
  ) -> Double {
    if center < -200 { return 0 }
    if center > 200 { return -step }
    return center <= 0 ? -log1p(x * expm1(step)) : -step - log1p(y * expm1(-step))
  }
}

extension BetaPanels.Panel {
  /// Computes densities and survivals in the vector kernel, which documents the parameters.
  fileprivate mutating func fill(
    _ levels: [Double], _ first: [Double], _ total: [Double], _ growth: BetaPanels.Nodes,
    _ decline: BetaPanels.Nodes, _ half: Double, _ rule: SurvivalRule, carry: inout [Double]
  ) {
    withUnsafeBytes(of: (growth, decline, rule.weights)) { nodes in
      let nodes = nodes.assumingMemoryBound(to: Double.self)
      let width = BetaPanels.Nodes.scalarCount
      densities.withUnsafeMutableBytes { densities in
        survivals.withUnsafeMutableBytes { survivals in
          guard
            let growth = nodes.baseAddress,
            let densities = densities.assumingMemoryBound(to: Double.self).baseAddress,
            let survivals = survivals.assumingMemoryBound(to: Double.self).baseAddress
          else { return }
          holdfast_beta_panel(
            levels.count, levels, first, total, growth, growth + width, half, growth + 2 * width,
            rule.matrix, &carry, densities, survivals)
        }
      }
    }
  }
}
