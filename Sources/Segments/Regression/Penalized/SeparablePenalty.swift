/// A penalty on each standardised coefficient by its size and its square.
///
///     λ Σⱼ (aⱼ |bⱼ| + ½ cⱼ bⱼ²)
///
/// The coefficient of a column's standard deviation is `b`; the intercept, last, is free.
struct SeparablePenalty: Hashable, Sendable {
  /// The weights `a` of the sizes, one a column.
  var sizes: [Double]
  /// The weights `c` of the squares, one a column.
  var squares: [Double]

  /// The penalties of some of the columns.
  func selecting(_ columns: [Int]) -> SeparablePenalty {
    SeparablePenalty(sizes: columns.map { sizes[$0] }, squares: columns.map { squares[$0] })
  }

  /// The penalty of a point.
  func value(_ b: [Double], lambda: Double) -> Double {
    var sum = 0.0
    for j in sizes.indices where b[j] != 0 {
      sum += sizes[j] * abs(b[j]) + squares[j] * b[j] * b[j] / 2
    }
    return lambda * sum
  }

  /// How far a coefficient is from optimal: the distance of zero from its subdifferential.
  func violation(_ j: Int, at b: Double, slope g: Double, lambda: Double) -> Double {
    let a = lambda * sizes[j]
    if b == 0 { return max(0, abs(g) - a) }
    return abs(g + (b > 0 ? a : -a) + lambda * squares[j] * b)
  }

  /// The greatest violation among some columns and the intercept.
  func violation(_ b: [Double], slopes g: [Double], lambda: Double, among columns: [Int]) -> Double
  {
    var worst = abs(g[sizes.count])
    for j in columns { worst = max(worst, violation(j, at: b[j], slope: g[j], lambda: lambda)) }
    return worst
  }

  /// An upper bound on how far the objective lies above its minimum, from the slopes alone.
  ///
  /// The dual point is `κr` for residuals `r` and the greatest `κ ≤ 1` for which it is feasible, that is
  /// `κ|gⱼ| ≤ λaⱼ` wherever `cⱼ = 0`. As the conjugate of the loss is convex its value at `κr` is at most
  /// that between `r` and 0, so that no row is read:
  ///
  ///     gap ≤ (1 − κ)(L − L_saturated) + P(b) + P*(−κg) + κ bᵀg
  ///
  /// Slopes of what is not penalised, the intercept's first, are taken for zero: they are, to within the
  /// solver's tolerance.
  ///
  /// Reference: Fenchel duality as in Ndiaye, Fercoq, Gramfort and Salmon (2017), *Journal of Machine
  /// Learning Research* 18(128), 1–33, section 2.
  func dualityGap(
    _ b: [Double], slopes g: [Double], lambda: Double, among columns: [Int], excessLoss: Double
  ) -> Double {
    var kappa = 1.0
    for j in columns where sizes[j] > 0 && squares[j] == 0 {
      kappa = min(kappa, lambda * sizes[j] / max(abs(g[j]), lambda * sizes[j]))
    }
    var gap = (1 - kappa) * excessLoss + value(b, lambda: lambda)
    for j in columns where sizes[j] > 0 || squares[j] > 0 {
      gap += kappa * b[j] * g[j]
      let over = kappa * abs(g[j]) - lambda * sizes[j]
      if over > 0, squares[j] > 0 { gap += over * over / (2 * lambda * squares[j]) }
    }
    return max(0, gap)
  }
}
