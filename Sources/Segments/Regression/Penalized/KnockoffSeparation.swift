internal import LinearAlgebra

/// The part of each column's variance by which it and an equicorrelated knockoff differ: a little below the
/// greatest `s ≤ 1` for which `2R − sI` is positive definite, by bisection.
///
/// - Parameter correlations: The correlations `R`, positive definite.
/// - Returns: The part `s`, in 0...1.
/// - Complexity: O(*p*³) for each of 41 factorisations.
func knockoffSeparation(of correlations: Matrix) -> Double {
  func isPossible(_ s: Double) -> Bool {
    var shifted = correlations
    for j in 0..<shifted.columnCount { shifted[j, j] -= s / 2 }
    return Cholesky(shifted) != nil
  }
  if isPossible(1) { return 1 }
  var (low, high) = (0.0, 1.0)
  for _ in 0..<40 {
    let middle = (low + high) / 2
    if isPossible(middle) { low = middle } else { high = middle }
  }
  return 0.999 * low
}
