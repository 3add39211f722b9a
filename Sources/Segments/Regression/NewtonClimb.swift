internal import LinearAlgebra

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Newton steps from a start to a stop, over all rows or every so many blocks of them.
struct NewtonClimb {
  /// What is known at a point; the information only if it was formed there.
  struct Point {
    var value: Double
    var score: [Double]
    var information: Matrix?
  }

  var solver: NewtonSolver
  let likelihood: LogisticLikelihood
  /// Where the climb is.
  var beta: [Double]
  /// Reads only every `stride`-th block of rows.
  var stride = 1
  /// Whether readings may do without the Gram matrix.
  var isFrugal = false
  /// The information that directions are found with.
  private var matrix: KeptInformation?
  /// How much of the distance a step leaves.
  private var contraction = Self.roughContraction

  /// What a step with the information of a subsample leaves of the distance, at a guess.
  private static let roughContraction = 0.05
  /// What a step may leave of the distance before its matrix is formed anew.
  private static let poorContraction = 0.3
  /// The distance above which a step on a subsample may be one in a wrong direction.
  private static let longStep = 0.5
  /// The distance over which information counts as that of the solution.
  private static let negligibleDrift = 1e-8
  /// The distance, and the multiple of the tolerance, at which a reading that forms the information is expected to
  /// be the last with one. Every element of the score is within the tolerance where the distance is, and often
  /// well before.
  private static let closing = (distance: 5e-9, tolerances: 4.0)
  /// The readings without information that are worth as much as one with it: measured at 50 columns of
  /// numbers three, and at ten categories of twenty levels with ten numbers four.
  private static let readingsPerMatrix = 4.0
  /// A sound fit has met its tolerance by now; one that has not is looked at for separation.
  private static let patience = 8

  init(_ solver: NewtonSolver, _ likelihood: LogisticLikelihood, from beta: [Double]) {
    (self.solver, self.likelihood, self.beta) = (solver, likelihood, beta)
  }

  /// Takes one step on a subsample of one block in `stride`, and keeps its information for the first
  /// directions; stays where it is if the step is long.
  mutating func step(_ x: some DesignMatrix, stride: Int) {
    var part = self
    part.stride = stride
    part.solver.ridge = solver.ridge / Double(stride)
    let here = part.point(x, beta, formingInformation: true)
    guard here.isFinite, var information = here.information else { return }
    for index in information.elements.indices { information.elements[index] *= Double(stride) }
    guard let factor = Cholesky(information) else { return }
    let direction = factor.solve(here.score.map { Double(stride) * $0 })
    guard distance(here.score, direction) * Double(stride).squareRoot() < Self.longStep else {
      return
    }
    beta = beta.moved(1, along: direction)
    matrix = KeptInformation(information, factor, drift: .infinity)
  }

  /// Climbs until the score vanishes.
  mutating func run(_ x: some DesignMatrix) throws(FitError) -> LogisticFit {
    var here = point(x, beta, formingInformation: matrix == nil)
    var direction: [Double] = []
    var (iteration, isOverlapKnown) = (0, false)
    var last: Double?

    guard here.isFinite else { throw .columnNotFinite(column: Self.columnNotFinite(x)) }
    while iteration < solver.iterationLimit {
      // 1. Take up the information formed here; stop where the score vanishes.
      var factor = matrix?.factor
      if let information = here.information {
        factor = Cholesky(information)
        if vanishes(here.score, information) {
          return stop(.converged, here, information, iteration)
        }
      } else if let matrix, vanishes(here.score, matrix.information) {
        if matrix.drift <= Self.negligibleDrift {
          return stop(.converged, here, matrix.information, iteration)
        }
        here = point(x, beta, formingInformation: true)
        continue
      }
      // 2. Solve for the Newton direction, and see how far the solution is along it.
      direction =
        (here.information == nil ? matrix?.solve(here.score) : factor?.solve(here.score))
        ?? direction
      let distance = distance(here.score, direction)
      if let last { contraction = distance / last }
      if here.information == nil, contraction > Self.poorContraction {
        (here, last) = (point(x, beta, formingInformation: true), nil)
        continue
      }
      // 3. A climb that does not end may follow a separating direction: it then moves η by about one
      // a step, while the steps of a sound climb shrink.
      if solver.ridge == 0, stride == 1, !isOverlapKnown,
        iteration >= Self.patience || factor == nil,
        !direction.isEmpty, x.multiplied(by: direction).contains(where: { abs($0) > 0.1 })
      {
        if let separation = try? Separation(of: likelihood, x), separation.kind != .none {
          let information =
            here.information ?? point(x, beta, formingInformation: true).information
          return stop(.separated(columns: separation.columns), here, information, iteration)
        }
        isOverlapKnown = true
      }
      guard let factor else { throw .singularInformation(iteration: iteration) }
      if let information = here.information {
        // Newton's steps square the distance: they leave as much of it as the weights change.
        matrix = KeptInformation(information, factor, drift: 0)
        contraction = min(distance / 4, 0.5)
      }
      // 4. Halve the step until the objective does not fall (and is not NaN).
      let forming = !isFrugal || isMatrixWorthForming(after: distance)
      var step = 1.0
      var next = beta.moved(step, along: direction)
      var there = point(x, next, formingInformation: forming)
      while !(there.value >= here.value - here.roundingError) {
        step /= 2
        if step < 1e-10 {
          return stop(.stalled, here, here.information ?? matrix?.information, iteration)
        }
        next = beta.moved(step, along: direction)
        there = point(x, next, formingInformation: forming)
      }
      matrix?.take(
        step: direction.map { step * $0 }, distance: step * distance,
        change: here.score.indices.map { here.score[$0] - there.score[$0] })
      (beta, here, last) = (next, there, distance)
      iteration += 1
    }
    return stop(.iterationLimit, here, here.information ?? matrix?.information, iteration)
  }

