public import LinearAlgebra
internal import Probability

/// Columns that are selected again and again when half of the sessions is looked at.
///
///     Π̂ⱼ = share of half-samples in which column j is among the first q of the path
///     Ŝ = {j : Π̂ⱼ ≥ π}        E|Ŝ ∩ N| ≤ q² / ((2π − 1) p)
///
/// Half-samples come in complementary pairs. The bound is on the expected number of selected columns that
/// a half-sample selects no more often than one drawn at random, and then holds without further assumptions;
/// for single halves it needs the columns without effect to be exchangeable.
///
/// References: Meinshausen and Bühlmann (2010), *Journal of the Royal Statistical Society B* 72, 417–473,
/// theorem 1; Shah and Samworth (2013), *Journal of the Royal Statistical Society B* 75, 55–80, theorem 1.
public struct StabilitySelection: Hashable, Sendable {
  /// The share of half-samples that selected each column.
  public let frequencies: [Double]
  /// The number of columns `q` that a half-sample selects at most.
  public let selectionSize: Int

  /// Runs paths over complementary halves of the sessions.
  ///
  /// - Parameters:
  ///   - net: The regression, of a sequence of penalties.
  ///   - x: The design.
  ///   - response: The outcomes.
  ///   - units: The key of each row's unit: both halves of a pair split the units, by key and seed alone.
  ///   - selectionSize: The number `q`. A half-sample selects the columns of the last fit that has as many
  ///     at most.
  ///   - pairCount: The number of pairs.
  ///   - seed: The seed of the halves.
  /// - Throws: ``FitError`` as a fit does.
  /// - Complexity: `2 · pairCount` paths that end after `q` columns.
  public init(
    _ net: ElasticNet, _ x: some DesignMatrix, _ response: PenalizedResponse, units: [UInt64],
    selectionSize: Int, pairCount: Int = 50, seed: UInt64
  ) throws(FitError) {
    precondition(selectionSize > 0 && pairCount > 0, "a selection has columns and halves")
    precondition(net.lambdas == nil, "columns enter along a sequence of penalties")
    guard units.count == x.rowCount else {
      throw .lengthMismatch(rows: x.rowCount, outcomes: units.count)
    }
    var counts = Array(repeating: 0, count: x.columnCount)
    var path = net
    path.supportLimit = selectionSize
    // A unit's word tells its half in 64 pairs.
    for pair in 0..<pairCount {
      let isFirst = units.map { unit in
        var stream = Philox(StreamKey(seed: seed, purpose: .stability, index: unit))
        stream.skip(pair / 64)
        return stream.next() >> UInt64(pair % 64) & 1 == 0
      }
      for half in [true, false] {
        let fits = try path.fit(x, response.keeping { isFirst[$0] == half }).fits
        for column in fits.last(where: { $0.support.count <= selectionSize })?.support ?? [] {
          counts[column] += 1
        }
      }
    }
    frequencies = counts.map { Double($0) / Double(2 * pairCount) }
    self.selectionSize = selectionSize
  }

  /// The columns selected in at least a share `π` of the half-samples.
  public func selected(threshold: Double) -> [Int] {
    precondition(threshold > 0.5 && threshold <= 1, "a threshold lies above a half")
    return frequencies.indices.filter { frequencies[$0] >= threshold }
  }

  /// The bound `q² / ((2π − 1) p)` on the expected number of false selections.
  public static func errorBound(selectionSize q: Int, columns p: Int, threshold: Double) -> Double {
    precondition(threshold > 0.5 && threshold <= 1, "a threshold lies above a half")
    return Double(q * q) / ((2 * threshold - 1) * Double(p))
  }
}
