/// What is gained by treating the sessions of the highest scores first.
///
///     Qini     Q(s) = Y₁ − Y₀ n₁ / n₀
///     uplift   U(s) = (Y₁/n₁ − Y₀/n₀)(n₁ + n₀)
///
/// `n` counts the sessions of the arm (1) and the baseline (0) whose score is at least `s`, and `Y`
/// sums their outcomes. There is one point a distinct score: sessions of equal score are treated
/// together, so the curve does not depend on the order of the log, and a constant score has no
/// curve but the straight line.
///
/// References: Radcliffe (2007), *Direct Marketing Analytics Journal*, 14–21; Rzepakowski and
/// Jaroszewicz (2012), *Knowledge and Information Systems* 32, 303–327; the areas are those of
/// scikit-uplift.
public struct UpliftCurve: Hashable, Sendable {
  /// The sessions of a score or higher.
  public struct Point: Hashable, Sendable {
    /// The least score among them.
    public let score: Double
    /// The number of sessions of the arm, and of the baseline.
    public let (treated, control): (Int, Int)
    /// The sum of their outcomes.
    public let (treatedSum, controlSum): (Double, Double)

    /// The number of sessions of both arms.
    public var sessions: Int { treated + control }

    /// The saved sessions beyond those expected without the arm, of which none are expected where no
    /// baseline session tells.
    public var qini: Double {
      control == 0 ? treatedSum : treatedSum - controlSum * Double(treated) / Double(control)
    }

    /// The difference of means times the sessions; an empty arm counts as of mean 0.
    public var uplift: Double {
      let (mine, theirs) = (
        treated == 0 ? 0 : treatedSum / Double(treated),
        control == 0 ? 0 : controlSum / Double(control)
      )
      return (mine - theirs) * Double(sessions)
    }
  }

  /// The points, the highest score first.
  public let points: [Point]
  /// The areas under the curves of a perfect score; nil where outcomes are not 0 or 1.
  private let perfectAreas: Areas?

  private struct Areas: Hashable {
    let qini: Double
    let uplift: Double
  }

  /// Draws the curve of a score.
  ///
  /// - Parameters:
  ///   - scores: The score of each session, finite; a predicted effect, or any other ranking.
  ///   - data: The sessions; those of other arms are left out.
  ///   - arm: The treatment, by its place.
  ///   - baseline: The arm that it is compared with.
  /// - Throws: `lengthMismatch`, `scoreNotFinite`, or `noSessions` if either arm has none.
  /// - Complexity: O(*n* log *n*).
  public init(
    scores: [Double], _ data: SegmentData, arm: Int, baseline: Int
  ) throws(SegmentError) {
    try Self.check(scores, data, [arm, baseline])
    let rows = data.arms.indices.filter {
      data.arms[$0] == Int32(arm) || data.arms[$0] == Int32(baseline)
    }
    let sample = rows.map {
      Session(
        score: scores[$0], isTreated: data.arms[$0] == Int32(arm), outcome: data.rewards[$0])
    }
    points = Self.points(sample)
    guard sample.allSatisfy({ $0.outcome == 0 || $0.outcome == 1 }) else {
      perfectAreas = nil
      return
    }
    perfectAreas = Areas(
      qini: Self.area(Self.points(sample.map(\.atItsOwnEffect)), \.qini),
      uplift: Self.area(Self.points(Self.perfectlyRanked(sample)), \.uplift))
  }

  static func check(
    _ scores: [Double], _ data: SegmentData, _ arms: [Int]
  ) throws(SegmentError) {
    guard scores.count == data.arms.count else {
      throw .lengthMismatch(column: "scores", count: scores.count, sessions: data.arms.count)
    }
    for arm in arms {
      precondition(data.armNames.indices.contains(arm), "an arm is one of those named")
      guard data.arms.contains(Int32(arm)) else { throw .noSessions(arm: data.armNames[arm]) }
    }
    if let row = scores.firstIndex(where: { !$0.isFinite }) {
      throw .scoreNotFinite(row: row, arm: data.armNames[arms[0]])
    }
  }

