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

  /// The `x` at which `I_x(a, b) = p`, for many `p` in 0...1.
  public func inverseLower(_ p: [Double]) -> [Double] {
    filled(p.count, or: { inverseLower(p[$0]) }) {
      holdfast_beta_points(p.count, [a], [b], 0, p, 0, $0, nil)
    }
  }

  /// The `x` at which `1 − I_x(a, b) = q`, for many `q` in 0...1.
  public func inverseUpper(_ q: [Double]) -> [Double] {
    filled(q.count, or: { inverseUpper(q[$0]) }) {
      holdfast_beta_points(q.count, [a], [b], 0, q, 1, $0, nil)
    }
  }

  /// The `x` at which `I_x(a, b) = p`, for each `p` in 0...1 and its shapes: three arrays of one length.
  public static func inverseLower(_ p: [Double], _ a: [Double], _ b: [Double]) -> [Double] {
    precondition(a.count == p.count && b.count == p.count, "each probability has its shapes")
    return filled(p.count, or: { RegularizedBeta(a[$0], b[$0]).inverseLower(p[$0]) }) {
      holdfast_beta_points(p.count, a, b, 1, p, 0, $0, nil)
    }
  }

  /// The `x` at which `1 − I_x(a, b) = q`, for each `q` in 0...1 and its shapes: three arrays of one
  /// length.
  public static func inverseUpper(_ q: [Double], _ a: [Double], _ b: [Double]) -> [Double] {
    precondition(a.count == q.count && b.count == q.count, "each probability has its shapes")
    return filled(q.count, or: { RegularizedBeta(a[$0], b[$0]).inverseUpper(q[$0]) }) {
      holdfast_beta_points(q.count, a, b, 1, q, 1, $0, nil)
    }
  }
}

/// What a kernel writes, where the numbers that it leaves NaN are found one at a time.
private func filled(
  _ count: Int, or single: (Int) -> Double, by kernel: (UnsafeMutablePointer<Double>) -> Void
) -> [Double] {
  // The empty array is one for all threads, and making it so would write its count of zero anew.
  guard count > 0 else { return [] }
  return [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
    guard let start = buffer.baseAddress else { return }
    kernel(start)
    for index in 0..<count where start[index].isNaN { start[index] = single(index) }
    initialized = count
  }
}
