/// How much of an error a test may make that says it makes `α`.
public enum CalibrationStandard: Hashable, Sendable {
  /// Never more than `α`, whatever the data.
  case exact
  /// At most `(1 + excess) α`, where the approximation behind the test is good.
  case approximate(excess: Double)

  /// At most a fifth more than `α`: a test of 5 % that rejects 6 % of true nulls.
  ///
  /// Reference: Cochran (1952), *Annals of Mathematical Statistics* 23, 315–345, section 6.
  public static let cochran = approximate(excess: 0.2)

  /// The greatest error that is allowed.
  public func limit(of alpha: Double) -> Double {
    switch self {
    case .exact: alpha
    case .approximate(let excess): min(1, (1 + excess) * alpha)
    }
  }

  /// What a test of the catalogues promises, by its name.
  public static func promised(by test: String) -> CalibrationStandard {
    exactTests.contains(test) ? .exact : .cochran
  }

  /// The tests and intervals of the catalogues whose error is never above its level, in samples of any
  /// size; means nothing is assumed of the outcomes but that they are 0 or 1.
  public static let exactTests: Set<String> = [
    "fisher", "fisherCentral", "fisherBlaker", "boschloo", "boschlooMinimumLikelihood", "barnard",
    "barnardUnpooled", "exactScore", "agrestiMin", "stratifiedExact",
    "stratifiedExactMinimumLikelihood", "permutation", ClopperPearsonInterval.name,
    ChanZhangInterval.name, AgrestiMinInterval.name, SantnerSnellInterval.name,
  ]
}
