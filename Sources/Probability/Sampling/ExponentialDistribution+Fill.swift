internal import CKernels

extension ExponentialDistribution {
  /// Fills a buffer with draws `−θ ln U`; see ``Philox/fill(_:)`` for what all fills promise.
  public func fill(_ draws: inout MutableSpan<Double>, using rng: inout Philox) {
    rng.withKernel(&draws) { holdfast_fill_exponential(&$0, mean, $1, $2) }
  }
}
