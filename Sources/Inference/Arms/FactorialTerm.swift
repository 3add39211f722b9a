/// A term of a factorial model: the factors whose levels it joins.
struct FactorialTerm: Hashable, Sendable {
  /// The factors, in their order.
  let factors: [Int]

  /// All terms of some factors, main effects first, then interactions by their number of factors.
  static func all(of levels: [Int]) -> [FactorialTerm] {
    precondition(levels.count <= 12, "a factorial has at most twelve factors")
    return (1..<(1 << levels.count))
      .map { mask in FactorialTerm(factors: levels.indices.filter { mask >> $0 & 1 == 1 }) }
      .sorted {
        $0.factors.count != $1.factors.count
          ? $0.factors.count < $1.factors.count
          : $0.factors.lexicographicallyPrecedes($1.factors)
      }
  }

  /// Whether another term has all factors of this one.
  func isSubset(of other: FactorialTerm) -> Bool {
    factors.allSatisfy(other.factors.contains)
  }

  /// The product of the factors' levels, less one each.
  func coefficientCount(_ levels: [Int]) -> Int { factors.reduce(1) { $0 * (levels[$1] - 1) } }

  /// The columns of the term in the row of a combination: each is one where every factor has a certain
  /// level above its first.
  func columns(of combination: [Int], _ levels: [Int]) -> [Double] {
    factors.reduce([1]) { products, factor in
      products.flatMap { product in
        (1..<levels[factor]).map { combination[factor] == $0 ? product : 0 }
      }
    }
  }
}