  /// The area between a score's Qini curve and the straight line, as a part of what a perfect score
  /// reaches; 0 for a score that ranks nobody, nil where outcomes are not 0 or 1 or do not vary.
  public var qiniCoefficient: Double? { coefficient(\.qini, perfect: perfectAreas?.qini) }

  /// The same of the uplift curve.
  public var upliftCoefficient: Double? { coefficient(\.uplift, perfect: perfectAreas?.uplift) }

  /// The area under the Qini curve, in saved sessions × sessions.
  public var areaUnderQini: Double { Self.area(points, \.qini) }

  /// The area under the straight line to the end of the Qini curve: what chance would reach.
  public var areaUnderRandomQini: Double { randomArea(\.qini) }

  /// The area under the uplift curve (AUUC), in saved sessions × sessions.
  public var areaUnderUplift: Double { Self.area(points, \.uplift) }

  private func coefficient(_ value: (Point) -> Double, perfect: Double?) -> Double? {
    guard let perfect else { return nil }
    let random = randomArea(value)
    let best = perfect - random
    guard best != 0 else { return nil }
    return (Self.area(points, value) - random) / best
  }

  private func randomArea(_ value: (Point) -> Double) -> Double {
    points.last.map { Double($0.sessions) * value($0) / 2 } ?? 0
  }

  /// The area under a curve from the origin, by trapezoids.
  private static func area(_ points: [Point], _ value: (Point) -> Double) -> Double {
    var (area, before) = (0.0, (x: 0.0, y: 0.0))
    for point in points {
      let here = (x: Double(point.sessions), y: value(point))
      area += (here.x - before.x) * (here.y + before.y) / 2
      before = here
    }
    return area
  }
}

extension UpliftCurve {
  /// What the curve knows of a session.
  private struct Session {
    var score: Double
    let isTreated: Bool
    let outcome: Double

    /// The session ranked by what it seems to have gained: saved with the arm, or lost without.
    var atItsOwnEffect: Session {
      Session(
        score: isTreated ? outcome : -outcome, isTreated: isTreated, outcome: outcome)
    }
  }

  /// The ranking under which the uplift curve is perfect, after scikit-uplift.
  private static func perfectlyRanked(_ sample: [Session]) -> [Session] {
    let savedControl = sample.count { !$0.isTreated && $0.outcome == 1 }
    let lostTreated = sample.count { $0.isTreated && $0.outcome == 0 }
    return sample.map { session in
      let agrees = (session.outcome == 1) == session.isTreated
      let summand =
        savedControl > lostTreated ? session.outcome : session.isTreated ? 1.0 : 0
      return Session(
        score: (agrees ? 2 : 0) + summand, isTreated: session.isTreated,
        outcome: session.outcome)
    }
  }

  /// One point a distinct score. Within a score, arms and outcomes are sorted too, so that sums of
  /// outcomes round alike in any order of the log.
  private static func points(_ sample: [Session]) -> [Point] {
    let sorted = sample.sorted {
      ($1.score, $0.isTreated ? 1 : 0, $0.outcome) < ($0.score, $1.isTreated ? 1 : 0, $1.outcome)
    }
    var points: [Point] = []
    var (treated, control, treatedSum, controlSum) = (0, 0, 0.0, 0.0)
    for (index, session) in sorted.enumerated() {
      if session.isTreated {
        treated += 1
        treatedSum += session.outcome
      } else {
        control += 1
        controlSum += session.outcome
      }
      if index + 1 == sorted.count || sorted[index + 1].score < session.score {
        points.append(
          Point(
            score: session.score, treated: treated, control: control, treatedSum: treatedSum,
            controlSum: controlSum))
      }
    }
    return points
  }
}
