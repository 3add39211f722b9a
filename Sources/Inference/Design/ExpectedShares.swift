internal import Probability

/// Two arms' probabilities of success as a test under the null would fit them, were the counts what is
/// expected of them.
///
/// The variance that a score test will use is that of the fit to the data; in large arms the data are
/// near `n₁p₁` and `n₀p₀` successes, and the fit is that to these.
///
/// Reference: Farrington and Manning (1990), *Statistics in Medicine* 9, 1447–1454, method 3.
struct ExpectedShares {
  let sizes: ArmSizes
  let offer: Double
  let control: Double

  /// `p₁q₁/n₁ + p₀q₀/n₀`, but for a weight of the control's.
  func variance(controlWeight: Double = 1) -> Double {
    offer * (1 - offer) / sizes.offer + controlWeight * control * (1 - control) / sizes.control
  }

  /// The variance of the difference, fitted under `p₁ − p₀ = δ`.
  func variance(constrainedDifference null: Double) -> Double {
    let departure = offer - control - null
    guard departure != 0 else { return variance() }
    return fitVariance(multiplier(departure: departure, null: null))
  }

  /// The variance of `p̂₁ − θ p̂₀`, fitted under `p₁ = θ p₀`.
  func variance(constrainedRatio ratio: Double) -> Double {
    // With s the control's part of the successes, the score equation is a quadratic; see
    // ConstrainedRatio, where the counts are whole.
    let (y1, y0) = (sizes.offer * (1 - offer), sizes.control * (1 - control))
    let total = sizes.offer * offer + sizes.control * control
    let moved = TiltedShare(y0, ratio * y1, tilt: (ratio - 1) * total)
    let (x1, x0) = (moved.rest * total, moved.share * total)
    let fittedControl = x0 / (x0 + y0)
    // An offer without a failure that is left without a success is set by the control.
    let fittedOffer = x1 + y1 > 0 ? x1 / (x1 + y1) : ratio * fittedControl
    let fitted = ExpectedShares(sizes: sizes, offer: fittedOffer, control: fittedControl)
    return fitted.variance(controlWeight: ratio * ratio)
  }

  /// The multiplier `λ` whose fit meets the constraint; see ``ConstrainedDifference``.
  private func multiplier(departure: Double, null: Double) -> Double {
    if null == 0 {
      let pooled = (sizes.offer * offer + sizes.control * control) / sizes.total
      return departure / ExpectedShares(sizes: sizes, offer: pooled, control: pooled).variance()
    }
    let inverses = 1 / sizes.offer + 1 / sizes.control
    let sign: Double = departure > 0 ? 1 : -1
    let greatest =
      departure > 0
      ? (sizes.offer * offer + sizes.control * (1 - control)) / (1 + null)
      : (sizes.offer * (1 - offer) + sizes.control * control) / (1 - null)
    let least = min(3.9 * abs(departure) / inverses, greatest)
    let root = findRoot(from: sign * least, to: sign * greatest) { multiplier in
      multiplier * fitVariance(multiplier) - departure
    }
    return root ?? sign * greatest
  }

  /// The variance at the fit of a multiplier.
  private func fitVariance(_ multiplier: Double) -> Double {
    let share1 = TiltedShare(
      sizes.offer * offer, sizes.offer * (1 - offer), tilt: multiplier)
    let share0 = TiltedShare(
      sizes.control * control, sizes.control * (1 - control), tilt: -multiplier)
    return share1.spread / sizes.offer + share0.spread / sizes.control
  }
}
