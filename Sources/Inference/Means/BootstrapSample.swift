internal import Probability

/// The distinct rows of an arm with their counts, as a bootstrap draws them.
///
/// A row is a pair (a, b), and the arm's level is `Σ a / Σ b`: a mean where `b` is 1, a ratio metric
/// otherwise. Where few rows are distinct, a resample of a million sessions is a draw of a few counts.
public struct BootstrapSample: Sendable {
  /// The number of sessions, `n`.
  public let count: Int
  let numerators: [Double]
  let denominators: [Double]
  let counts: [Int]
  /// Draws all counts of a resample at once, where that pays.
  let sampler: MultinomialSampler?

  /// A sample whose level is its mean.
  public init(_ sample: ValueCounts) {
    count = sample.count
    numerators = sample.values
    denominators = Array(repeating: 1, count: sample.values.count)
    counts = sample.values.indices.map { sample.count(at: $0) }
    sampler = MultinomialSampler(weights: counts)
  }

  /// A sample whose level is the ratio of two sums, a pair for each unit.
  ///
  /// - Complexity: O(*n* log *n*).
  public init(numerators: [Double], denominators: [Double]) {
    precondition(numerators.count == denominators.count, "a ratio has a pair for each unit")
    var rows: [(a: Double, b: Double, count: Int)] = []
    let order = numerators.indices.sorted {
      (numerators[$0], denominators[$0]) < (numerators[$1], denominators[$1])
    }
    for index in order {
      let (a, b) = (numerators[index], denominators[index])
      precondition(a.isFinite && b.isFinite, "a row holds finite numbers")
      if let last = rows.last, last.a == a, last.b == b {
        rows[rows.count - 1].count += 1
      } else {
        rows.append((a, b, 1))
      }
    }
    count = numerators.count
    self.numerators = rows.map(\.a)
    self.denominators = rows.map(\.b)
    counts = rows.map(\.count)
    sampler = MultinomialSampler(weights: counts)
  }
}

/// Sums of weighted rows, from which the level of an arm and its variance follow.
///
/// Squares are summed of the deviations `e = a − R₀b` from a level near the arm's own, so that they
/// keep their digits where levels are far from zero.
struct RatioSums {
  /// The level `R₀`.
  private let center: Double
  private(set) var a = 0.0
  private(set) var b = 0.0
  private var ee = 0.0
  private var eb = 0.0
  private var bb = 0.0

  init(about center: Double) { self.center = center }

  @inline(__always)
  mutating func add(_ a: Double, _ b: Double, weight: Double) {
    let e = a - center * b
    self.a += weight * a
    self.b += weight * b
    ee += weight * e * e
    eb += weight * e * b
    bb += weight * b * b
  }

  /// `Σ wa / Σ wb`; infinite or not a number where the denominators vanish.
  var level: Double { a / b }

  /// The delta-method variance of the level, `Σ w(a − Rb)² / (Σ wb)²`.
  var variance: Double {
    let shift = level - center
    return max(0, ee - 2 * shift * eb + shift * shift * bb) / (b * b)
  }
}
