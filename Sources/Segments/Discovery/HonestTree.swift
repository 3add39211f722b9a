public import Inference

/// A tree of segments in which the effect of an arm differs, grown on one half of the customers and
/// measured on the other.
///
/// On the discovery half the mean contrast score is tested for change along each covariate, as in
/// model-based partitioning; the covariate of the least p-value parts the sessions where the two
/// means explain most. On the estimation half each leaf's effect is the mean of its scores, and it
/// is tested against the effect outside the leaf; p-values are adjusted for all leaves.
///
/// References: Athey and Imbens (2016), *PNAS* 113, 7353–7360, for honesty; Zeileis, Hothorn and
/// Hornik (2008), *Journal of Computational and Graphical Statistics* 17, 492–514, for the growth.
public struct HonestTree: Hashable, Sendable {
  /// A segment.
  public struct Leaf: Hashable, Sendable {
    /// The way from the top.
    public let path: TreePath
    /// The effect on the estimation half; nil for fewer than two customers.
    public let effect: ScoreEstimate?
    /// The effect less that outside the leaf, tested against zero; nil in a tree of one leaf or
    /// where there is no error.
    public let difference: WaldTest?
    /// The p-value of the difference adjusted for all leaves.
    public internal(set) var adjustedPValue: Double?
    /// The mean score on the discovery half, which chose the leaf: flattered, for comparison.
    public let discoveryMean: Double
  }

  /// The leaves from left to right.
  public let leaves: [Leaf]
  /// The effect over the whole estimation half.
  public let overall: ScoreEstimate
  /// The tests of all sessions of the discovery half, before the first question.
  public let rootTests: [FluctuationTest]
  /// Their p-values adjusted for each other.
  public let rootAdjustedPValues: [Double?]
  /// The sessions of the discovery and the estimation half.
  public let (discoverySessions, estimationSessions): (Int, Int)

  /// Whether the discovery half showed no difference at all.
  public var isSingle: Bool { leaves.count == 1 }

  /// Grows and measures a tree.
  ///
  /// - Parameters:
  ///   - contrast: The contrast score of each session; see ``ActionScores/contrast(_:_:)``.
  ///   - data: The sessions; only covariates and customers count.
  ///   - settings: How the tree grows; leaves need 100 sessions unless they say otherwise.
  ///   - discoveryShare: The share of customers on whom the tree grows.
  ///   - adjustment: How the leaves' p-values are adjusted.
  ///   - seed: The seed of the halves.
  /// - Throws: `lengthMismatch`, or `tooFewSessions` if a half has fewer than two customers.
  /// - Complexity: O(*kn* log *n*) a level of the tree for *k* covariates.
  public init(
    contrast: [Double], _ data: SegmentData, _ settings: ModelTreeSettings = ModelTreeSettings(),
    discoveryShare: Double = 0.5, adjustment: Multiplicity = .holm, seed: UInt64 = 0
  ) throws(SegmentError) {
    settings.check()
    precondition(0 < discoveryShare && discoveryShare < 1, "each half gets a share of customers")
    guard contrast.count == data.arms.count else {
      throw .lengthMismatch(
        column: "contrast", count: contrast.count, sessions: data.arms.count)
    }
    var settings = settings
    settings.minimumSessions = settings.minimumSessions ?? 100
    let split = HonestSplit(units: data.units, discoveryShare: discoveryShare, seed: seed)
    let customers = CustomerIndex(data.units)
    guard !split.discovery.isEmpty,
      let overall = ScoreEstimate(contrast, rows: split.estimation, customers)
    else {
      throw .tooFewSessions(
        count: min(split.discovery.count, split.estimation.count), needed: 2)
    }
    let growth = MeanGrowth(contrast: contrast, data: data, settings: settings)
    (rootTests, rootAdjustedPValues) = growth.tests(split.discovery)
    var parts: [MeanGrowth.Part] = []
    growth.grow(
      MeanGrowth.Part(path: .root, discovery: split.discovery, estimation: split.estimation),
      into: &parts)
    var leaves: [Leaf] = []
    for part in parts {
      let effect = ScoreEstimate(contrast, rows: part.estimation, customers)
      leaves.append(
        Leaf(
          path: part.path, effect: effect,
          difference: parts.count == 1
            ? nil
            : Self.difference(contrast, part.estimation, in: split.estimation, customers),
          adjustedPValue: nil,
          discoveryMean: part.discovery.reduce(0) { $0 + contrast[$1] }
            / Double(part.discovery.count)))
    }
    let adjusted = adjustment.adjust(leaves.map { $0.difference?.pValue() })
    for index in leaves.indices { leaves[index].adjustedPValue = adjusted[index] }
    self.leaves = leaves
    self.overall = overall
    (discoverySessions, estimationSessions) = (split.discovery.count, split.estimation.count)
  }