  /// Whether the next reading should form the Gram matrix: to end with that of the solution, or because
  /// steps with the one at hand would take too long.
  private func isMatrixWorthForming(after distance: Double) -> Bool {
    let expected = contraction * distance
    if let matrix, matrix.drift == 0, distance <= Self.negligibleDrift { return false }
    let near = max(Self.closing.tolerances * solver.scoreTolerance, Self.closing.distance)
    guard expected > near else { return true }
    guard contraction < 1 else { return true }
    return log(solver.scoreTolerance / expected) / log(contraction) > Self.readingsPerMatrix
  }

  private func stop(
    _ status: LogisticFit.Status, _ here: Point, _ information: Matrix?, _ iteration: Int
  ) -> LogisticFit {
    LogisticFit(
      coefficients: beta, logLikelihood: here.value + penalty(beta),
      information: information ?? Matrix(rows: beta.count, columns: beta.count),
      iterations: iteration, status: status)
  }

  /// Whether every score element is zero within the tolerance, in its own units.
  private func vanishes(_ score: [Double], _ information: Matrix) -> Bool {
    score.indices.allSatisfy {
      abs(score[$0])
        <= solver.scoreTolerance * (likelihood.sessionCount * information[$0, $0]).squareRoot()
    }
  }

  /// The distance `√(sᵀI⁻¹s / n)` to the solution, in standard deviations of a session's predictor.
  private func distance(_ score: [Double], _ direction: [Double]) -> Double {
    let decrement = direction.indices.reduce(0.0) { $0 + score[$1] * direction[$1] }
    return (max(0, decrement) / likelihood.sessionCount).squareRoot()
  }

  /// The penalised objective and its derivatives at a point.
  private func point(
    _ x: some DesignMatrix, _ beta: [Double], formingInformation: Bool
  ) -> Point {
    var point: Point
    if formingInformation {
      let full = likelihood.derivatives(of: x, at: beta, stride: stride, threads: solver.threads)
      point = Point(value: full.value, score: full.score, information: full.information)
    } else {
      let slope = likelihood.slope(of: x, at: beta, stride: stride, threads: solver.threads)
      point = Point(value: slope.value, score: slope.score)
    }
    guard solver.ridge > 0 else { return point }
    point.value -= penalty(beta)
    for column in beta.indices {
      point.score[column] -= solver.ridge * beta[column]
      point.information?[column, column] += solver.ridge
    }
    return point
  }

  /// The penalty `½ λ βᵀβ`.
  private func penalty(_ beta: [Double]) -> Double {
    solver.ridge == 0 ? 0 : solver.ridge / 2 * beta.reduce(0) { $0 + $1 * $1 }
  }

  /// The first column whose sum of squares is not finite.
  private static func columnNotFinite(_ x: some DesignMatrix) -> Int {
    let gram = x.weightedGram(Array(repeating: 1, count: x.rowCount))
    return (0..<x.columnCount).first { !gram[$0, $0].isFinite } ?? 0
  }
}

extension NewtonClimb.Point {
  fileprivate var isFinite: Bool {
    guard value.isFinite, score.allSatisfy(\.isFinite) else { return false }
    guard let information else { return true }
    return score.indices.allSatisfy { information[$0, $0].isFinite }
  }

  /// A bound on the rounding of the objective: a fall below it is no fall.
  fileprivate var roundingError: Double { 1e-13 * abs(value) }
}

extension [Double] {
  /// The point a step away along a direction.
  fileprivate func moved(_ step: Double, along direction: [Double]) -> [Double] {
    indices.map { self[$0] + step * direction[$0] }
  }
}
