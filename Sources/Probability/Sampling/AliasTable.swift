/// Draws of numbers with given masses, each at the cost of one word, whatever the masses.
///
/// Every number has a box of equal size; what a box has too much room for is lent to one other
/// number, its alias. A draw picks a box, then a side of it, by one uniform number `u`: the whole
/// part of `K u` is the box, the rest is the place in it. Masses are right to some 2⁻⁵².
///
/// Reference: Walker (1977), *ACM Transactions on Mathematical Software* 3, 253–256; Vose (1991),
/// *IEEE Transactions on Software Engineering* 17, 972–975, for the construction.
struct AliasTable: Hashable, Sendable {
  private struct Box: Hashable {
    /// The part of the box that is its own number's, from 0 to 1.
    var share: Double
    /// The number that has the rest.
    var alias: Double
  }

  private let boxes: [Box]
  /// The number of the first box.
  private let first: Double

  /// Makes the table of the numbers `first`, `first + 1`, … with masses in proportion to weights,
  /// which are not negative and have a positive, finite sum.
  ///
  /// - Complexity: O(*K*).
  init(weights: [Double], first: Double = 0) {
    let average = weights.reduce(0, +) / Double(weights.count)
    precondition(average > 0 && average.isFinite, "weights have a positive, finite sum")
    var boxes = weights.indices.map { Box(share: weights[$0] / average, alias: first + Double($0)) }
    var (small, large) = ([Int](), [Int]())
    for index in boxes.indices.reversed() {
      if boxes[index].share < 1 { small.append(index) } else { large.append(index) }
    }
    while let lender = small.last, let borrower = large.last {
      small.removeLast()
      boxes[lender].alias = first + Double(borrower)
      boxes[borrower].share -= 1 - boxes[lender].share
      if boxes[borrower].share < 1 {
        large.removeLast()
        small.append(borrower)
      }
    }
    // What rounding left over fills its box; a number without weight never does.
    let likeliest = weights.indices.max { weights[$0] < weights[$1] } ?? 0
    for index in small {
      if weights[index] > 0 {
        boxes[index].share = 1
      } else {
        boxes[index].alias = first + Double(likeliest)
      }
    }
    self.boxes = boxes
    self.first = first
  }

  /// A draw.
  func draw(using rng: inout Philox) -> Double { number(rng.positiveUniform()) }

  /// Fills a buffer with draws.
  func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    rng.fill(&draws)
    for index in draws.indices { draws[index] = number(draws[index]) }
  }

  /// The number that a uniform number on (0, 1) draws.
  @inline(__always)
  func number(_ u: Double) -> Double {
    let place = u * Double(boxes.count)
    // The product may round up to the number of boxes.
    let index = min(Int(place), boxes.count - 1)
    let box = boxes[index]
    return place - Double(index) < box.share ? first + Double(index) : box.alias
  }
}
