/// A test of one effect, with the interval that goes with it.
///
/// A test is a value that has already seen its data: making one throws if the data cannot be
/// answered, and after that nothing fails. `estimate`, `null` and `interval` share one scale, which
/// `method` names.
public protocol HypothesisTest: Sendable {
  /// What the test is, in words that an answer can carry.
  var method: TestDescription { get }
  /// The estimated effect.
  var estimate: Double { get }
  /// The effect under the null hypothesis.
  var null: Double { get }
  /// The probability, under the null, of data at least as extreme as these.
  func pValue(_ alternative: Alternative) -> Double
  /// The two-sided confidence interval of a level between zero and one.
  func interval(level: Double) -> Interval
}

/// Stops a caller who asks for a confidence level that is none.
@inline(__always)
func checkLevel(_ level: Double) {
  precondition(0 < level && level < 1, "a confidence level lies between 0 and 1")
}
