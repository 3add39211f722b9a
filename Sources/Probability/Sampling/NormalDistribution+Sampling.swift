internal import CKernels

extension NormalDistribution {
  /// A draw.
  public func draw(using rng: inout Philox) -> Double {
    mean + standardDeviation * StandardNormal.draw(using: &rng)
  }

  /// Fills a buffer with draws; see ``Philox/fill(_:)`` for what all fills promise.
  public func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    rng.withKernel(&draws) { holdfast_fill_normal(&$0, mean, standardDeviation, $1, $2) }
  }
}
