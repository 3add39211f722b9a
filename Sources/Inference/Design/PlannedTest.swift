/// A test before there are data: how probably it will reject, given the sizes of the arms and the
/// true effect.
///
/// The power is one function, and the sizes that a power needs and the effect that can be detected are
/// its exact inverses, found as roots of that same function: put back, they give the power that was
/// asked for to nearly the last digit, unequal arms and nulls other than no effect included.
///
/// Power here is the probability of a rejection. A two-sided test may also reject on the wrong side of
/// the null; that is counted too, as statsmodels and R's `strict = TRUE` count it. It matters only
/// where the power is close to the error. Who will act on one direction only plans a one-sided test at
/// half of the two-sided error; R's default and gsDesign do so silently.
public protocol PlannedTest: Sendable {
  /// The effect under the null hypothesis.
  var null: Double { get }
  /// The effects that there can be; an end is infinite if there is none.
  var effects: ClosedRange<Double> { get }
  /// The probability that the test rejects.
  ///
  /// - Parameters:
  ///   - sizes: The sizes of the arms.
  ///   - effect: The true effect, on the scale of the null.
  /// - Returns: The probability, both sides of a two-sided test together.
  func power(_ sizes: ArmSizes, effect: Double) -> Double
  /// The smallest sizes at which the test has a power.
  ///
  /// Where the power is a smooth function of the sizes, this is found for any test; one of whole counts
  /// has its own search.
  ///
  /// - Parameters:
  ///   - effect: The true effect.
  ///   - power: The power, between the test's error and 1.
  ///   - offersPerControl: How many sessions are shown the offer for each that is not, `n₁/n₀`.
  /// - Returns: Sizes that are not yet rounded.
  /// - Throws: `unattainablePower` if no sizes give the power, as where the effect is the null or lies
  ///   on the side that a one-sided test does not look at; or if all do.
  func sizes(
    effect: Double, power: Double, offersPerControl: Double
  ) throws(InferenceError) -> ArmSizes
}
