/// The autocorrelation of values in their order, at a lag.
///
///     r = Σᵢ (xᵢ − m)(xᵢ₊ₗ − m) / Σᵢ (xᵢ − m)²
///
/// The mean is taken first and the deviations after it, so that values far from zero keep their
/// digits.
///
/// - Parameters:
///   - values: Finite values, in the order of time.
///   - lag: How far apart the values of a pair are, at least 1.
/// - Returns: The coefficient, in −1...1.
/// - Throws: `noVariation` if all values are the same, or if there is none.
/// - Complexity: O(*n*).
///
/// Reference: Box, Jenkins and Reinsel (1994), *Time Series Analysis*, equation 2.1.11.
public func autocorrelation(
  _ values: [Double], lag: Int = 1
) throws(InferenceError) -> Double {
  precondition(lag >= 1, "a lag is at least 1")
  guard let first = values.first else { throw .noVariation }
  // About the first value, so that the mean does not round what the deviations are made of.
  let count = Double(values.count)
  let mean = values.reduce(0) { $0 + ($1 - first) } / count
  let deviations = values.map { ($0 - first) - mean }
  var (products, squares) = (0.0, 0.0)
  for index in deviations.indices {
    squares += deviations[index] * deviations[index]
    if index + lag < deviations.count { products += deviations[index] * deviations[index + lag] }
  }
  guard squares > 0 else { throw .noVariation }
  return products / squares
}
