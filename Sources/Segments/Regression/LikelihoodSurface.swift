internal import LinearAlgebra

/// A log-likelihood over its coefficients, plain or penalised, climbed with some coefficients held.
///
/// Profiles and constrained tests climb the same surface many times, each time from a point nearby.
struct LikelihoodSurface {
  /// The number of sessions, by which scores are scaled.
  let sessions: Double
  /// Value, score and information at a point; nil where the information is singular.
  let derivatives: ([Double]) -> LogisticLikelihood.Derivatives?

  /// A sound climb has met its tolerance by now.
  private static let patience = 8

  /// Where a climb ended.
  struct Climb {
    var point: [Double]
    var derivatives: LogisticLikelihood.Derivatives
    var iterations: Int
    var status: LogisticFit.Status
  }

  /// Steps `I⁻¹s` over the coefficients that are free, halved until they gain.
  ///
  /// - Parameters:
  ///   - start: The first point, with the held coefficients at their values.
  ///   - held: The coefficients that stay.
  ///   - scoreTolerance: The score that counts as zero, `|sⱼ| ≤ scoreTolerance · √(n Iⱼⱼ)`.
  ///   - iterationLimit: The number of steps after which to stop.
  ///   - isMaximum: Whether the root of the score is the maximum of the value. If not, the length of
  ///     the score measures gain.
  ///   - separation: The coefficients that no maximum bounds, or nil; asked once, where a climb takes longer
  ///     than a sound one does, or loses its information on the way.
  /// - Returns: The last point with its status.
  /// - Throws: `singularInformation` if columns are collinear.
  func climb(
    from start: [Double], holding held: Set<Int> = [], scoreTolerance: Double,
    iterationLimit: Int, isMaximum: Bool = true, separation: () -> [Int]? = { nil }
  ) throws(FitError) -> Climb {
    let free = start.indices.filter { !held.contains($0) }
    guard let first = derivatives(start) else { throw .singularInformation(iteration: 0) }
    var climb = Climb(point: start, derivatives: first, iterations: 0, status: .iterationLimit)
    var isOverlapKnown = false
    while true {
      let here = climb.derivatives
      if free.allSatisfy({
        abs(here.score[$0]) <= scoreTolerance * (sessions * here.information[$0, $0]).squareRoot()
      }) {
        climb.status = .converged
        return climb
      }
      guard climb.iterations < iterationLimit else { return climb }
      let factor = Cholesky(here.information.selecting(free))
      let isLong = climb.iterations >= (factor == nil ? 1 : Self.patience)
      if isLong, !isOverlapKnown {
        if let columns = separation() {
          climb.status = .separated(columns: columns)
          return climb
        }
        isOverlapKnown = true
      }
      guard let factor else { throw .singularInformation(iteration: climb.iterations) }
      let score = free.map { here.score[$0] }
      let direction = factor.solve(score)
      let length = score.indices.reduce(0) { $0 + score[$1] * direction[$1] }
      var step = 1.0
      while true {
        var next = climb.point
        for (index, column) in free.enumerated() { next[column] += step * direction[index] }
        if let there = derivatives(next), there.value.isFinite {
          let gains =
            isMaximum
            ? there.value >= here.value - 1e-13 * abs(here.value)
            : Self.length(of: there, free) <= length * (1 + 1e-10)
          if gains {
            (climb.point, climb.derivatives) = (next, there)
            break
          }
        }
        step /= 2
        guard step >= 1e-10 else {
          climb.status = .stalled
          return climb
        }
      }
      climb.iterations += 1
    }
  }

  /// The squared length of the score, `sᵀI⁻¹s`; infinite where the information is singular.
  private static func length(of derivatives: LogisticLikelihood.Derivatives, _ free: [Int])
    -> Double
  {
    guard let factor = Cholesky(derivatives.information.selecting(free)) else { return .infinity }
    return factor.solveLower(free.map { derivatives.score[$0] }).reduce(0) { $0 + $1 * $1 }
  }
}

extension Matrix {
  /// The rows and columns of some indices.
  func selecting(_ indices: [Int]) -> Matrix {
    var selected = Matrix(rows: indices.count, columns: indices.count)
    for (column, from) in indices.enumerated() {
      for (row, source) in indices.enumerated() { selected[row, column] = self[source, from] }
    }
    return selected
  }
}
