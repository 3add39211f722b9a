#if canImport(Accelerate)
  internal import Accelerate
#else
  internal import CBLAS
#endif

/// The dense kernels of the machine's BLAS; the only file that spells `cblas_`.
///
/// Matrices here hold rows one after another: what BLAS calls a column-major `p × m` matrix is
/// the transpose of our `m × p` rows. BLAS runs on one thread, because the callers divide the
/// work themselves and two levels of threads were measured 3 times slower than one. Its results
/// differ in the last bits from one kernel to another, so nothing that decides passes through it.
enum BLAS {
  /// The thread count of the library is process-wide state: it is set once, before the first call.
  private static let singleThreaded: Void = {
    #if !canImport(Accelerate)
      openblas_set_num_threads(1)
    #endif
  }()

  /// `H ← H + ZᵀZ` for the `m × p` rows at `z`; `H` is column-major, its lower triangle is used.
  static func addGram(
    _ z: UnsafePointer<Double>, rows m: Int, columns p: Int,
    to h: UnsafeMutablePointer<Double>, leadingDimension: Int
  ) {
    singleThreaded
    cblas_dsyrk(
      CblasColMajor, CblasLower, CblasNoTrans, int(p), int(m), 1, z, int(p), 1, h,
      int(leadingDimension))
  }

  /// `E ← XB` for the `m × p` rows at `x` and `count` columns of `p` elements at `b`; `E` is column-major.
  static func multiply(
    _ x: UnsafePointer<Double>, rows m: Int, columns p: Int, byColumns b: UnsafePointer<Double>,
    count: Int, into e: UnsafeMutablePointer<Double>, leadingDimension: Int
  ) {
    singleThreaded
    cblas_dgemm(
      CblasColMajor, CblasTrans, CblasNoTrans, int(m), int(count), int(p), 1, x, int(p), b, int(p),
      0, e, int(leadingDimension))
  }

  /// `S ← S + XᵀR` for the `m × p` rows at `x` and the column-major `m × count` matrix at `r`.
  static func addTransposeProduct(
    _ x: UnsafePointer<Double>, rows m: Int, columns p: Int, byColumns r: UnsafePointer<Double>,
    count: Int, leadingDimension: Int, to s: UnsafeMutablePointer<Double>
  ) {
    singleThreaded
    cblas_dgemm(
      CblasColMajor, CblasNoTrans, CblasNoTrans, int(p), int(count), int(m), 1, x, int(p), r,
      int(leadingDimension), 1, s, int(p))
  }

  private static func int(_ value: Int) -> Int32 { Int32(value) }
}
