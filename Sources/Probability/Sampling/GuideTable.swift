/// A table that turns uniform numbers into counts of small mean, by inversion.
///
/// The count of `u` is the first whose cumulative mass exceeds `u`; the search starts where the
/// first bits of `u` point, and takes less than two steps on average. Masses are right to 2⁻⁵³.
///
/// Reference: Chen and Asau (1974), *AIIE Transactions* 6, 163–166.
struct GuideTable {
  /// The cumulative masses of the counts from zero; the last is 1.
  private let cumulative: [Double]
  /// For each 64th part of (0, 1) the first count whose cumulative mass exceeds its left end.
  private let guides: [Int]

  /// Makes the table of masses from the first count on, until no mass is left to a double.
  init(masses: some Sequence<Double>) {
    var cumulative: [Double] = []
    var sum = 0.0
    for mass in masses {
      sum += mass
      cumulative.append(sum)
      if sum > 0.5, mass < 0x1p-60 { break }
    }
    cumulative[cumulative.count - 1] = 1
    self.cumulative = cumulative
    var first = 0
    guides = (0..<64).map { part in
      while cumulative[first] <= Double(part) / 64 { first += 1 }
      return first
    }
  }

  /// The count of a uniform number on (0, 1).
  func count(_ u: Double) -> Double {
    var count = guides[Int(u * 64)]
    while cumulative[count] <= u { count += 1 }
    return Double(count)
  }

  /// Fills a buffer with counts.
  func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    rng.fill(&draws)
    for index in draws.indices { draws[index] = count(draws[index]) }
  }
}
