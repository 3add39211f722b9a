public import LinearAlgebra

/// Whether the likelihood of a logistic regression rises without end, and along which coefficients.
///
/// Outcomes are separated by `b` if `xᵢᵀb ≥ 0` wherever yᵢ = 1, `xᵢᵀb ≤ 0` wherever yᵢ = 0, and not all
/// are zero; completely so if none is. The maximum then lies at infinity along `b`. Konis' linear
/// programme asks for the direction that parts the outcomes most,
///
///     maximise Σᵢ wᵢ |xᵢᵀb|   over separating b in −1 ≤ bⱼ ≤ 1,
///
/// and the answer is a certificate either way: a direction, or weights `λᵢ ≥ 1` on the rows that cancel
/// them (Stiemke's lemma). It is asked before a fit, of the data alone. An outcome between 0 and 1
/// counts as both. Zero is told from rounding at a part of 1e-10 of a row's terms.
///
/// The dual of the programme, `min Σⱼ |Σᵢ λᵢxᵢⱼ|`, has one equation a column; rows enter it a few at a
/// time, those that the direction at hand puts on the wrong side.
///
/// References: Albert and Anderson (1984), *Biometrika* 71, 1–10; Konis (2007), *Linear Programming
/// Algorithms for Detecting Separated Data in Binary Logistic Regression Models*, Oxford, section 4.
public struct Separation: Hashable, Sendable {
  /// The kinds of separation, in Albert and Anderson's words.
  public enum Kind: Hashable, Sendable {
    /// The outcomes overlap: the maximum is finite.
    case none
    /// Some rows are parted, others lie on the boundary.
    case quasiComplete
    /// A direction parts all rows.
    case complete
  }

  /// Where a coefficient of the maximum lies.
  public enum Limit: Hashable, Sendable {
    /// The direction leaves the coefficient where it is.
    case finite
    /// It falls without end.
    case negativeInfinity
    /// It grows without end.
    case positiveInfinity
  }

  /// The kind of separation.
  public let kind: Kind
  /// The direction `b` of Konis' programme, one element a column; zeros if there is no separation.
  public let direction: [Double]

  /// Where each coefficient goes along the direction.
  public var limits: [Limit] {
    direction.map { $0 > 0 ? .positiveInfinity : $0 < 0 ? .negativeInfinity : .finite }
  }

  /// The columns whose coefficients are infinite at the maximum.
  public var columns: [Int] { direction.indices.filter { direction[$0] != 0 } }

  /// A margin below this part of a direction's length is on the wrong side.
  private static let rounding = 1e-10
  /// A margin above this part of a direction's length is a movement.
  private static let movement = 1e-8

  /// Decides whether outcomes are separated.
  ///
  /// - Throws: `lengthMismatch`, or `separationUndecided` if the programme does not end.
  /// - Complexity: O(*n p*) for each of some 5 to 30 rounds, beside pivots of O(*p*²) that do not depend
  ///   on the number of rows.
  public init(of likelihood: LogisticLikelihood, _ x: some DesignMatrix) throws(FitError) {
    guard x.rowCount == likelihood.outcomes.count else {
      throw .lengthMismatch(rows: x.rowCount, outcomes: likelihood.outcomes.count)
    }
    guard likelihood.sessionCount > 0, x.columnCount > 0 else {
      (kind, direction) = (.none, Array(repeating: 0, count: x.columnCount))
      return
    }
    let rows = SeparationRows(x, likelihood)
    if let column = rows.scales.firstIndex(where: { !$0.isFinite }) {
      throw .columnNotFinite(column: column)
    }
    guard let b = try Self.parting(rows) else {
      (kind, direction) = (.none, Array(repeating: 0, count: x.columnCount))
      return
    }
    let most = b.reduce(0) { max($0, abs($1)) }
    direction = b.indices.map { abs(b[$0]) > 1e-9 * most ? b[$0] / rows.scales[$0] : 0 }
    kind = try Self.partsAll(rows, first: b) ? .complete : .quasiComplete
  }

