import Segments
import TestSupport
import Testing

/// Qini on Hillstrom's women's mail, against scikit-uplift 0.5.1.
@Suite(
  .enabled(if: Hillstrom.isPresent, "HOLDFAST_DATASETS names no folder with Hillstrom's log"))
struct HillstromUpliftTests {
  static func scores() throws -> (tied: [Double], history: [Double], data: SegmentData) {
    let table = try Hillstrom.table.get()
    let (womens, newbie) = (try table.numbers("womens"), try table.numbers("newbie"))
    let channel = try table.texts("channel")
    let history = try table.numbers("history").map { ($0 * 100).rounded() }
    let tied = womens.indices.map {
      2 * womens[$0] + newbie[$0] + (channel[$0] == "Web" ? 1 : 0)
    }
    return (tied, history, try Hillstrom.data([]))
  }

  @Test func curvesAreTheCases() throws {
    let known = try SegmentCases.named("hillstrom-qini")
    let tolerance = try known.relativeTolerance()
    let (tied, history, data) = try Self.scores()
    for (scores, name) in [(tied, "tied"), (history, "history")] {
      let expected = try known.expected.value(name)
      let curve = try UpliftCurve(scores: scores, data, arm: 2, baseline: 0)
      func agrees(_ computed: Double?, _ key: String) throws {
        let error = relativeError(try #require(computed), try expected.value(key).number())
        #expect(error < tolerance, "\(name) \(key)")
      }
      try agrees(curve.qiniCoefficient, "sklift_qini_auc")
      try agrees(curve.upliftCoefficient, "sklift_uplift_auc")
      try agrees(curve.points.last?.qini, "final_qini")
      try agrees(curve.areaUnderQini, "area_under_qini_raw")
      try agrees(curve.areaUnderRandomQini, "area_random")
      try agrees(Double(curve.points.count + 1), "n_qini_points")
      for (point, pair) in zip(curve.points, try expected.value("qini_points").list().dropFirst()) {
        let pair = try pair.numbers()
        #expect(Double(point.sessions) == pair[0])
        #expect(relativeError(point.qini, pair[1]) < tolerance)
      }
      if name == "history" {
        try agrees(curve.uplift(top: 0.3), "uplift_at_k30_overall")
        try agrees(curve.uplift(top: 0.3, .byArm), "uplift_at_k30_by_group")
      }
    }
  }

  /// A constant score has no Qini, in the order of the file and with the saved sessions first.
  @Test func aConstantScoreHasNoQini() throws {
    let known = try SegmentCases.named("qini-constant-score")
    let data = try Hillstrom.data([])
    let sorted = data.subset(
      data.arms.indices.sorted { (-data.rewards[$0], $0) < (-data.rewards[$1], $1) })
    for data in [data, sorted] {
      let curve = try UpliftCurve(
        scores: data.arms.map { _ in 0 }, data, arm: 2, baseline: 0)
      let expected = try known.expected.value("qini_coefficient").number()
      #expect(
        abs(try #require(curve.qiniCoefficient) - expected) <= (try known.absoluteTolerance()))
      #expect(
        Double(curve.points.count + 1) == (try known.expected.value("n_curve_points").number()))
    }
  }
}
