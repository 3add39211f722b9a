extension AliasTable {
  /// Makes the table of a law of counts from its mode and the ratios of neighbouring masses.
  ///
  /// - Parameters:
  ///   - mode: A likeliest count.
  ///   - least: The first count that has a mass.
  ///   - ratio: P(*k* + 1)/P(*k*), which falls in *k*, to 0 at the last count.
  /// - Complexity: O(σ): the counts of nineteen standard deviations.
  init(mode: Double, least: Double, ratio: (Double) -> Double) {
    // Beyond a mass of 2⁻⁶⁴ of the mode's, what is left is lost beside the rounding of the rest.
    var above = [1.0]
    var (count, mass) = (mode, 1.0)
    while mass > 0x1p-64 {
      mass *= ratio(count)
      count += 1
      above.append(mass)
    }
    var below: [Double] = []
    (count, mass) = (mode, 1)
    while mass > 0x1p-64 && count > least {
      count -= 1
      mass /= ratio(count)
      below.append(mass)
    }
    self.init(weights: below.reversed() + above, first: count)
  }

  /// Whether a table of the counts of a standard deviation pays for a number of draws, and stays in a
  /// cache of the second level.
  static func pays(standardDeviation: Double, draws: Int) -> Bool {
    19 * standardDeviation < Double(min(max(draws, 256), 1 << 14))
  }
}
