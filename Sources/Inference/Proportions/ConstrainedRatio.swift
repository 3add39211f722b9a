internal import Probability

/// Two arms whose proportions are fitted under the constraint that their ratio is `θ`.
///
/// Where the likelihood is greatest along `p₁ = θ p₀`, it moves `μ` successes' worth of score from
/// one arm to the other:
///
///     p₁ = (x₁ − μ)/(n₁ − μ)      p₀ = (x₀ + μ)/(n₀ + μ)      z² = μ² (q₁/(n₁p₁) + q₀/(n₀p₀))
///
/// `θ` falls from `p̂₁/p̂₀` and `z²` rises as `μ` goes from zero to `x₁`: an interval's end is one root.
/// At a given `θ` the quadratic of `μ` is solved in closed form.
struct ConstrainedRatio {
  let offer: Tally
  let control: Tally

  /// The arms changed for each other, the ratio turned over.
  var swapped: ConstrainedRatio { ConstrainedRatio(offer: control, control: offer) }

  /// The fit at one ratio.
  struct Point {
    /// The departure `p̂₁ − θp̂₀` from the constraint.
    let departure: Double
    /// The fitted proportion `p₁`.
    let share: Double
    /// The variance of the departure, `p₁q₁/n₁ + θ²p₀q₀/n₀`.
    let variance: Double

    /// The score statistic; zero where the arms agree with the constraint and cannot vary.
    var z: Double { departure == 0 ? 0 : departure / variance.squareRoot() }
    /// The score of the log ratio, `μ = (x₁ − n₁p₁)/q₁`.
    var score: Double { departure == 0 ? 0 : departure * share / variance }
    /// The information about the log ratio, the variance of its score.
    var information: Double { share * share / variance }
  }

  /// The fit at a lift, one below the ratio.
  func point(lift: Double) -> Point {
    let ratio = 1 + lift
    // With s = (μ + x₀)/(x₁ + x₀), the quadratic is y₀(1 − s) − θy₁s = (θ − 1)(x₁ + x₀) s(1 − s).
    let total = Double(offer.successes + control.successes)
    let moved = TiltedShare(
      Double(control.failures), ratio * Double(offer.failures), tilt: lift * total)
    let (x1, x0) = (moved.rest * total, moved.share * total)
    let (y1, y0) = (Double(offer.failures), Double(control.failures))
    // An arm that has no failure and that is left without a success is set by the other.
    let p1 = x1 + y1 > 0 ? x1 / (x1 + y1) : ratio * x0 / (x0 + y0)
    let p0 = x0 + y0 > 0 ? x0 / (x0 + y0) : p1 / ratio
    let q1 = x1 + y1 > 0 ? y1 / (x1 + y1) : 1 - p1
    let q0 = x0 + y0 > 0 ? y0 / (x0 + y0) : 1 - p0
    return Point(
      departure: offer.difference(from: control) - lift * control.proportion, share: p1,
      variance: p1 * q1 / Double(offer.trials) + ratio * ratio * p0 * q0 / Double(control.trials))
  }

  /// The least lift whose `z²` is no greater than a critical value.
  func lowerLift(_ critical: Double) -> Double {
    guard offer.successes > 0 else { return -1 }
    let (x1, n1) = (Double(offer.successes), Double(offer.trials))
    let (x0, n0) = (Double(control.successes), Double(control.trials))
    let (y1, y0) = (Double(offer.failures), Double(control.failures))
    guard y1 > 0 else { return lowerLiftWithoutFailures(critical) }
    // z² is infinite at μ = x₁, so that both sides of z² = critical are multiplied by x₁ − μ.
    let root = findRoot(from: 0, to: x1) { moved in
      let share = x0 == 0 ? 1 : moved / (x0 + moved)
      return moved * moved * y1 / n1 + (x1 - moved) * (y0 / n0 * moved * share - critical)
    }
    let moved = root ?? x1
    let excess = n1 * n0 * offer.difference(from: control) - moved * (y1 + y0)
    return max(-1, excess / ((n1 - moved) * (x0 + moved)))
  }

  /// The same where the offer has no failure: `p₁` stays 1 until `μ = n₁`, and falls only then.
  private func lowerLiftWithoutFailures(_ critical: Double) -> Double {
    let n1 = Double(offer.trials)
    let (x0, n0, y0) = (Double(control.successes), Double(control.trials), Double(control.failures))
    let rest = critical - n1 * n1 * y0 / (n0 * (x0 + n1))
    if rest >= 0 { return (n1 * y0 - rest * (x0 + n1)) / ((n1 + rest) * (x0 + n1)) }
    let rate = y0 / n0
    let moved = (critical + (critical * (critical + 4 * x0 * rate)).squareRoot()) / (2 * rate)
    return y0 / (x0 + moved)
  }
}
