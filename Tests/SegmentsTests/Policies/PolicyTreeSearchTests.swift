import Probability
import Segments
import TestSupport
import Testing

/// The exact search against enumeration of every tree.
@Suite struct PolicyTreeSearchTests {
  static let levels = ["a", "b", "c"]

  /// Sessions with a category, a number of gaps, and a fine number; whole scores make ties.
  static func world(_ seed: UInt64, sessions: Int) throws -> (SegmentData, ActionScores) {
    var rng = Philox(StreamKey(seed: seed, purpose: .world))
    var (codes, few, isPresent, fine) = ([Int32](), [Double](), [Bool](), [Double]())
    var values: [Double] = []
    for _ in 0..<sessions {
      codes.append(Int32(rng.index(below: 4)) - 1)
      few.append(Double(rng.index(below: 4)) / 2)
      isPresent.append(rng.uniform() < 0.8)
      fine.append(Double(rng.index(below: 6)) - 2.5)
      for _ in 0..<3 { values.append(Double(rng.index(below: 7)) - 3) }
    }
    let data = try SegmentData(
      arms: codes.map { _ in 0 }, armNames: ["none"], rewards: codes.map { _ in 0 },
      covariates: [
        Covariate(name: "plan", column: .category(codes: codes, levels: levels)),
        Covariate(name: "few", column: .number(values: few, isPresent: isPresent)),
        Covariate(name: "fine", column: .number(values: fine, isPresent: fine.map { _ in true })),
      ], units: (0..<UInt64(sessions)).map { $0 })
    return (data, try ActionScores(armNames: ["x", "y", "z"], values: values))
  }

  /// Every condition that a tree may ask.
  static let conditions =
    levels.map { Condition("plan", .level($0)) } + [Condition("plan", .missing)]
    + [0.5, 1, 1.5].flatMap { [Condition("few", .below($0)), Condition("few", .atLeast($0))] }
    + [Condition("few", .missing)]
    + [-1.5, -0.5, 0.5, 1.5, 2.5].map { Condition("fine", .below($0)) }

  /// The greatest sum of scores of any tree over some rows, each side with enough of them.
  static func best(
    _ rows: [Int], _ holds: [[Bool]], _ scores: ActionScores, depth: Int, minimum: Int
  ) -> Double {
    var best =
      (0..<scores.armCount).map { arm in rows.reduce(0) { $0 + scores[$1, arm] } }.max() ?? 0
    guard depth > 0 else { return best }
    for column in holds {
      let (yes, no) = (rows.filter { column[$0] }, rows.filter { !column[$0] })
      guard yes.count >= minimum, no.count >= minimum else { continue }
      best = max(
        best,
        Self.best(yes, holds, scores, depth: depth - 1, minimum: minimum)
          + Self.best(no, holds, scores, depth: depth - 1, minimum: minimum))
    }
    return best
  }

  @Test(arguments: [1, 2, 3], [1, 4])
  func noTreeIsWorthMore(depth: Int, minimum: Int) throws {
    for seed in 0..<UInt64(depth == 3 ? 2 : 10) {
      let (data, scores) = try Self.world(seed, sessions: depth == 3 ? 25 : 60)
      let holds = try Self.conditions.map { try Rule([$0]).contains(data) }
      var search = PolicyTreeSearch()
      (search.depth, search.minimumSessions) = (depth, minimum)
      let found = try search.run(data, scores)
      let rows = Array(data.arms.indices)
      let best = Self.best(rows, holds, scores, depth: depth, minimum: minimum)
      #expect(relativeError(found.value * Double(rows.count), best) < 1e-12)
      // The tree is worth what it says, and its leaves are as large as asked.
      let value = try scores.value(of: found.tree.arms(of: data), units: data.units)
      #expect(relativeError(value.mean, found.value) < 1e-12)
      for leaf in found.tree.leaves where found.tree.leaves.count > 1 {
        let count = try leaf.path.contains(data).count { $0 }
        #expect(count >= minimum)
      }
    }
  }

