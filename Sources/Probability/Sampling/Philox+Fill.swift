internal import CKernels

extension Philox {
  /// Fills a buffer with uniform numbers on the open interval (0, 1): odd multiples of 2⁻⁵³.
  ///
  /// This and every other `fill` makes its numbers in bulk, in the vector registers of the machine
  /// at hand, with the same bits whatever they are. A fill is a function of the place in the stream,
  /// of the parameters and of the count. It begins at the next multiple of sixteen words and takes
  /// whole sixteens, so that a fill after another uses other words. The numbers are **not** those that
  /// as many calls of `draw` give, which has an algorithm of its own; both follow the same law. Nor are
  /// two fills of ten one fill of twenty.
  ///
  /// - Complexity: O(count), about a nanosecond each.
  public mutating func fill(_ draws: inout MutableSpan<Double>) {
    withKernel(&draws) { holdfast_fill_uniform(&$0, $1, $2) }
  }

  /// Runs a kernel that fills a buffer; an empty one is left alone.
  mutating func withKernel(
    _ draws: inout MutableSpan<Double>,
    _ kernel: (inout holdfast_stream, UnsafeMutablePointer<Double>, Int) -> Void
  ) {
    draws.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress, !buffer.isEmpty else { return }
      withBlocks { stream in kernel(&stream, start, buffer.count) }
    }
  }
}
