internal import LinearAlgebra

/// Solves a penalised regression for several penalties at a time, by Newton steps on an old curvature.
///
/// Each penalty has a point of its own. A round minimises the quadratic model of each and reads the rows
/// once for the slopes at all the points that result, so that the rows are read at the rate of a matrix
/// product; the slopes that come of it correct the curvature, which is formed anew only when the rounds
/// spent since have cost as much as forming it.
///
/// A point is done where zero is within the tolerance of every column's subdifferential. A step that
/// raises the objective is halved.
///
/// Reference: Lee, Sun and Saunders (2014), *SIAM Journal on Optimization* 24, 1420–1443 (proximal Newton
/// methods with inexact steps and curvatures).
struct PathSolver<Design: DesignMatrix>: Sendable {
  /// The columns that are worked on.
  let design: StandardizedDesign<Design>
  /// The outcomes.
  let response: PenalizedResponse
  /// The penalty of each column.
  let penalty: SeparablePenalty
  /// The violation that counts as none, in units of slope.
  let tolerance: Double
  /// The rounds of a batch after which to stop.
  let roundLimit: Int

  /// The curvature, once it has been needed.
  private var model: CurvatureModel?
  /// The readings of the rows beyond those that a fresh curvature needs too.
  private var excess = 0
  /// What was done so far.
  private(set) var work = ElasticNetPath.Work()

  /// A minimum, or the last point before a limit.
  struct Point: Sendable {
    var lambda: Double
    var point: [Double]
    var loss: Double
    var slopes: [Double]
    var curvature: Double
    var violation = Double.infinity
    var status = ElasticNetPath.Status.converged
  }

  init(
    _ design: StandardizedDesign<Design>, _ response: PenalizedResponse,
    _ penalty: SeparablePenalty,
    tolerance: Double, roundLimit: Int
  ) {
    self.design = design
    self.response = response
    self.penalty = penalty
    self.tolerance = tolerance
    self.roundLimit = roundLimit
  }

  /// Solves for some penalties.
  ///
  /// - Parameters:
  ///   - lambdas: The penalties, descending.
  ///   - start: A point of this design with its loss and slopes.
  ///   - candidates: The columns that may be other than zero.
  /// - Returns: One point a penalty.
  mutating func solve(_ lambdas: [Double], from start: Point, among candidates: [Int]) -> [Point] {
    refreshIfDue(at: start)
    var current = lambdas.map { lambda in
      var point = start
      point.lambda = lambda
      point.violation = penalty.violation(
        start.point, slopes: start.slopes, lambda: lambda, among: candidates)
      return point
    }
    var open = current.indices.filter { current[$0].violation > tolerance }
    var steps = Array(repeating: 1.0, count: lambdas.count)
    var targets = current.map(\.point)
    // Where each point came from.
    var origins: [Point?] = Array(repeating: nil, count: lambdas.count)
    var round = 0
    while !open.isEmpty, round < roundLimit {
      // 1. Minimise the model of each point; in the first round each begins where the last one ended.
      if round > 0, round.isMultiple(of: Self.patience) { refresh(at: current[open[0]]) }
      var guess: [Double]?
      for place in open where steps[place] == 1 {
        let here = current[place]
        if let origin = origins[place] {
          self.model?.correct(
            from: (origin.point, origin.slopes), to: (here.point, here.slopes),
            level: here.curvature)
        }
        let descent = CoordinateDescent(
          penalty: penalty, lambda: here.lambda, candidates: candidates)
        guard let model else { break }
        targets[place] = descent.minimize(
          model, center: here.point, slopes: here.slopes, from: guess ?? here.point,
          tolerance: max(0.2 * tolerance, 0.02 * here.violation))
        if round == 0 { guess = targets[place] }
      }
      // 2. Read the rows once for all of them.
      let trials = open.map { place in
        let (here, step) = (current[place].point, steps[place])
        guard step < 1 else { return targets[place] }
        return here.indices.map { here[$0] + step * (targets[place][$0] - here[$0]) }
      }
      let evaluations = design.evaluate(response, at: trials)
      work.evaluations += open.count
      excess += round < 2 ? 0 : open.count
      // 3. Take the steps that do not raise the objective, and learn the curvature from each.
      var previous = round == 0 ? start : nil
      for (place, (trial, evaluation)) in zip(open, zip(trials, evaluations)) {
        let here = current[place]
        origins[place] = previous ?? here
        var next = here
        (next.point, next.loss) = (trial, evaluation.loss)
        (next.slopes, next.curvature) = (evaluation.slopes, evaluation.curvature)
        if round == 0 { previous = next }
        if objective(next) <= objective(here) + 1e-14 * abs(here.loss) {
          next.violation = penalty.violation(
            trial, slopes: next.slopes, lambda: next.lambda, among: candidates)
          current[place] = next
          steps[place] = 1
        } else {
          steps[place] /= 2
          if steps[place] < 1e-8 { current[place].status = .stalled }
        }
      }
      round += 1
      open.removeAll { current[$0].violation <= tolerance || current[$0].status == .stalled }
    }
    for place in open { current[place].status = .roundLimit }
    return current
  }

  /// The rounds after which a batch that is not done has its curvature formed anew.
  private static var patience: Int { 12 }

  /// The loss and the penalty of a point.
  private func objective(_ point: Point) -> Double {
    point.loss + penalty.value(point.point, lambda: point.lambda)
  }

  /// Forms the curvature where there is none yet, or where an old one has cost more than a new one.
  private mutating func refreshIfDue(at point: Point) {
    if model == nil {
      // Far from the end few columns are other than zero, and a part of the rows tells their curvature.
      refresh(at: point, stride: design.design.rowCount >= 40 * design.count ? 4 : 1)
    } else if 4 * excess >= design.count {
      refresh(at: point)
    }
  }

  private mutating func refresh(at point: Point, stride: Int = 1) {
    model = CurvatureModel(
      design.curvature(response, at: point.point, stride: stride), level: point.curvature)
    excess = 0
    work.curvatures += 1
  }
}
