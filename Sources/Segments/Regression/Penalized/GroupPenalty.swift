/// A penalty on the lengths of groups of coefficients.
///
///     λ Σ_g w_g ‖θ_g‖
///
/// A group of weight 0 is free, and so is the intercept, the last element of a point.
struct GroupPenalty: Hashable, Sendable {
  /// The elements of a point that belong to each group, ascending.
  let groups: [[Int]]
  /// The weights `w`, one a group.
  let weights: [Double]

  /// The penalty of a point.
  func value(_ theta: [Double], lambda: Double) -> Double {
    var sum = 0.0
    for (group, weight) in zip(groups, weights) { sum += weight * length(of: theta, group) }
    return lambda * sum
  }

  /// How far a group is from optimal: the distance of zero from its subdifferential.
  func violation(_ group: Int, at theta: [Double], slopes g: [Double], lambda: Double) -> Double {
    let (elements, a) = (groups[group], lambda * weights[group])
    let own = length(of: theta, elements)
    if own == 0 { return max(0, length(of: g, elements) - a) }
    return elements.reduce(0.0) { sum, j in
      let slope = g[j] + a * theta[j] / own
      return sum + slope * slope
    }.squareRoot()
  }

  /// The greatest violation among all groups and the intercept.
  func violation(_ theta: [Double], slopes g: [Double], lambda: Double) -> Double {
    groups.indices.reduce(abs(g.last ?? 0)) {
      max($0, violation($1, at: theta, slopes: g, lambda: lambda))
    }
  }

  /// An upper bound on how far the objective lies above its minimum, from the slopes alone.
  ///
  /// The bound is that of ``SeparablePenalty`` with the lengths of groups for the sizes of columns:
  ///
  ///     gap ≤ (1 − κ)(L − L_saturated) + λ Σ w_g ‖θ_g‖ + κ θᵀg        κ = min(1, λw_g / ‖g_g‖)
  func dualityGap(
    _ theta: [Double], slopes g: [Double], lambda: Double, excessLoss: Double
  ) -> Double {
    var (kappa, product) = (1.0, 0.0)
    for (group, weight) in zip(groups, weights) where weight > 0 {
      kappa = min(kappa, lambda * weight / max(length(of: g, group), lambda * weight))
      for j in group { product += theta[j] * g[j] }
    }
    return max(0, (1 - kappa) * excessLoss + value(theta, lambda: lambda) + kappa * product)
  }

  /// The length of a group's part of a vector.
  func length(of vector: [Double], _ group: [Int]) -> Double {
    group.reduce(0.0) { $0 + vector[$1] * vector[$1] }.squareRoot()
  }
}
