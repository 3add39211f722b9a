internal import CKernels

// Many values at once, by vector kernels: each has the bits of the value found alone.
extension RegularizedBeta {
  /// `I_x(a, b)` at many `x`.
  public func lower(_ x: [Double]) -> [Double] {
    filled(x.count, or: { lower(x[$0]) }) {
      holdfast_beta_tails(x.count, [a], [b], 0, x, nil, $0, nil)
    }
  }

  /// `1 − I_x(a, b)` at many `x`.
  public func upper(_ x: [Double]) -> [Double] {
    filled(x.count, or: { upper(x[$0]) }) {
      holdfast_beta_tails(x.count, [a], [b], 0, x, nil, nil, $0)
    }
  }

  /// `I_x(a, b)` of each point and its shapes: three arrays of one length, the shapes positive and
  /// finite.
  public static func lower(_ x: [Double], _ a: [Double], _ b: [Double]) -> [Double] {
    precondition(a.count == x.count && b.count == x.count, "each point has its shapes")
    return filled(x.count, or: { RegularizedBeta(a[$0], b[$0]).lower(x[$0]) }) {
      holdfast_beta_tails(x.count, a, b, 1, x, nil, $0, nil)
    }
  }

  /// `1 − I_x(a, b)` of each point and its shapes: three arrays of one length, the shapes positive
  /// and finite.
  public static func upper(_ x: [Double], _ a: [Double], _ b: [Double]) -> [Double] {
    precondition(a.count == x.count && b.count == x.count, "each point has its shapes")
    return filled(x.count, or: { RegularizedBeta(a[$0], b[$0]).upper(x[$0]) }) {
      holdfast_beta_tails(x.count, a, b, 1, x, nil, nil, $0)
    }
  }
}

/// What a kernel writes, where the numbers that it leaves NaN are found one at a time.
private func filled(
  _ count: Int, or single: (Int) -> Double, by kernel: (UnsafeMutablePointer<Double>) -> Void
) -> [Double] {
  [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
    guard let start = buffer.baseAddress, count > 0 else { return }
    kernel(start)
    for index in 0..<count where start[index].isNaN { start[index] = single(index) }
    initialized = count
  }
}
