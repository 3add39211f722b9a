import Inference
import Probability
import Segments
import TestSupport
import Testing

@Suite struct UpliftCurveTests {
  static func shuffled(_ count: Int, seed: UInt64) -> [Int] {
    var rng = Philox(StreamKey(seed: seed, purpose: .permutation))
    var rows = Array(0..<count)
    for place in stride(from: count - 1, to: 0, by: -1) {
      rows.swapAt(place, rng.index(below: place + 1))
    }
    return rows
  }

  @Test func curvesAreThoseOfScikitUplift() throws {
    let reference = try UpliftReference.read()
    for (scores, expected) in [
      (UpliftReference.tied, reference.tied), (UpliftReference.fine, reference.fine),
    ] {
      let curve = try UpliftCurve(
        scores: scores, UpliftReference.data(), arm: 1, baseline: 0)
      // Theirs begins with the origin.
      #expect(curve.points.map { Double($0.sessions) } == Array(expected.sessions.dropFirst()))
      for (point, (qini, uplift)) in zip(
        curve.points, zip(expected.qini.dropFirst(), expected.uplift.dropFirst()))
      {
        #expect(abs(point.qini - qini) < 1e-12 && abs(point.uplift - uplift) < 1e-12)
      }
      let (qini, uplift) = (
        try #require(curve.qiniCoefficient), try #require(curve.upliftCoefficient)
      )
      #expect(relativeError(qini, expected.qiniCoefficient) < 1e-11)
      #expect(relativeError(uplift, expected.upliftCoefficient) < 1e-11)
    }
    let curve = try UpliftCurve(
      scores: UpliftReference.fine, UpliftReference.data(), arm: 1, baseline: 0)
    #expect(
      relativeError(
        try #require(curve.uplift(top: 0.35)), try #require(reference.fine.top35Overall)) < 1e-12)
    #expect(
      relativeError(
        try #require(curve.uplift(top: 0.35, .byArm)), try #require(reference.fine.top35ByArm))
        < 1e-12)
  }

  @Test func theOrderOfTheLogDoesNotCount() throws {
    let data = try UpliftReference.data()
    let curve = try UpliftCurve(scores: UpliftReference.tied, data, arm: 1, baseline: 0)
    let bins = try UpliftBins(scores: UpliftReference.tied, data, arm: 1, baseline: 0, count: 4)
    for seed in 1...5 as ClosedRange<UInt64> {
      let rows = Self.shuffled(240, seed: seed)
      let scores = rows.map { UpliftReference.tied[$0] }
      let other = try UpliftCurve(scores: scores, data.subset(rows), arm: 1, baseline: 0)
      #expect(other == curve)
      #expect(other.uplift(top: 0.37) == curve.uplift(top: 0.37))
      let otherBins = try UpliftBins(
        scores: scores, data.subset(rows), arm: 1, baseline: 0, count: 4)
      #expect(otherBins.bins.map(\.sessions) == bins.bins.map(\.sessions))
    }
  }

  @Test func aConstantScoreRanksNobody() throws {
    let curve = try UpliftCurve(
      scores: UpliftReference.rows.map { _ in 0 }, UpliftReference.data(), arm: 1, baseline: 0)
    #expect(curve.points.count == 1)
    #expect(curve.qiniCoefficient == 0 && curve.upliftCoefficient == 0)
    let half = try #require(curve.uplift(top: 0.5))
    #expect(relativeError(half, curve.points[0].uplift / 240) < 1e-12)
  }

  /// The effect of each group is the difference of its shares, with Newcombe's interval.
  @Test func binsAreDifferencesOfShares() throws {
    let data = try UpliftReference.data()
    let bins = try UpliftBins(scores: UpliftReference.tied, data, arm: 1, baseline: 0, count: 3)
      .bins
    #expect(bins.map(\.highest) == [5, 3, 1] && bins.map(\.lowest) == [4, 2, 0])
    for bin in bins {
      let rows = UpliftReference.rows.filter {
        bin.lowest <= UpliftReference.tied[$0] && UpliftReference.tied[$0] <= bin.highest
      }
      let tallies = [1, 0].map { arm in
        let own = rows.filter { UpliftReference.treated[$0] == arm }
        return Tally(successes: own.count { UpliftReference.saved[$0] == 1 }, trials: own.count)
      }
      let effect = try #require(bin.effect)
      #expect(bin.sessions.arm == tallies[0].trials && bin.sessions.total == rows.count)
      #expect(abs(effect.difference - (tallies[0].proportion - tallies[1].proportion)) < 1e-14)
      #expect(effect.interval == NewcombeInterval(level: 0.95).difference(tallies[0], tallies[1]))
    }
  }

  @Test func scoresAreChecked() throws {
    let data = try UpliftReference.data()
    #expect(throws: SegmentError.lengthMismatch(column: "scores", count: 1, sessions: 240)) {
      try UpliftCurve(scores: [1], data, arm: 1, baseline: 0)
    }
    #expect(throws: SegmentError.scoreNotFinite(row: 0, arm: "pause")) {
      try UpliftCurve(
        scores: UpliftReference.rows.map { _ in .nan }, data, arm: 1, baseline: 0)
    }
    let untreated = data.subset(data.arms.indices.filter { data.arms[$0] == 0 })
    #expect(throws: SegmentError.noSessions(arm: "pause")) {
      try UpliftCurve(scores: untreated.rewards, untreated, arm: 1, baseline: 0)
    }
  }
}
