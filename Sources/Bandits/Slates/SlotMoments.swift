/// The second moments `Γ = E[1ₛ1ₛᵀ]` of which arm each slot of a page shows.
///
/// Rows and columns are slots, each by arm. On the diagonal are the chances of arms in slots; `Γ` always
/// lacks full rank, because every slot shows some arm.
struct SlotMoments {
  private let order: Int
  private let armCount: Int
  /// `Γ`, row after row.
  private let moments: [Double]

  init(of policy: some SlatePolicy, in context: Context) {
    armCount = policy.armCount
    let arms = armCount
    let order = policy.slotCount * arms
    var moments = Array(repeating: 0.0, count: order * order)
    policy.forEachPage(in: context) { shown, chance in
      for (slot, arm) in shown.enumerated() {
        let row = (slot * arms + arm.index) * order
        for (other, beside) in shown.enumerated() {
          moments[row + other * arms + beside.index] += chance
        }
      }
    }
    self.order = order
    self.moments = moments
  }

  /// A solution `z` of `Γz = q`, and the part of `q` outside the range of `Γ`: its greatest sum over a slot.
  ///
  /// Solutions differ by what every possible page is blind to, so that `zᵀ1ₛ = qᵀΓ⁺1ₛ` for each of them,
  /// and this one is zero wherever an elimination by the greatest remaining pivot stops:
  /// Golub and Van Loan (2013), *Matrix Computations*, 4th edition, section 4.2.8.
  func solve(_ q: [Double]) -> (solution: [Double], outside: Double) {
    var a = moments
    var permutation = Array(0..<order)
    let scale = (0..<order).reduce(0) { max($0, a[$1 * order + $1]) }
    let negligible = 64 * Double(order) * Double.ulpOfOne * scale
    var rank = 0
    while rank < order {
      let pivot = (rank..<order).reduce(rank) {
        a[$1 * order + $1] > a[$0 * order + $0] ? $1 : $0
      }
      guard a[pivot * order + pivot] > negligible else { break }
      exchange(&a, &permutation, rank, pivot)
      // Take the pivot's column out of those that remain; the factor is unit lower triangular.
      let diagonal = a[rank * order + rank]
      for row in rank + 1..<order {
        let multiple = a[row * order + rank] / diagonal
        for column in rank + 1..<order {
          a[row * order + column] -= multiple * a[rank * order + column]
        }
        a[row * order + rank] = multiple
      }
      rank += 1
    }
    var z = permutation.prefix(rank).map { q[$0] }
    for row in 0..<rank { for column in 0..<row { z[row] -= a[row * order + column] * z[column] } }
    for row in (0..<rank).reversed() {
      z[row] /= a[row * order + row]
      for column in row + 1..<rank { z[row] -= a[column * order + row] * z[column] }
    }
    var solution = Array(repeating: 0.0, count: order)
    for (place, value) in zip(permutation, z) { solution[place] = value }
    return (solution, outside(q, solution))
  }

  private func exchange(_ a: inout [Double], _ order: inout [Int], _ one: Int, _ other: Int) {
    guard one != other else { return }
    order.swapAt(one, other)
    for index in 0..<self.order { a.swapAt(one * self.order + index, other * self.order + index) }
    for index in 0..<self.order { a.swapAt(index * self.order + one, index * self.order + other) }
  }

  private func outside(_ q: [Double], _ solution: [Double]) -> Double {
    let misses = (0..<order).map { row in
      var miss = q[row]
      for column in 0..<order { miss -= moments[row * order + column] * solution[column] }
      return abs(miss)
    }
    return stride(from: 0, to: order, by: armCount).reduce(0) { most, start in
      max(most, misses[start..<start + armCount].reduce(0, +))
    }
  }
}
