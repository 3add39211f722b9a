/// Draws of categories with given probabilities, each at the cost of one word.
///
/// Every category has a box of equal size; what a box has too much room for is lent to one other
/// category, its alias. A draw picks a box, then a side of it.
///
/// Reference: Walker (1977), *ACM Transactions on Mathematical Software* 3, 253–256; Vose (1991),
/// *IEEE Transactions on Software Engineering* 17, 972–975, for the construction.
public struct AliasTable: Sendable {
  /// The part of each box that is its own category's, from 0 to 1.
  private let shares: [Double]
  private let aliases: [Int]

  /// Makes the table of weights that are finite, not negative and not all zero.
  ///
  /// - Complexity: O(*K*).
  public init(weights: [Double]) {
    precondition(
      weights.allSatisfy { $0 >= 0 && $0.isFinite }, "a weight is finite and not negative")
    let greatest = weights.max() ?? 0
    precondition(greatest > 0, "a weight is positive")
    // Scaled first, so that the sum stays finite.
    let scaled = weights.map { $0 / greatest }
    let average = scaled.reduce(0, +) / Double(weights.count)
    var shares = scaled.map { $0 / average }
    var aliases = Array(weights.indices)
    var (small, large) = ([Int](), [Int]())
    for index in shares.indices.reversed() {
      if shares[index] < 1 { small.append(index) } else { large.append(index) }
    }
    while let lender = small.last, let borrower = large.last {
      small.removeLast()
      aliases[lender] = borrower
      shares[borrower] -= 1 - shares[lender]
      if shares[borrower] < 1 {
        large.removeLast()
        small.append(borrower)
      }
    }
    // What rounding left over fills its box; a category without weight never does.
    for index in small where weights[index] > 0 { shares[index] = 1 }
    self.shares = shares
    self.aliases = aliases
  }

  /// The number of categories, `K`.
  public var count: Int { shares.count }

  /// A draw, in 0..<`count`.
  public func draw(using rng: inout Philox) -> Int { category(rng.uniform()) }

  /// Fills a buffer with draws, in 0..<`count`; see ``Philox/fill(_:)`` for what all fills promise.
  public func fill(_ draws: inout MutableSpan<Int>, using rng: inout Philox) {
    var start = 0
    while start < draws.count {
      var uniforms = InlineArray<64, Double>(repeating: 0)
      var span = uniforms.mutableSpan
      rng.fill(&span)
      for index in 0..<min(64, draws.count - start) {
        draws[start + index] = category(uniforms[index])
      }
      start += 64
    }
  }

  /// The category of a uniform number: its box by the whole part of `K u`, its side by the rest.
  private func category(_ u: Double) -> Int {
    let place = u * Double(shares.count)
    let box = min(Int(place), shares.count - 1)
    return place - Double(box) < shares[box] ? box : aliases[box]
  }
}