  @Test func theOrderOfSessionsChangesNothing() throws {
    let (data, scores) = try Self.world(3, sessions: 200)
    let rows = Array((0..<200).reversed())
    let search = PolicyTreeSearch()
    #expect(
      try search.run(data, scores).tree
        == search.run(data.subset(rows), scores.subset(rows)).tree)
  }

  @Test func equalArmsAskNothing() throws {
    let (data, _) = try Self.world(1, sessions: 40)
    let scores = try ActionScores(
      armNames: ["x", "y"], values: (0..<80).map { Double($0 / 2) })
    #expect(try PolicyTreeSearch().run(data, scores).tree.root == .leaf(arm: 0))
  }

  @Test func aFineNumberIsCutAtQuantilesAndSaysSo() throws {
    let values = (0..<1_000).map { Double($0) * 1.5 }
    let data = try SegmentData(
      arms: values.map { _ in 0 }, armNames: ["none"], rewards: values,
      covariates: [
        Covariate(
          name: "tenure", column: .number(values: values, isPresent: values.map { _ in true }))
      ], units: (0..<1_000).map { UInt64($0) })
    let scores = try ActionScores(
      armNames: ["x", "y"], values: values.flatMap { [$0 < 600 ? 1.0 : 0, $0 < 600 ? 0 : 1.0] })
    var search = PolicyTreeSearch()
    search.cutLimit = 9
    let found = try search.run(data, scores)
    #expect(found.binnedCovariates == ["tenure"] && found.testCount == 9)
    #expect(found.value == 1 && found.tree.leaves.map(\.arm) == [0, 1])
    #expect(
      found.tree.leaves.map(\.path.predicate) == [
        "\"tenure\" < 600", "(\"tenure\" < 600) IS NOT TRUE",
      ])
  }

  /// A fine number is cut between all its values where that is affordable.
  @Test func allCutsAreTriedWhileTheWorkAllows() throws {
    var rng = Philox(StreamKey(seed: 4, purpose: .world))
    let values = (0..<300).map { _ in rng.uniform() }
    let scores = try ActionScores(
      armNames: ["x", "y"], values: (0..<600).map { _ in rng.uniform() })
    let data = try SegmentData(
      arms: values.map { _ in 0 }, armNames: ["none"], rewards: values,
      covariates: [
        Covariate(name: "u", column: .number(values: values, isPresent: values.map { _ in true }))
      ], units: (0..<300).map { UInt64($0) })
    var search = PolicyTreeSearch()
    let all = try search.run(data, scores)
    #expect(all.testCount == 299 && all.binnedCovariates.isEmpty)
    search.workLimit = 1e5
    let few = try search.run(data, scores)
    #expect(few.testCount == 63 && few.binnedCovariates == ["u"])
    #expect(few.value < all.value)
    // Every pair of cuts by brute force.
    let holds = try values.map { try Rule([Condition("u", .below($0))]).contains(data) }
    let best = Self.best(Array(0..<300), holds, scores, depth: 1, minimum: 1)
    search = PolicyTreeSearch()
    search.depth = 1
    #expect(relativeError(try search.run(data, scores).value * 300, best) < 1e-12)
  }

  @Test func waysReadWell() throws {
    let tree = PolicyTree(
      root: .split(
        Condition("plan", .level("a")),
        holds: .split(Condition("few", .missing), holds: .leaf(arm: 0), otherwise: .leaf(arm: 1)),
        otherwise: .split(
          Condition("few", .atLeast(0.5)), holds: .leaf(arm: 2), otherwise: .leaf(arm: 0))),
      armNames: ["x", "y", "z"])
    #expect(
      tree.description == """
        plan is a and few is missing: x
        plan is a and few is known: y
        plan is not a and few ≥ 0.5: z
        plan is not a and few < 0.5 or missing: x
        """)
    // The ways part the sessions, each to its arm.
    let (data, _) = try Self.world(2, sessions: 100)
    let arms = try tree.arms(of: data)
    for leaf in tree.leaves {
      for (row, isHere) in try leaf.path.contains(data).enumerated() where isHere {
        #expect(arms[row] == Int32(leaf.arm))
      }
    }
  }

  @Test func withoutTheWorkDepthThreeIsNotExact() throws {
    let (data, scores) = try Self.world(5, sessions: 60)
    var search = PolicyTreeSearch()
    (search.depth, search.workLimit) = (3, 1)
    let rough = try search.run(data, scores)
    search.workLimit = .infinity
    let exact = try search.run(data, scores)
    search.depth = 2
    #expect(!rough.isExact && exact.isExact)
    let shallow = try search.run(data, scores)
    #expect(rough.value <= exact.value && rough.value >= shallow.value)
  }

  @Test func scoresFitTheSessions() throws {
    let (data, scores) = try Self.world(5, sessions: 60)
    #expect(throws: SegmentError.lengthMismatch(column: "scores", count: 1, sessions: 60)) {
      try PolicyTreeSearch().run(data, scores.subset([0]))
    }
    #expect(throws: SegmentError.scoreNotFinite(row: 1, arm: "x")) {
      try ActionScores(armNames: ["x", "y"], values: [0, 1, .nan, 2])
    }
    #expect(throws: SegmentError.unknownArm(row: 0, code: 3)) {
      try scores.value(of: Array(repeating: 3, count: 60), units: data.units)
    }
  }
}
