internal import LinearAlgebra

/// The revised simplex method for a linear programme with few equations, whose columns arrive later.
///
///     minimise cᵀz   subject to   Mz = r,   z ≥ 0
///
/// The inverse of the basis is kept as a dense matrix and formed anew every few dozen pivots. A run of
/// pivots that gain nothing turns from the steepest column to Bland's rule, which cannot cycle.
///
/// References: Dantzig (1963), *Linear Programming and Extensions*, chapter 9; Bland (1977),
/// *Mathematics of Operations Research* 2, 103–107.
struct RevisedSimplex {
  /// The number of equations.
  let order: Int
  /// The variable in each place of the basis.
  private var basis: [Int]
  /// The value of each basic variable.
  private var values: [Double]
  private let rightSide: [Double]
  /// The columns of `M`, one after another.
  private var columns: [Double]
  private var costs: [Double]
  private var isBasic: [Bool]
  private var inverse: Matrix
  /// The number of pivots so far.
  private(set) var pivotCount = 0

  /// How a minimisation ended.
  enum Outcome { case optimal, pivotLimit }

  private static let refactoring = 40
  /// The part of the terms of a reduced cost below which it counts as zero.
  private static let pricing = 1e-11

  /// Creates a programme from columns that hold a feasible basis.
  ///
  /// - Parameters:
  ///   - rightSide: The vector `r`.
  ///   - columns: The columns so far with their costs, zero or more.
  ///   - basis: Places in `columns` whose variables solve the equations, none below zero.
  init(rightSide: [Double], columns: [(elements: [Double], cost: Double)], basis: [Int]) {
    order = rightSide.count
    self.rightSide = rightSide
    self.columns = columns.flatMap(\.elements)
    costs = columns.map(\.cost)
    self.basis = basis
    isBasic = Array(repeating: false, count: columns.count)
    for variable in basis { isBasic[variable] = true }
    values = []
    inverse = Matrix(rows: order, columns: order)
    let isRegular = refactor()
    precondition(isRegular, "the first basis has an inverse")
  }

  /// Adds a column; the basis stays feasible.
  mutating func append(_ elements: [Double], cost: Double = 0) {
    precondition(elements.count == order, "a column has an element for each equation")
    columns += elements
    costs.append(cost)
    isBasic.append(false)
  }

  /// The objective at the basis.
  var objective: Double { basis.indices.reduce(0) { $0 + costs[basis[$1]] * values[$1] } }

  /// The multipliers `y = c_B B⁻¹` of the equations: at the optimum the solution of the dual.
  var multipliers: [Double] {
    (0..<order).map { column in
      basis.indices.reduce(0) { $0 + costs[basis[$1]] * inverse[$1, column] }
    }
  }

  /// Pivots until no column lowers the objective.
  ///
  /// - Complexity: O(*N m* + *m*²) a pivot for *N* columns and *m* equations.
  mutating func minimise() -> Outcome {
    let limit = pivotCount + 200 * order + 10_000
    var standing = 0
    var refused: Set<Int> = []
    while pivotCount < limit {
      let isStuck = standing > 2 * order
      guard let entering = entering(bland: isStuck, except: refused) else { return .optimal }
      let direction = inverse.multiplied(by: column(entering))
      guard let leaving = leaving(direction, bland: isStuck) else {
        // No basic variable would fall, so that no cost is saved: the slope was rounding.
        refused.insert(entering)
        continue
      }
      refused = []
      let step = max(0, values[leaving] / direction[leaving])
      standing = step > 0 ? 0 : standing + 1
      pivot(entering, leaving, direction, step)
      pivotCount += 1
      if pivotCount % Self.refactoring == 0, !refactor() { return .pivotLimit }
    }
    return .pivotLimit
  }

  private func column(_ variable: Int) -> [Double] {
    Array(columns[(variable * order)..<((variable + 1) * order)])
  }

  /// A column whose reduced cost `c − yᵀM` is negative: the steepest, or the first.
  private func entering(bland: Bool, except refused: Set<Int>) -> Int? {
    let y = multipliers
    var best: (variable: Int, slope: Double)?
    for variable in costs.indices where !isBasic[variable] && !refused.contains(variable) {
      var (reduced, size, length) = (costs[variable], abs(costs[variable]), 0.0)
      for row in 0..<order {
        let element = columns[variable * order + row]
        reduced -= y[row] * element
        size += abs(y[row] * element)
        length += element * element
      }
      guard reduced < -Self.pricing * size else { continue }
      if bland { return variable }
      let slope = reduced / length.squareRoot()
      if slope < best?.slope ?? 0 { best = (variable, slope) }
    }
    return best?.variable
  }

  /// The place whose variable reaches zero first; of several the greatest pivot, or the first variable.
  private func leaving(_ direction: [Double], bland: Bool) -> Int? {
    let floor = 1e-9 * direction.reduce(0) { max($0, abs($1)) }
    var best: (place: Int, ratio: Double)?
    for place in 0..<order where direction[place] > floor {
      let ratio = max(0, values[place]) / direction[place]
      guard let current = best else {
        best = (place, ratio)
        continue
      }
      let isTie = ratio == current.ratio
      let isBetter =
        bland ? basis[place] < basis[current.place] : direction[place] > direction[current.place]
      if ratio < current.ratio || isTie && isBetter { best = (place, ratio) }
    }
    return best?.place
  }

  private mutating func pivot(
    _ entering: Int, _ leaving: Int, _ direction: [Double], _ step: Double
  ) {
    for place in 0..<order { values[place] -= step * direction[place] }
    values[leaving] = step
    for column in 0..<order {
      let scaled = inverse[leaving, column] / direction[leaving]
      for place in 0..<order where place != leaving {
        inverse[place, column] -= direction[place] * scaled
      }
      inverse[leaving, column] = scaled
    }
    isBasic[basis[leaving]] = false
    isBasic[entering] = true
    basis[leaving] = entering
  }

  /// Inverts the basis by elimination with row pivots; false if it is singular.
  private mutating func refactor() -> Bool {
    var left = Matrix(rows: order, columns: order)
    for (place, variable) in basis.enumerated() {
      for row in 0..<order { left[row, place] = columns[variable * order + row] }
    }
    var right = Matrix.identity(order)
    for column in 0..<order {
      guard let pivot = (column..<order).max(by: { abs(left[$0, column]) < abs(left[$1, column]) }),
        abs(left[pivot, column]) > 1e-13
      else { return false }
      for other in 0..<order {
        (left[column, other], left[pivot, other]) = (left[pivot, other], left[column, other])
        (right[column, other], right[pivot, other]) = (right[pivot, other], right[column, other])
      }
      let inversePivot = 1 / left[column, column]
      for other in 0..<order {
        left[column, other] *= inversePivot
        right[column, other] *= inversePivot
      }
      for row in 0..<order where row != column && left[row, column] != 0 {
        let multiple = left[row, column]
        for other in 0..<order {
          left[row, other] -= multiple * left[column, other]
          right[row, other] -= multiple * right[column, other]
        }
      }
    }
    inverse = right
    values = inverse.multiplied(by: rightSide)
    return true
  }
}