  /// Decides whether counts leave coefficients of a Poisson regression without a finite maximum: whether
  /// some direction lowers rows of no events and moves no row with events.
  ///
  /// Reference: Correia, Guimarães and Zylkin (2019), "Verifying the existence of maximum likelihood
  /// estimates for generalized linear models", arXiv:1903.01633, proposition 1.
  init(ofCounts counts: [Double], weights: [Double]?, _ x: some DesignMatrix) throws(FitError) {
    // A row with events may move to neither side, as one with both outcomes.
    try self.init(
      of: LogisticLikelihood(counts.map { $0 > 0 ? 0.5 : 0 }, weights: weights), x)
  }

  /// The direction of Konis' programme in units of the scales, or nil if the outcomes overlap.
  private static func parting(_ rows: SeparationRows<some DesignMatrix>) throws(FitError)
    -> [Double]?
  {
    // The multipliers of the equations, turned round, are the direction; costs of the slack variables
    // are the sides of its box.
    let order = rows.scales.count
    let right = rows.signedSum().map { -$0 }
    var programme = RevisedSimplex(
      rightSide: right, columns: slacks(order, costs: rows.scales),
      basis: right.indices.map { right[$0] >= 0 ? $0 : order + $0 })
    var pivots = -1
    while true {
      guard programme.minimise() == .optimal else { throw .separationUndecided }
      let b = programme.multipliers.map { -$0 }
      let length = b.reduce(0) { $0 + abs($1) }
      guard length > 0 else { return nil }
      let margins = rows.margins(along: b)
      let wrong = rows.worst(margins, below: -rounding * length, along: b)
      if wrong.isEmpty {
        return margins.contains { $0 > movement * length && $0 < .infinity } ? b : nil
      }
      // Rows that the programme had before and puts on the wrong side still are so by its own rounding.
      guard programme.pivotCount > pivots else { throw .separationUndecided }
      pivots = programme.pivotCount
      for row in wrong { programme.append(row) }
    }
  }

  /// Whether some direction moves every row: whether `min |Σ λᵢxᵢ|` over `Σ λᵢ = 1` is above zero.
  private static func partsAll(
    _ rows: SeparationRows<some DesignMatrix>, first b: [Double]
  ) throws(FitError) -> Bool {
    let order = b.count
    var margins = rows.margins(along: b)
    var (least, direction) = (b.reduce(0) { $0 + abs($1) } * movement, b)
    var isParted = margins.allSatisfy { $0 > least }
    guard !isParted, let first = rows.worst(margins, below: .infinity, along: b).first else {
      return isParted
    }
    var programme = RevisedSimplex(
      rightSide: Array(repeating: 0, count: order) + [1],
      columns: slacks(order, costs: Array(repeating: 1, count: order)).map { ($0.0 + [0], $0.1) }
        + [(first + [1], 0)],
      basis: first.indices.map { first[$0] <= 0 ? $0 : order + $0 } + [2 * order])
    var pivots = -1
    repeat {
      guard programme.minimise() == .optimal, programme.pivotCount > pivots else {
        throw .separationUndecided
      }
      pivots = programme.pivotCount
      guard programme.objective > movement else { return false }
      direction = programme.multipliers.dropLast().map { -$0 }
      margins = rows.margins(along: direction)
      let length = direction.reduce(0) { $0 + abs($1) }
      least = programme.objective - rounding * length
      let wrong = rows.worst(margins, below: least, along: direction)
      isParted = wrong.isEmpty
      for row in wrong { programme.append(row + [1]) }
    } while !isParted
    return true
  }

  /// The columns `+eⱼ`, then `−eⱼ`.
  private static func slacks(
    _ order: Int, costs: [Double]
  ) -> [(elements: [Double], cost: Double)] {
    [1.0, -1].flatMap { sign in
      (0..<order).map { column in
        var unit = Array(repeating: 0.0, count: order)
        unit[column] = sign
        return (unit, costs[column])
      }
    }
  }
}
