internal import Bandits
internal import Probability
internal import Yams

extension LearnerPlan {
  /// How a policy is read from the mapping below its name.
  struct Reader: Sendable {
    let name: String
    /// Whether cells may learn apart, by the key `byCell`.
    let hasCells: Bool
    let read: @Sendable (inout PlanSection) -> Kind?

    init(
      _ name: String, hasCells: Bool = true,
      _ read: @escaping @Sendable (inout PlanSection) -> Kind?
    ) {
      (self.name, self.hasCells, self.read) = (name, hasCells, read)
    }
  }

  /// The policies by the names that a plan asks for them.
  static let readers: [Reader] = [
    Reader("uniform", hasCells: false) { _ in .uniform },
    Reader("fixed", hasCells: false) { section in
      section.string("arm", required: true).map { .fixed(arm: $0) }
    },
    Reader("table", hasCells: false) { section in
      section.tableShares("probabilities").map { .table($0) }
    },
    Reader("epsilonGreedy") { .epsilonGreedy(epsilon: $0.share("epsilon", default: 0.1)) },
    Reader("epsilonGreedyWithFloor") { section in
      let base = LearnerPlan(.epsilonGreedy(epsilon: section.share("epsilon", default: 0)))
      return .floored(base, floor: section.floor())
    },
    Reader("thompson") { .thompson(prior: $0.betaPrior()) },
    Reader("thompsonWithFloor") { section in
      let base = LearnerPlan(.thompson(prior: section.betaPrior()))
      return .floored(base, floor: section.floor())
    },
    Reader("gaussianThompson") { section in
      .gaussianThompson(
        .knownVariance(
          mean: NormalDistribution(
            mean: section.moderate("mean", default: 0.5),
            standardDeviation: section.scale("deviation", default: 0.5)),
          variance: section.scale("variance", default: 0.25)))
    },
    Reader("gaussianThompsonOfUnknownVariance") { section in
      .gaussianThompson(
        .unknownVariance(
          mean: section.moderate("mean", default: 0.5),
          observations: section.scale("observations", default: 1, least: 0.1),
          variance: InverseGammaDistribution(
            shape: section.scale("shape", default: 1, least: 0.1),
            scale: section.scale("scale", default: 0.25))))
    },
    Reader("gammaPoissonThompson") { section in
      let shape = section.scale("shape", default: 1, least: 0.1)
      return .gammaPoissonThompson(
        prior: GammaDistribution(shape: shape, scale: section.scale("scale", default: 1)))
    },
    Reader("topTwo", hasCells: false) { section in
      let beta = section.share("beta", default: 0.5)
      return section.learner("base", default: .thompson).map { .topTwo($0, beta: beta) }
    },
    Reader("discountedThompson") { section in
      let discount = section.number(
        "discount", default: 0.99, expected: "a number above 0, up to 1"
      ) { 0 < $0 && $0 <= 1 }
      return .discountedThompson(prior: section.betaPrior(), discount: discount)
    },
    Reader("slidingWindowThompson") { section in
      .slidingWindowThompson(
        prior: section.betaPrior(),
        sessionCount: section.integer("sessionCount", in: 1...1_000_000_000, default: 1_000))
    },
    Reader("hierarchicalThompson", hasCells: false) { section in
      .hierarchicalThompson(
        prior: section.betaPrior(),
        sessionsPerFit: section.integer("sessionsPerFit", in: 1...1_000_000_000, default: 50))
    },
    Reader("maturingThompson") { .maturingThompson(prior: $0.betaPrior()) },
    Reader("budgetedThompson") { .budgetedThompson($0.budgetTerms()) },
    Reader("linearThompson") { section in
      .linearThompson(
        mean: section.moderate("mean", default: 0.5),
        variance: section.scale("variance", default: 0.25),
        noise: .known(variance: section.scale("noise", default: 0.25)))
    },
    Reader("linearThompsonOfUnknownVariance") { section in
      .linearThompson(
        mean: section.moderate("mean", default: 0.5),
        variance: section.scale("variance", default: 1),
        noise: .unknown(
          InverseGammaDistribution(
            shape: section.scale("shape", default: 1),
            scale: section.scale("scale", default: 0.25))))
    },
    Reader("logisticThompson") { section in
      .logisticThompson(
        variance: section.scale("variance", default: 3),
        refitGrowth: section.number(
          "refitGrowth", default: 0.1, expected: "a number from 0 to 1e9"
        ) { (0...1e9).contains($0) })
    },
    Reader("diagonalLogisticThompson") { section in
      .diagonalLogisticThompson(
        variance: section.scale("variance", default: 3),
        batchSize: section.integer("batchSize", in: 1...1_000_000_000, default: 1))
    },
    Reader("linUCB") { section in
      .linUCB(
        alpha: section.number("alpha", default: 1, expected: "a number from 0 to 1e9") {
          (0...1e9).contains($0)
        }, ridge: section.scale("ridge", default: 1))
    },
    Reader("chernoffUCB") { _ in .chernoffUCB },
    Reader("ucb1") { _ in .ucb1 },
    Reader("klUCB") { _ in .klUCB },
    Reader("softmax") { section in
      .softmax(
        temperature: section.scale("temperature", default: 0.1),
        initialMean: section.moderate("initialMean", default: 0))
    },
    Reader("exploreThenCommit") { section in
      .exploreThenCommit(
        sessionsPerArm: section.integer("sessionsPerArm", in: 1...1_000_000_000, default: 100))
    },
    Reader("floored", hasCells: false) { section in
      let floor = section.floor()
      return section.learner("base", default: .thompson).map { .floored($0, floor: floor) }
    },
  ]

