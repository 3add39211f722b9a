internal import CKernels

/// The kernels behind ``Philox``, for the tests that hold them to one another.
package enum PhiloxKernel {
  /// The names of the kernels that run on this machine.
  package static var levels: [String] {
    Array(["baseline", "avx2", "avx512"][...Int(holdfast_kernel_level().rawValue)])
  }

  /// Sixteen words of the cipher, from the counter on, made by the kernel of that name.
  package static func words(
    level: String, key: UInt64, counter: (low: UInt64, high: UInt64)
  ) -> [UInt64] {
    precondition(levels.contains(level), "this machine has no such kernel")
    let kernel =
      switch level {
      case "avx512": HOLDFAST_AVX512
      case "avx2": HOLDFAST_AVX2
      default: HOLDFAST_BASELINE
      }
    var words = [UInt64](repeating: 0, count: 16)
    holdfast_philox_fill_at(kernel, key, counter.low, counter.high, &words)
    return words
  }
}
