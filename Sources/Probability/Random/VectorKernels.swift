internal import CKernels

/// The vector kernels of the room, for the tests that hold them to one another.
package enum VectorKernels {
  /// A set of instructions that the kernels are compiled for.
  package enum Level: UInt32, CaseIterable, Sendable {
    case baseline
    case avx2
    case avx512
  }

  /// The levels that this machine runs.
  package static let levels = Level.allCases.filter {
    $0.rawValue <= holdfast_kernel_level().rawValue
  }

  /// Runs the kernels at a level from now on; no result changes.
  package static func use(_ level: Level) {
    precondition(levels.contains(level), "this machine has no such kernel")
    holdfast_use_kernel_level(holdfast_level(rawValue: level.rawValue))
  }

  /// Thirty-two words of Philox from a counter on.
  package static func words(key: UInt64, low: UInt64, high: UInt64) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: 32)
    var stream = holdfast_stream(key: key, low: low, high: high)
    holdfast_philox_fill(&stream, &words)
    return words
  }
}
