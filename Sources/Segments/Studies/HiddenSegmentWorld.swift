internal import Probability

/// A made world with three true segments among many covariates.
///
/// A session is saved with chance `base + Σ slopes + effect`, its arm being the discount or none
/// with equal chances. The discount works only within the true segments, by `effect` each; all
/// covariates are independent, so that a rule on none of the true ones has exactly no effect of its
/// own. Half of the covariates are categories of two to five levels, half are numbers; a few of both
/// kinds move the baseline without changing the effect, as real ones do.
public struct HiddenSegmentWorld: Hashable, Sendable {
  /// The number of covariates, at least eight.
  public var covariates = 40
  /// What the discount adds in a true segment.
  public var effect = 0.15
  /// The chance of being saved without discount and slopes.
  public var base = 0.3

  /// Creates the world with the default settings.
  public init() {}

  /// The true segments: a level, a part of a number, and a conjunction of both kinds.
  public var segments: [Rule] {
    [
      Rule([Condition("category_1", .level("a"))]),
      Rule([Condition("number_1", .atLeast(0.7))]),
      Rule([Condition("category_2", .level("b")), Condition("number_2", .below(0.5))]),
    ]
  }

  /// The covariates that make true segments.
  public var trueCovariates: [String] { ["category_1", "number_1", "category_2", "number_2"] }

  /// Whether a rule has an effect of its own.
  public func isTrue(_ rule: Rule) -> Bool {
    rule.conditions.contains { trueCovariates.contains($0.covariate) }
  }

  /// Draws a log.
  ///
  /// - Complexity: O(*nk*).
  public func log(sessions: Int, seed: UInt64) throws(SegmentError) -> SegmentData {
    precondition(covariates >= 8, "true segments need covariates")
    var rng = Philox(StreamKey(seed: seed, purpose: .generation))
    var columns: [Covariate] = []
    var chances = Array(repeating: base, count: sessions)
    for index in 1...(covariates / 2) {
      let levels = ["a", "b", "c", "d", "e"].prefix(2 + index % 4)
      let codes = (0..<sessions).map { _ in Int32(rng.index(below: levels.count)) }
      columns.append(
        Covariate(
          name: "category_\(index)", column: .category(codes: codes, levels: Array(levels))))
      // Two categories move the baseline.
      guard index == 1 || index == 3 else { continue }
      for row in 0..<sessions where codes[row] == 0 { chances[row] += 0.1 }
    }
    for index in 1...(covariates - covariates / 2) {
      let values = (0..<sessions).map { _ in rng.uniform() }
      columns.append(
        Covariate(
          name: "number_\(index)",
          column: .number(values: values, isPresent: values.map { _ in true })))
      guard index == 2 || index == 3 else { continue }
      for row in 0..<sessions { chances[row] += 0.1 * values[row] }
    }
    let arms = (0..<sessions).map { _ in Int32(rng.index(below: 2)) }
    let units = (0..<sessions).map { _ in rng.next() }
    func data(_ rewards: [Double]) throws(SegmentError) -> SegmentData {
      try SegmentData(
        arms: arms, armNames: ["none", "discount"], rewards: rewards, covariates: columns,
        units: units)
    }
    let blank = try data(chances)
    for segment in segments {
      let inside = try segment.contains(blank)
      for row in 0..<sessions where inside[row] && arms[row] == 1 { chances[row] += effect }
    }
    return try data(chances.map { rng.uniform() < $0 ? 1 : 0 })
  }
}
