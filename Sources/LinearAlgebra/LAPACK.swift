#if canImport(Accelerate)
  internal import Accelerate
#else
  internal import CLAPACKE
#endif

/// The factorisations of the machine's LAPACK; the only file that calls it.
enum LAPACK {
  /// Overwrites the lower triangle of a column-major matrix by its Cholesky factor.
  ///
  /// - Returns: Whether the matrix was positive definite.
  static func factorCholesky(_ a: inout [Double], order: Int) -> Bool {
    #if canImport(Accelerate)
      var (uplo, n, stride, info) = (
        CChar(UInt8(ascii: "L")), __CLPK_integer(order), __CLPK_integer(order), __CLPK_integer(0)
      )
      dpotrf_(&uplo, &n, &a, &stride, &info)
      return info == 0
    #else
      let lower = CChar(UInt8(ascii: "L"))
      return LAPACKE_dpotrf(LAPACK_COL_MAJOR, lower, Int32(order), &a, Int32(order)) == 0
    #endif
  }
}
