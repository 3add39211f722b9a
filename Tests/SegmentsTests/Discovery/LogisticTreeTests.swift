import Foundation
import Probability
import Segments
import TestSupport
import Testing

/// Model-based partitioning of the Pima diabetes data, against partykit.
@Suite struct LogisticTreeTests {
  struct Tests: Decodable { let statistic, adjusted: [Double] }

  static let names = ["pregnant", "pressure", "mass", "pedigree", "age"]

  static func tree(_ ties: FluctuationTest.Ties) throws -> LogisticTree {
    let table = try CSVTable(reference: "pima_mob.csv")
    let covariates = try names.map { name in
      let values = try table.numbers(name)
      return Covariate(
        name: name, column: .number(values: values, isPresent: values.map { _ in true }))
    }
    var settings = ModelTreeSettings()
    settings.ties = ties
    return try LogisticTree(
      outcomes: table.texts("diabetes").map { $0 == "pos" ? 1 : 0 },
      regressors: [table.numbers("glucose")], by: covariates, settings)
  }

  @Test(arguments: [FluctuationTest.Ties.together, .inOrder])
  func theTreeIsTheCases(_ ties: FluctuationTest.Ties) throws {
    let known = try SegmentCases.named("pima-glmtree")
    let tolerance = try known.relativeTolerance()
    let tree = try Self.tree(ties)
    let leaves = tree.leaves
    #expect(Double(leaves.count) == (try known.expected.value("n_terminal").number()))
    #expect(
      leaves.map { Double($0.leaf.sessions) } == (try known.expected.value("n_by_node").numbers()))
    let loglik = try known.expected.value("loglik").number()
    #expect(relativeError(tree.logLikelihood, loglik) < tolerance)
    for (leaf, id) in zip(leaves, ["2", "4", "5"]) {
      let expected = try known.expected.value("coef").value(id).numbers()
      for (computed, expected) in zip(leaf.leaf.fit.coefficients, expected) {
        #expect(relativeError(computed, expected) < tolerance)
      }
    }
    // The case's rules: "mass <= 26.3" holds, then "age <= 30" holds or not.
    guard case .split(let root, .leaf, .split(let second, .leaf, .leaf)) = tree.root else {
      Issue.record("the tree has another shape: \(tree.root)")
      return
    }
    let rules = [(root, "mass"), (second, "age")].map { split, name in
      split.condition.covariate == name ? "\(name) <= \(split.greatestBelow ?? .nan)" : "?"
    }
    let texts = try known.expected.value("rules").texts()
    #expect(rules[0] == texts[0])
    #expect(texts[1].hasSuffix(rules[1].replacingOccurrences(of: "30.0", with: "30")))
  }

  /// Statistics read in the order of the log are partykit's. Its p-values come from Hansen's table, which
  /// was fitted to simulations on a grid: they lie below the exact ones, which are those of
  /// `BesselSupremumTests`, by a tenth at 0.6, by a third at 0.001 and by half at 1e-7.
  @Test func testsArePartykits() throws {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let known = try JSONDecoder().decode(
      [Tests].self, from: try Data(contentsOf: folder.appending(path: "pima_mob.json")))
    guard case .split(let root, _, .split(let second, _, _)) = try Self.tree(.inOrder).root else {
      Issue.record("the tree has another shape")
      return
    }
    for (split, expected) in [(root, known[0]), (second, known[1])] {
      for (index, test) in split.tests.enumerated() {
        #expect(test.covariate == Self.names[index])
        #expect(relativeError(test.statistic, expected.statistic[index]) < 1e-6)
        let p = try #require(split.adjustedPValues[index])
        let theirs = expected.adjusted[index]
        let excess = theirs > 0.05 ? 1.1 : theirs > 1e-4 ? 1.45 : 2
        #expect(p > theirs && p < excess * theirs)
      }
    }
  }
}

