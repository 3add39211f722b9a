internal import Probability

/// Two arms whose proportions are fitted under the constraint that they differ by `δ`.
///
/// Where the likelihood is greatest along `p₁ − p₀ = δ`, the scores of the arms are opposite:
///
///     x₁/p₁ − y₁/q₁ = λ = −(x₀/p₀ − y₀/q₀)
///
/// so that, given `λ`, each proportion is the root of a quadratic; as it multiplies out to
/// `λ p₁q₁ = n₁(p̂₁ − p₁)`,
///
///     δ = d − λ V      z = (d − δ)/√V = λ √V      V = p₁q₁/n₁ + p₀q₀/n₀      d = p̂₁ − p̂₀
///
/// Here `δ` falls and `|z|` rises with `|λ|`. A test at a given `δ`, usually by the roots of
/// Miettinen and Nurminen's cubic, and an interval's end at a given `z`, usually by two nested
/// searches, are then each one search for `λ` between known bounds.
struct ConstrainedDifference {
  let offer: Tally
  let control: Tally

  /// The fit at one multiplier.
  struct Point {
    let multiplier: Double
    let offer: TiltedShare
    let control: TiltedShare
    /// The variance `V` of the difference.
    let variance: Double

    /// The score statistic `z`.
    var z: Double { multiplier * variance.squareRoot() }
    /// How far the constraint lies below the estimate, `d − δ`.
    var departure: Double { multiplier * variance }
  }

  func point(_ multiplier: Double) -> Point {
    let share1 = TiltedShare(Double(offer.successes), Double(offer.failures), tilt: multiplier)
    let share0 = TiltedShare(Double(control.successes), Double(control.failures), tilt: -multiplier)
    return Point(
      multiplier: multiplier, offer: share1, control: share0,
      variance: share1.spread / Double(offer.trials) + share0.spread / Double(control.trials))
  }

  /// The arms changed for each other; what is above the estimate is then below it.
  var swapped: ConstrainedDifference { ConstrainedDifference(offer: control, control: offer) }

  /// The estimate `d`.
  var estimate: Double { offer.difference(from: control) }

  /// The multiplier of a difference inside (−1, 1).
  func multiplier(at difference: Double) -> Double {
    let departure = estimate - difference
    guard departure != 0 else { return 0 }
    guard departure > 0 else { return -swapped.multiplier(at: -difference) }
    if difference == 0, let error = offer.pooledStandardError(with: control) {
      return departure / (error * error)
    }
    // V ≤ ¼(1/n₁ + 1/n₀) bounds λ = departure/V from below (by 4, and 3.9 leaves room for rounding),
    // p₁ ≤ x₁/λ with q₀ ≤ y₀/λ from above.
    let greatest = Double(offer.successes + control.failures) / (1 + difference)
    let root = findRoot(from: min(3.9 * departure / sizes, greatest), to: greatest) {
      point($0).departure - departure
    }
    return root ?? greatest
  }

  /// The least difference whose statistic of sign plus, such as `z`, is no greater than a value.
  func lowerEnd(_ critical: Double, of statistic: (Point) -> Double) -> Double {
    // Without a success here or a failure there the difference is −1, and none is less.
    guard offer.successes > 0 || control.failures > 0 else { return -1 }
    var upper = 2 * critical / sizes.squareRoot()
    var lower = 0.0
    while statistic(point(upper)) < critical { (lower, upper) = (upper, 2 * upper) }
    let root = findRoot(from: lower, to: upper) { statistic(point($0)) - critical } ?? upper
    return max(-1, estimate - point(root).departure)
  }

  /// The differences at which the size of a statistic, such as `z`, is no greater than a value.
  func interval(_ critical: Double, of statistic: (Point) -> Double) -> Interval {
    Interval(
      lower: lowerEnd(critical, of: statistic), upper: -swapped.lowerEnd(critical, of: statistic))
  }

  /// `1/n₁ + 1/n₀`.
  private var sizes: Double { 1 / Double(offer.trials) + 1 / Double(control.trials) }
}