  /// The mean inside a leaf less that outside, with an error by customer.
  private static func difference(
    _ contrast: [Double], _ leaf: [Int], in all: [Int], _ customers: CustomerIndex
  ) -> WaldTest? {
    let outsideCount = all.count - leaf.count
    guard leaf.count > 1, outsideCount > 1 else { return nil }
    var isInside = Array(repeating: false, count: contrast.count)
    for row in leaf { isInside[row] = true }
    let inside = leaf.reduce(0) { $0 + contrast[$1] } / Double(leaf.count)
    let outside =
      all.reduce(0) { $0 + (isInside[$1] ? 0 : contrast[$1]) } / Double(outsideCount)
    var sums = customers.zeros
    for row in all {
      let (mean, count) = isInside[row] ? (inside, leaf.count) : (outside, outsideCount)
      let scale = 1 / (Double(count) * Double(count - 1)).squareRoot()
      sums[customers.places[row]] += (isInside[row] ? 1 : -1) * scale * (contrast[row] - mean)
    }
    return WaldTest(
      estimate: inside - outside,
      standardError: sums.reduce(0) { $0 + $1 * $1 }.squareRoot())
  }
}

extension HonestTree: CustomStringConvertible {
  /// One line a leaf with its effect on the estimation half, or that there is no segment.
  public var description: String {
    guard !isSingle else { return "no segment found; the effect is \(overall.mean) overall" }
    return leaves.map { leaf in
      let effect = leaf.effect.map { "\($0.mean) ± \($0.standardError)" } ?? "unknown"
      let p = leaf.adjustedPValue.map { ", adjusted p \($0)" } ?? ""
      return "\(leaf.path): \(effect)\(p)"
    }.joined(separator: "\n")
  }
}

/// The growing of a tree of means.
private struct MeanGrowth {
  /// The sessions of both halves under a node.
  struct Part {
    let path: TreePath
    let discovery: [Int]
    let estimation: [Int]
  }

  let contrast: [Double]
  let data: SegmentData
  let settings: ModelTreeSettings

  func tests(_ rows: [Int]) -> (tests: [FluctuationTest], adjusted: [Double?]) {
    let mean = rows.reduce(0) { $0 + contrast[$1] } / Double(rows.count)
    return settings.tests(
      rows.map { contrast[$0] - mean }, width: 1, data.covariates.map { $0.subset(rows) })
  }

  func grow(_ part: Part, into leaves: inout [Part]) {
    let minimum = settings.minimumSessions ?? 1
    guard part.path.steps.count < settings.depthLimit, part.discovery.count >= 2 * minimum,
      let condition = split(part.discovery, minimum)
    else {
      leaves.append(part)
      return
    }
    // The condition speaks of any session, so the estimation half follows it.
    let all = part.discovery + part.estimation
    let subset = data.subset(all)
    guard let holds = try? condition.holds(in: subset) else {
      leaves.append(part)
      return
    }
    for isHolding in [true, false] {
      let border = part.discovery.count
      grow(
        Part(
          path: part.path.adding(condition, holds: isHolding),
          discovery: all.indices.filter { $0 < border && holds[$0] == isHolding }.map { all[$0] },
          estimation: all.indices.filter { $0 >= border && holds[$0] == isHolding }
            .map { all[$0] }),
        into: &leaves)
    }
  }

  /// The split of the covariate of the least p-value that explains most; nil if none changes.
  private func split(_ rows: [Int], _ minimum: Int) -> Condition? {
    let (tests, adjusted) = tests(rows)
    let order = adjusted.indices.filter { adjusted[$0] != nil }.sorted {
      (adjusted[$0] ?? 1, -tests[$0].statistic, $0)
        < (adjusted[$1] ?? 1, -tests[$1].statistic, $1)
    }
    guard let chosen = order.first, let p = adjusted[chosen], p <= settings.alpha else {
      return nil
    }
    let total = rows.reduce(0) { $0 + contrast[$1] }
    let points = SplitPoints.Cuts(data.covariates[chosen].subset(rows), minimumSessions: minimum)
    return points.best { inside, count in
      // The sum of squares between the two means.
      let (n, m) = (Double(rows.count), Double(count))
      let difference = inside / m - (total - inside) / (n - m)
      return difference * difference * m * (n - m) / n
    } of: {
      contrast[rows[$0]]
    }
  }
}
