internal import LinearAlgebra

/// One run of a ``GroupLasso`` along its penalties.
struct GroupPathFit<Design: DesignMatrix> {
  private typealias Point = PathSolver<Design>.Point

  private let settings: GroupLasso
  private let response: PenalizedResponse
  /// All groups.
  private let whole: GroupedDesign<Design>
  private let penalty: GroupPenalty
  private let tolerance: Double

  /// The groups that are worked on, by their places in the whole.
  private var kept: [Int]
  private var solver: GroupSolver<Design>
  /// The last minimum, as a point of the whole.
  private var last: Point
  private var work = ElasticNetPath.Work()

  /// Prepares the columns, and fits the model of the groups that are not penalised.
  init(_ x: Design, _ response: PenalizedResponse, _ settings: GroupLasso) throws(FitError) {
    let moments = x.columnMoments(weights: response.shares)
    if let column = moments.deviations.firstIndex(where: { !$0.isFinite }) {
      throw .columnNotFinite(column: column)
    }
    let ones = Array(repeating: 1.0, count: x.columnCount)
    let design = StandardizedDesign(
      design: x, columns: Array(0..<x.columnCount),
      means: settings.hasIntercept ? moments.means : ones.map { _ in 0 },
      scales: settings.standardizes ? moments.deviations.map { $0 > 0 ? $0 : 1 } : ones,
      hasIntercept: settings.hasIntercept)
    let groups = settings.columnsByGroup
    whole =
      settings.orthonormalizes
      ? try GroupedDesign(
        orthonormalizing: design, groups: groups,
        isConstant: moments.deviations.map { settings.hasIntercept && $0 == 0 }, response)
      : GroupedDesign(design: design, groups: groups, transforms: nil)
    let weights = settings.weights ?? groups.map { Double($0.count).squareRoot() }
    penalty = GroupPenalty(groups: groups, weights: weights)
    let scale = response.deviation
    tolerance = settings.tolerance * (scale > 0 ? scale : 1)
    (self.settings, self.response) = (settings, response)

    let free = groups.indices.filter { weights[$0] == 0 }
    let part = settings.screens ? whole.selecting(free) : nil
    kept = part == nil ? Array(groups.indices) : free
    solver = GroupSolver(
      part ?? whole, response, weights: kept.map { weights[$0] }, tolerance: tolerance,
      roundLimit: settings.roundLimit)
    var start = Array(repeating: 0.0, count: x.columnCount + 1)
    start[x.columnCount] = settings.hasIntercept ? response.startingIntercept : 0
    last = whole.point(start, response)
    last = solver.solve(lambda: nil, from: gather(last))
    last = scatter([last])[0]
    last.lambda = .infinity
  }

  /// Solves the penalties, a few at a time.
  mutating func run() -> ElasticNetPath {
    let lambdas = sequence()
    let (nullLoss, saturated) = (last.loss, response.saturatedLoss)
    let excess = nullLoss - saturated
    let mayEnd = settings.lambdas == nil && settings.stopsEarly
    var (points, ratios) = ([Point](), [Double]())
    var hasEnded = false
    while points.count < lambdas.count, !hasEnded {
      for point in solve(Array(lambdas[points.count...].prefix(4))) where !hasEnded {
        points.append(point)
        ratios.append(excess > 0 ? (nullLoss - point.loss) / excess : 0)
        hasEnded = mayEnd && PenaltySequence.hasSettled(ratios, response.family)
      }
    }
    work = work.adding(solver.work)
    let fits = zip(points, ratios).map { point, ratio in
      let (intercept, coefficients) = whole.design.original(whole.coefficients(point.point))
      return ElasticNetPath.Fit(
        lambda: point.lambda, intercept: intercept, coefficients: coefficients,
        devianceRatio: ratio,
        dualityGap: penalty.dualityGap(
          point.point, slopes: point.slopes, lambda: point.lambda,
          excessLoss: point.loss - saturated),
        violation: point.violation, status: point.status)
    }
    return ElasticNetPath(
      fits: fits, nullDeviance: 2 * excess, family: response.family,
      sessionCount: response.sessionCount, work: work)
  }

  /// The penalties to solve, descending; the greatest of a sequence is the least that leaves every
  /// penalised group at zero.
  private func sequence() -> [Double] {
    if let lambdas = settings.lambdas { return lambdas.sorted(by: >) }
    let greatest = penalty.groups.indices.reduce(0.0) { greatest, group in
      let weight = penalty.weights[group]
      return weight > 0
        ? max(greatest, penalty.length(of: last.slopes, penalty.groups[group]) / weight) : greatest
    }
    guard greatest > tolerance else { return [max(greatest, tolerance)] }
    return PenaltySequence.descending(
      from: greatest, count: settings.lambdaCount,
      ratio: settings.lambdaRatio
        ?? (whole.design.design.rowCount < whole.design.count ? 1e-2 : 1e-4))
  }

  /// Solves a few penalties, and again with more groups until none is wrongly left out.
  private mutating func solve(_ lambdas: [Double]) -> [Point] {
    let before = last.lambda.isFinite ? last.lambda : lambdas[0]
    let bound = 2 * lambdas[lambdas.count - 1] - before
    keep(
      penalty.groups.indices.filter {
        penalty.length(of: last.slopes, penalty.groups[$0]) >= penalty.weights[$0] * bound
      })
    while true {
      var start = gather(last)
      var points: [Point] = []
      for lambda in lambdas {
        start = solver.solve(lambda: lambda, from: start)
        points.append(start)
      }
      points = scatter(points)
      let missed = Set(penalty.groups.indices).subtracting(kept).filter { group in
        points.contains {
          penalty.violation(group, at: $0.point, slopes: $0.slopes, lambda: $0.lambda) > tolerance
        }
      }
      if missed.isEmpty {
        last = points[points.count - 1]
        return points
      }
      work.screeningFailures += 1
      keep(Array(missed))
    }
  }

  /// Takes groups in; those once kept stay.
  private mutating func keep(_ groups: [Int]) {
    let union = Set(kept).union(groups).sorted()
    guard union != kept, let part = whole.selecting(union) else { return }
    kept = union
    work = work.adding(solver.work)
    solver = GroupSolver(
      part, response, weights: union.map { penalty.weights[$0] }, tolerance: tolerance,
      roundLimit: settings.roundLimit)
  }

  /// The columns of the kept groups.
  private var keptColumns: [Int] { kept.flatMap { penalty.groups[$0] }.sorted() }

  /// A point of the whole as a point of the kept groups.
  private func gather(_ point: Point) -> Point {
    let places = keptColumns + [whole.design.count]
    var part = point
    part.point = places.map { point.point[$0] }
    part.slopes = places.map { point.slopes[$0] }
    return part
  }

  /// Points of the kept groups as points of the whole, with the slopes of all columns.
  private func scatter(_ points: [Point]) -> [Point] {
    guard kept.count < penalty.groups.count else { return points }
    let places = keptColumns + [whole.design.count]
    var scattered = points
    for index in points.indices {
      var point = Array(repeating: 0.0, count: whole.design.count + 1)
      for (place, value) in zip(places, points[index].point) { point[place] = value }
      scattered[index].point = point
    }
    let evaluations = whole.evaluate(response, at: scattered.map(\.point))
    for index in points.indices { scattered[index].slopes = evaluations[index].slopes }
    return scattered
  }
}
