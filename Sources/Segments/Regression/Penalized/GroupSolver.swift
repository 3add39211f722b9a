internal import LinearAlgebra

/// Solves a regression with a penalty on groups for one penalty after another, by Newton steps on a
/// curvature that is corrected on the way.
///
/// A round minimises the quadratic model by ``GroupDescent`` and reads the rows once at what results. A step
/// that raises the objective is halved. The curvature is formed at the first round, and anew where a
/// penalty has taken many.
///
/// Reference: Lee, Sun and Saunders (2014), *SIAM Journal on Optimization* 24, 1420–1443.
struct GroupSolver<Design: DesignMatrix>: Sendable {
  typealias Point = PathSolver<Design>.Point

  private let design: GroupedDesign<Design>
  private let response: PenalizedResponse
  private let penalty: GroupPenalty
  private let tolerance: Double
  private let roundLimit: Int
  /// The curvature, once it has been needed.
  private var model: CurvatureModel?
  /// What was done so far.
  private(set) var work = ElasticNetPath.Work()

  init(
    _ design: GroupedDesign<Design>, _ response: PenalizedResponse, weights: [Double],
    tolerance: Double, roundLimit: Int
  ) {
    (self.design, self.response) = (design, response)
    penalty = GroupPenalty(groups: design.groups, weights: weights)
    (self.tolerance, self.roundLimit) = (tolerance, roundLimit)
  }

  /// Solves for one penalty.
  ///
  /// - Parameters:
  ///   - lambda: The penalty; nil for the model of the free groups alone, from a point of no others.
  ///   - start: A point of this design with its loss and slopes.
  /// - Returns: The minimum, or the last point before a limit.
  mutating func solve(lambda: Double?, from start: Point) -> Point {
    // Beyond every slope there may be, and still finite.
    let lambda = lambda ?? .greatestFiniteMagnitude.squareRoot()
    var (here, step, rounds) = (start, 1.0, 0)
    (here.lambda, here.status) = (lambda, .converged)
    var target = here.point
    while true {
      here.violation = penalty.violation(here.point, slopes: here.slopes, lambda: lambda)
      guard here.violation > tolerance else { return here }
      guard rounds < roundLimit else { return here.stopped(.roundLimit) }
      if step == 1 {
        let isOld = rounds > 0 && rounds.isMultiple(of: 10)
        let known = isOld ? nil : model
        let model = known ?? formed(at: here)
        self.model = model
        let descent = GroupDescent(penalty: penalty, lambda: lambda)
        target = descent.minimize(
          model, center: here.point, slopes: here.slopes,
          tolerance: max(0.2 * tolerance, 0.02 * here.violation))
      }
      let trial = target.indices.map { here.point[$0] + step * (target[$0] - here.point[$0]) }
      let next = design.point(step == 1 ? target : trial, response)
      work.evaluations += 1
      rounds += 1
      guard objective(next, lambda) <= objective(here, lambda) + 1e-14 * abs(next.loss) else {
        step /= 2
        if step < 1e-8 { return here.stopped(.stalled) }
        continue
      }
      model?.correct(
        from: (here.point, here.slopes), to: (next.point, next.slopes), level: next.curvature)
      (here, step) = (next, 1)
      here.lambda = lambda
    }
  }

  /// Forms the curvature at a point.
  private mutating func formed(at point: Point) -> CurvatureModel {
    work.curvatures += 1
    return CurvatureModel(design.curvature(response, at: point.point), level: point.curvature)
  }

  /// The loss and the penalty of a point.
  private func objective(_ point: Point, _ lambda: Double) -> Double {
    point.loss + penalty.value(point.point, lambda: lambda)
  }
}

extension PathSolver.Point {
  /// The point as the end of a search that came to no minimum.
  fileprivate func stopped(_ status: ElasticNetPath.Status) -> Self {
    var point = self
    point.status = status
    return point
  }
}

extension GroupedDesign {
  /// A point with its loss and slopes.
  func point(_ theta: [Double], _ response: PenalizedResponse) -> PathSolver<Design>.Point {
    let evaluation = evaluate(response, at: [theta])[0]
    return PathSolver<Design>.Point(
      lambda: 0, point: theta, loss: evaluation.loss, slopes: evaluation.slopes,
      curvature: evaluation.curvature)
  }
}
