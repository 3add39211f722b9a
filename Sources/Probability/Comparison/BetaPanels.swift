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
  /// A number for each node of a panel.
  typealias Nodes = SIMD16<Double>

  /// What is known at the nodes of a panel.
  struct Panel {
    /// Half the width of the panel.
    var halfWidth = 0.0
    /// The weights of the nodes for an integral over `s`.
    var weights = Nodes.zero
    /// `dx/ds = x (1 − x)` at the nodes.
    var lengths = Nodes.zero
    /// The density of each distribution in `s`.
    var densities: [Nodes]
    /// P(X > x) for each distribution.
    var survivals: [Nodes]
  }

  // Of each distribution its shapes, their sum, the logarithm of the density at the mean, and where the
  // density has fallen by e⁻³⁷.
  private let first: [Double]
  private let second: [Double]
  private let total: [Double]
  private let logPeaks: [Double]
  private let supports: [ClosedRange<Double>]

  init(_ distributions: [BetaDistribution]) {
    first = distributions.map(\.alpha)
    second = distributions.map(\.beta)
    total = distributions.map { $0.alpha + $0.beta }
    logPeaks = distributions.map { log(RegularizedBeta($0.alpha, $0.beta).peak) }
    supports = distributions.map {
      let center = log($0.alpha / $0.beta)
      return center - Self.reach($0.alpha, $0.beta)...center + Self.reach($0.beta, $0.alpha)
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

  /// Visits the panels from right to left, down to where the best `rankCount` lie above for certain.
  ///
  /// There as many distributions have nothing left below. For one rank that is where all cannot lie
  /// below; for as many ranks as distributions, where there is nothing left at all.
  func sweep(rankCount: Int, _ visit: (Panel) -> Void) {
    let bottom = supports.map(\.lowerBound).sorted(by: >)[rankCount - 1]
    var right = supports.map(\.upperBound).max() ?? 0

    var levels = [Double](repeating: 0, count: supports.count)
    var carry = levels
    let rows = [Nodes](repeating: .zero, count: supports.count)
    var panel = Panel(densities: rows, survivals: rows)

    while right > bottom {
      let half = min(width(at: right), right - bottom) / 2
      let center = right - half
      let place = holdfast_panel(
        center: center, half: half, x: 1 / (1 + exp(-center)), y: 1 / (1 + exp(center)))
      findLevels(at: place, &levels)
      panel.halfWidth = half
      panel.weights = half * SurvivalRule.shared.weights
      panel.fill(place, levels, first, total, carry: &carry)
      visit(panel)
      right -= 2 * half
    }
  }

  /// The logarithms of the densities at the center of a panel; −∞ where there is nothing in all of it.
  private func findLevels(at panel: holdfast_panel, _ levels: inout [Double]) {
    if abs(panel.center) < 600 {
      holdfast_beta_levels(first.count, first, second, logPeaks, panel.x, panel.y, &levels)
    } else {
      // The leading terms.
      for arm in levels.indices {
        levels[arm] =
          (panel.center < 0 ? first[arm] : -second[arm]) * panel.center
          - logBeta(first[arm], second[arm])
      }
    }
    let left = panel.center - panel.half
    for arm in levels.indices where supports[arm].upperBound < left { levels[arm] = -.infinity }
  }

  /// The width of the panel that ends at `right`.
  private func width(at right: Double) -> Double {
    // Log-odds have poles at ±iπ, which far from 0 matter less.
    var width = min(1.5 + 0.5 * abs(right), self.width(at: right, reachingUpTo: right))
    // On the way to its peak a density gets narrower.
    width = min(width, max(self.width(at: right - width, reachingUpTo: right), width / 4))
    // Distributions that end before are met at their ends.
    for support in supports where support.lowerBound < right && support.upperBound < right {
      width = min(width, right - support.upperBound)
    }
    return width
  }

  /// The width of a panel about `s` that sixteen nodes integrate to the last digits, for the
  /// distributions whose support holds `place`.
  private func width(at s: Double, reachingUpTo place: Double) -> Double {
    let (x, y) = (1 / (1 + exp(-s)), 1 / (1 + exp(s)))
    var (curvature, slope) = (1e-9, 1e-9)
    for arm in supports.indices where supports[arm].contains(place) {
      curvature = max(curvature, total[arm] * x * y)
      slope = max(slope, abs(first[arm] * y - second[arm] * x))
    }
    return min(3 / curvature.squareRoot(), 16 / slope)
  }
}

extension BetaPanels.Panel {
  /// Computes lengths, densities and survivals in the vector kernel, which documents the parameters.
  fileprivate mutating func fill(
    _ place: holdfast_panel, _ levels: [Double], _ first: [Double], _ total: [Double],
    carry: inout [Double]
  ) {
    withUnsafePointer(to: place) { place in
      withUnsafePointer(to: SurvivalRule.shared.kernel) { rule in
        withUnsafeMutableBytes(of: &lengths) { lengths in
          densities.withUnsafeMutableBytes { densities in
            survivals.withUnsafeMutableBytes { survivals in
              guard
                let lengths = lengths.assumingMemoryBound(to: Double.self).baseAddress,
                let densities = densities.assumingMemoryBound(to: Double.self).baseAddress,
                let survivals = survivals.assumingMemoryBound(to: Double.self).baseAddress
              else { return }
              holdfast_beta_panel(
                place, rule, levels.count, levels, first, total, &carry, lengths, densities,
                survivals)
            }
          }
        }
      }
    }
  }
}
