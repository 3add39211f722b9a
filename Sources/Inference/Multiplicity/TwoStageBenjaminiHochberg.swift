extension Multiplicity {
  /// Adjusts p-values by the two-stage procedure of Benjamini, Krieger and Yekutieli.
  ///
  /// The first stage rejects `r` of `m` by Benjamini and Hochberg at `q′ = q/(1 + q)`; the second
  /// takes `m − r` for the number of questions without an effect and rejects at `q′ m/(m − r)`. The
  /// adjusted p-value is the least `q` at which both stages together reject:
  ///
  ///     p̃ᵢ = q′ᵢ/(1 − q′ᵢ)      q′ᵢ = min over r ≥ 1 of max(b₍ᵣ₎, bᵢ (m − r)/m)
  ///
  /// where `b` are the p-values adjusted by Benjamini and Hochberg. (Programs that print
  /// `p̃` for one fixed `q` agree on which are rejected at that `q`, and on nothing else.)
  ///
  /// Reference: Benjamini, Krieger and Yekutieli (2006), *Biometrika* 93, 491–507, definition 6.
  ///
  /// - Parameter pValues: P-values in 0...1, or nil where there is none.
  /// - Returns: The adjusted p-values, each in the place of its own.
  /// - Complexity: O(*m* log *m*) for *m* p-values.
  public static func twoStageBenjaminiHochberg(_ pValues: [Double?]) -> [Double?] {
    let singleStage = benjaminiHochberg(pValues)
    let sorted = singleStage.compactMap(\.self).sorted()
    let m = Double(sorted.count)
    return singleStage.map { stage in
      stage.map { b in
        // The first falls and the second rises with r: the least maximum is where they cross.
        let r = firstIndex(in: 1...sorted.count) { sorted[$0 - 1] >= b * (m - Double($0)) / m }
        var least = sorted[r - 1]
        if r > 1 { least = min(least, b * (m - Double(r - 1)) / m) }
        return least < 0.5 ? least / (1 - least) : 1
      }
    }
  }
}