  /// The names by which a plan asks for a policy.
  package static let names: [String] = readers.map(\.name)

  /// What a message says of the policies that there are.
  static let expected =
    "expected one of \(names.joined(separator: ", ")), most with '-by-cell' too, or a mapping of one "
    + "to its settings"

  /// Thompson sampling with every default: the base of what is built on another policy.
  static let thompson = LearnerPlan(.thompson(prior: .uniform))

  /// The reader of a name, which may end in `-by-cell`.
  static func reader(named word: String) -> (reader: Reader, byCell: Bool)? {
    if let reader = readers.first(where: { $0.name == word }) { return (reader, false) }
    guard word.hasSuffix("-by-cell") else { return nil }
    let name = word.dropLast("-by-cell".count)
    return readers.first { $0.name == name && $0.hasCells }.map { ($0, true) }
  }

  /// Whether a node asks for a learning policy: by a word, or as the key of a mapping.
  static func isNamed(by node: Node) -> Bool {
    if let word = node.scalar?.string { return reader(named: word) != nil }
    return node.mapping?.keys.contains { key in
      key.scalar.map { $0.string == "always" || reader(named: $0.string) != nil } ?? false
    } ?? false
  }
}

extension PlanSection {
  /// The least probability of every arm, if one is given.
  mutating func floor() -> Double? {
    optionalNumber("floor", expected: "a probability from 0 to 0.5") { (0...0.5).contains($0) }
  }

  /// A prior of rates as the pair of its successes and failures.
  fileprivate mutating func betaPrior() -> BetaDistribution {
    let expected = "a number from 0.01 to 1e9"
    let pair = numbers("prior", expected: expected) { (0.01...1e9).contains($0) }
    guard let node = node("prior") else { return .uniform }
    guard pair.count == 2 else {
      if node.sequence.map({ $0.count != 2 }) ?? true {
        report("prior", at: node, "expected the pair [successes, failures], such as [1, 1]")
      }
      return .uniform
    }
    return BetaDistribution(alpha: pair[0], beta: pair[1])
  }

  /// A positive number that is neither tiny nor huge.
  fileprivate mutating func scale(
    _ key: String, default fallback: Double, least: Double = 1e-9
  ) -> Double {
    number(key, default: fallback, expected: "a number from \(least) to 1e9") {
      (least...1e9).contains($0)
    }
  }

  fileprivate mutating func moderate(_ key: String, default fallback: Double) -> Double {
    number(key, default: fallback, expected: "a number from −1e9 to 1e9") { abs($0) <= 1e9 }
  }

  fileprivate mutating func budgetTerms() -> LearnerPlan.BudgetTerms {
    var terms = LearnerPlan.BudgetTerms()
    terms.prior = betaPrior()
    terms.margins = armAmounts("margins", expected: "a number above 0, up to 1e12") {
      0 < $0 && $0 <= 1e12
    }
    terms.costs = armAmounts("costs", others: 0, expected: "a number from 0 to 1e12") {
      (0...1e12).contains($0)
    }
    terms.budget = optionalNumber("budget", expected: "a number from 0 to 1e15") {
      (0...1e15).contains($0)
    }
    terms.sessions = integer("sessions", in: 1...1_000_000_000)
    terms.openSessions = integer("openSessions", in: 1...1_000_000_000)
    terms.step = number("step", default: terms.step, expected: "a number above 0, up to 10") {
      0 < $0 && $0 <= 10
    }
    return terms
  }

  /// Probabilities by arm, or by cell and arm.
  fileprivate mutating func tableShares(_ key: String) -> LearnerPlan.TableShares? {
    guard node(key, required: true) != nil else { return nil }
    return section(key) { section in
      var cells: [String: [String: Double]] = [:]
      for name in section.keys {
        if section.node(name)?.mapping == nil {
          cells[LearnerPlan.TableShares.everyCell, default: [:]][name] = section.share(
            name, default: 0)
        } else {
          cells[name] = section.section(name) { cell in
            var shares: [String: Double] = [:]
            for arm in cell.keys { shares[arm] = cell.share(arm, default: 0) }
            return shares
          }
        }
      }
      for (cell, shares) in cells.sorted(by: { $0.key < $1.key }) {
        let sum = shares.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
        if abs(sum - 1) > 1e-9 {
          section.report(
            cell, at: section.node(cell), "the probabilities sum to \(sum); expected 1")
        }
      }
      return LearnerPlan.TableShares(cells: cells)
    }
  }
}