/// Trees that are grown on one half and measured on the other.
@Suite struct HonestTreeTests {
  /// Effects of 0.3 on the annual plan from 500 days on, else 0; regions do nothing.
  static func world(
    _ seed: UInt64, sessions: Int, effect: Double
  ) throws -> (data: SegmentData, contrast: [Double]) {
    var rng = Philox(StreamKey(seed: seed, purpose: .world))
    var (plans, regions, tenures, known) = ([Int32](), [Int32](), [Double](), [Bool]())
    var contrast: [Double] = []
    for row in 0..<sessions {
      plans.append(Int32(rng.index(below: 2)))
      regions.append(Int32(rng.index(below: 5)))
      tenures.append(Double(rng.index(below: 1_000)))
      known.append(rng.uniform() < 0.95)
      let isAffected = plans[row] == 1 && known[row] && tenures[row] >= 500
      contrast.append((isAffected ? effect : 0) + StandardNormal.draw(using: &rng))
    }
    let covariates = [
      Covariate(name: "plan", column: .category(codes: plans, levels: ["monthly", "annual"])),
      Covariate(
        name: "region", column: .category(codes: regions, levels: SegmentWorld.regions)),
      Covariate(name: "tenure", column: .number(values: tenures, isPresent: known)),
    ]
    let data = try SegmentData(
      arms: plans.map { _ in 0 }, armNames: ["none"], rewards: contrast, covariates: covariates,
      units: (0..<UInt64(sessions)).map { $0 })
    return (data, contrast)
  }

  @Test func theSegmentIsFoundAndMeasured() throws {
    let (data, contrast) = try Self.world(1, sessions: 12_000, effect: 0.3)
    let tree = try HonestTree(contrast: contrast, data)
    #expect(!tree.isSingle)
    let best = try #require(
      tree.leaves.max { ($0.effect?.mean ?? -1) < ($1.effect?.mean ?? -1) })
    #expect(best.path.steps.contains { $0.condition.covariate == "plan" })
    #expect(best.path.steps.contains { $0.condition.covariate == "tenure" })
    #expect(!best.path.steps.contains { $0.condition.covariate == "region" })
    let effect = try #require(best.effect)
    #expect(abs(effect.mean - 0.3) < 4 * effect.standardError)
    #expect((try #require(best.adjustedPValue)) < 1e-6)
    // Leaves part the estimation half.
    let sessions = tree.leaves.reduce(0) { $0 + ($1.effect?.sessions ?? 0) }
    #expect(sessions == tree.estimationSessions)
    let total = tree.leaves.reduce(0) {
      $0 + Double($1.effect?.sessions ?? 0) * ($1.effect?.mean ?? 0)
    }
    #expect(abs(total / Double(sessions) - tree.overall.mean) < 1e-12)
  }

  /// Without heterogeneity the root test keeps its level of 0.05 over three covariates: of 200 trees
  /// Binomial(200, 0.05) exceeds 22 with probability 1e-4; leaves that grew all the same are not
  /// believed more often than the level either.
  @Test func noiseGrowsNoTree() throws {
    var (grown, believed) = (0, 0)
    for seed in 0..<UInt64(200) {
      let (data, contrast) = try Self.world(seed, sessions: 1_200, effect: 0)
      let tree = try HonestTree(contrast: contrast, data, seed: seed)
      if !tree.isSingle { grown += 1 }
      if tree.leaves.contains(where: { ($0.adjustedPValue ?? 1) < 0.05 }) { believed += 1 }
    }
    #expect(grown <= 22)
    #expect(believed <= 5)
  }

  @Test func halvesNeedSessions() throws {
    let (data, _) = try Self.world(1, sessions: 10, effect: 0)
    #expect(throws: SegmentError.lengthMismatch(column: "contrast", count: 1, sessions: 10)) {
      try HonestTree(contrast: [1], data)
    }
    #expect(throws: SegmentError.self) {
      try HonestTree(contrast: [1], data.subset([0]))
    }
  }
}
