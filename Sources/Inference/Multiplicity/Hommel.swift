extension Multiplicity {
  /// Adjusts p-values by Hommel's procedure: a question is answered if Simes' test rejects every set
  /// of questions that it belongs to.
  ///
  ///     p̃ᵢ = min { α : h(α) pᵢ ≤ α }      h(α) = the size of the largest set not rejected at α
  ///
  /// Never greater than Hochberg's; valid where Simes' inequality is.
  ///
  /// References: Hommel (1988), *Biometrika* 75, 383–386; Meijer, Krebs and Goeman (2019),
  /// *Biometrical Journal* 61, 73–82, for the algorithm.
  ///
  /// - Parameter pValues: P-values in 0...1, or nil where there is none.
  /// - Returns: The adjusted p-values, each in the place of its own.
  /// - Complexity: O(*m* log *m*) for *m* p-values.
  public static func hommel(_ pValues: [Double?]) -> [Double?] {
    let family = PValueFamily(pValues)
    let reach = largestSetsRejected(family)
    return family.singleStep { p in
      // α ≥ reach[s] leaves no set larger than s; s·p rises as reach falls.
      let s = firstIndex(in: 0...family.count) { Double($0) * p >= reach[$0] }
      return s > 0 ? min(Double(s) * p, reach[s - 1]) : 0
    }
  }

  /// For each `s` in 0...m, the least level at which every set of more than `s` questions is
  /// rejected; it falls with `s`, to zero.
  ///
  /// Of the sets of one size the hardest to reject holds the greatest p-values. Its Simes p-value is
  /// `i min p₍ₖ₎/(k − (m − i))`, the least slope from the point `(m − i, 0)` to the points
  /// `(k, p₍ₖ₎)`: a tangent to their lower convex hull, which grows leftwards as `i` does.
  static func largestSetsRejected(_ family: PValueFamily) -> [Double] {
    let m = family.count
    func p(_ rank: Int) -> Double { family.members[rank - 1].p }
    func slope(_ a: Int, _ b: Int) -> Double { (p(b) - p(a)) / Double(b - a) }
    var reach = [Double](repeating: 0, count: m + 1)
    var simes = [Double](repeating: 0, count: m + 2)
    // The hull from its right end to its left; slopes rise to the right.
    var hull: [Int] = []
    for size in stride(from: 1, through: m, by: 1) {
      let left = m - size
      let newest = left + 1
      while hull.count >= 2,
        slope(newest, hull[hull.count - 1]) >= slope(hull[hull.count - 1], hull[hull.count - 2])
      {
        hull.removeLast()
      }
      hull.append(newest)
      func ray(_ rank: Int) -> Double { p(rank) / Double(rank - left) }
      // Along the hull, from its left end, the slope of the ray falls and then rises.
      let steps = hull.count - 1
      let turn = firstIndex(in: 0...steps) { step in
        step == steps || ray(hull[steps - step - 1]) >= ray(hull[steps - step])
      }
      simes[size] = Double(size) * ray(hull[steps - turn])
    }
    var greatest = 0.0
    for s in stride(from: m - 1, through: 0, by: -1) {
      greatest = max(greatest, simes[s + 1])
      reach[s] = greatest
    }
    return reach
  }
}
