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
  ///   - isEnough: Whether the points done so far, all those before the first that is not, are enough.
  /// - Returns: One point a penalty, or as many as are enough.
  mutating func solve(
    _ lambdas: [Double], from start: Point, among candidates: [Int],
    until isEnough: ([Point]) -> Bool = { _ in false }
  ) -> [Point] {
    if model == nil {
      // Far from the end few columns are other than zero, and a part of the rows tells their curvature.
      refresh(at: start, stride: design.design.rowCount >= 40 * design.count ? 4 : 1)
    }
    var searches: [Search] = []
    var (open, done) = (0..<0, 0)
    while true {
      // 1. Let penalties in while others are being finished: a reading of the rows serves them all.
      var places = open.filter { searches[$0].isOpen }
      if 2 * places.count <= Self.window, searches.count < lambdas.count {
        let room = min(Self.window, 4 + searches.count) - places.count
        for lambda in lambdas[searches.count...].prefix(max(room, 1)) {
          let search = Search(
            searches.last?.here ?? start, lambda, penalty, candidates, tolerance: tolerance)
          if search.isOpen { places.append(searches.count) }
          searches.append(search)
        }
        // An old curvature has cost more than a new one.
        if 4 * excess >= design.count, let last = places.last { refresh(at: searches[last].here) }
      }
      while done < searches.count, !searches[done].isOpen { done += 1 }
      let finished = searches.prefix(done).map(\.here)
      if done == lambdas.count || isEnough(finished) { return finished }
      guard !places.isEmpty else { continue }
      advance(&searches, at: places, among: candidates)
      open = done..<searches.count
    }
  }

  /// One round of some of the searches.
  private mutating func advance(
    _ searches: inout [Search], at places: [Int], among candidates: [Int]
  ) {
    // 1. Minimise the model of each; a new one begins where the one before it ends.
    var guess: [Double]?
    for place in places where searches[place].step == 1 {
      let here = searches[place].here
      if searches[place].rounds.isMultiple(of: Self.patience), searches[place].rounds > 0 {
        refresh(at: here)
      } else if let origin = searches[place].origin {
        model?.correct(
          from: (origin.point, origin.slopes), to: (here.point, here.slopes),
          level: here.curvature)
      }
      guard let model else { continue }
      let isNew = searches[place].rounds == 0
      let descent = CoordinateDescent(penalty: penalty, lambda: here.lambda, candidates: candidates)
      searches[place].target = descent.minimize(
        model, center: here.point, slopes: here.slopes,
        from: isNew ? guess ?? here.point : here.point,
        tolerance: max(0.2 * tolerance, 0.05 * here.violation))
      if isNew { guess = searches[place].target }
    }
    // 2. Read the rows once for all of them.
    let evaluations = design.evaluate(response, at: places.map { searches[$0].trial })
    work.evaluations += places.count
    // 3. Take the steps that do not raise the objective.
    var before: Point?
    for (place, evaluation) in zip(places, evaluations) {
      let isNew = searches[place].rounds == 0
      excess += searches[place].rounds < 2 ? 0 : 1
      let trial = Point(
        lambda: searches[place].here.lambda, point: searches[place].trial, loss: evaluation.loss,
        slopes: evaluation.slopes, curvature: evaluation.curvature)
      let isDescent =
        objective(trial) <= objective(searches[place].here)
        + 1e-14 * abs(trial.loss)
      searches[place].take(isDescent ? trial : nil, from: isNew ? before : nil)
      if isNew { before = trial }
      if isDescent {
        searches[place].measure(penalty, candidates, tolerance: tolerance)
      }
      if searches[place].rounds == roundLimit { searches[place].stop(.roundLimit) }
    }
  }

  /// The search for the minimum at one penalty.
  private struct Search {
    /// The lowest point so far.
    private(set) var here: Point
    /// The point whose slopes, with those here, tell the curvature.
    private(set) var origin: Point?
    /// The minimum of the model.
    var target: [Double]
    /// The part of the way there that is tried.
    private(set) var step = 1.0
    /// The rounds so far.
    private(set) var rounds = 0
    /// Whether it goes on.
    private(set) var isOpen = true

    init(
      _ start: Point, _ lambda: Double, _ penalty: SeparablePenalty, _ candidates: [Int],
      tolerance: Double
    ) {
      (here, target) = (start, start.point)
      (here.lambda, here.status) = (lambda, .converged)
      measure(penalty, candidates, tolerance: tolerance)
    }

    /// The point that is tried.
    var trial: [Double] {
      step == 1
        ? target : target.indices.map { here.point[$0] + step * (target[$0] - here.point[$0]) }
    }

    /// Moves to a point, or halves the step if there is none.
    mutating func take(_ next: Point?, from before: Point?) {
      rounds += 1
      guard let next else {
        step /= 2
        if step < 1e-8 { stop(.stalled) }
        return
      }
      (origin, here, step) = (before ?? here, next, 1)
    }

    /// Finds how far from the minimum it is.
    mutating func measure(
      _ penalty: SeparablePenalty, _ candidates: [Int], tolerance: Double
    ) {
      here.violation = penalty.violation(
        here.point, slopes: here.slopes, lambda: here.lambda, among: candidates)
      isOpen = here.violation > tolerance
    }

    /// Ends short of the minimum.
    mutating func stop(_ status: ElasticNetPath.Status) {
      guard isOpen else { return }
      (here.status, isOpen) = (status, false)
    }
  }

  /// The rounds after which a search that is not done has the curvature formed anew.
  private static var patience: Int { 12 }

  /// The greatest number of penalties that are worked on at a time.
  private static var window: Int { 24 }

  /// The loss and the penalty of a point.
  private func objective(_ point: Point) -> Double {
    point.loss + penalty.value(point.point, lambda: point.lambda)
  }

  /// Forms the curvature at a point.
  private mutating func refresh(at point: Point, stride: Int = 1) {
    model = CurvatureModel(
      design.curvature(response, at: point.point, stride: stride), level: point.curvature)
    excess = 0
    work.curvatures += 1
  }
}
