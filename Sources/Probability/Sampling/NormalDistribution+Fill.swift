internal import CKernels

extension StandardNormal {
  /// Fills a buffer with draws; see ``Philox/fill(_:)`` for what all fills promise.
  ///
  ///     z₁ = √(−2 ln U) cos 2πV      z₂ = √(−2 ln U) sin 2πV
  ///
  /// Two words make two draws, with no rejection. No draw lies beyond ±8.6, where a fill of 10¹⁶ draws
  /// would be expected to reach once.
  ///
  /// Reference: Box and Muller (1958), *Annals of Mathematical Statistics* 29, 610–611.
  public static func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    rng.withKernel(&draws) { holdfast_fill_normal(&$0, 0, 1, $1, $2) }
  }
}

extension NormalDistribution {
  /// Fills a buffer with draws; see ``Philox/fill(_:)`` for what all fills promise.
  public func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    rng.withKernel(&draws) { holdfast_fill_normal(&$0, mean, standardDeviation, $1, $2) }
  }
}
