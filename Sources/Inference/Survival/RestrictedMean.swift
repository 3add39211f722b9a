/// The mean time without the event, of the time up to a horizon: retained days, for short.
///
///     μ̂ = ∫₀^τ Ŝ(t) dt        var μ̂ = Σ_{tᵢ ≤ τ} Aᵢ² dᵢ/(nᵢ(nᵢ − dᵢ))        Aᵢ = ∫_{tᵢ}^τ Ŝ(t) dt
///
/// It needs no proportional hazards, and censored sessions count for as long as they were watched.
///
/// Reference: Royston and Parmar (2013), *BMC Medical Research Methodology* 13, 152; Klein and
/// Moeschberger (2003), *Survival Analysis*, equation 4.5.3.
public struct RestrictedMean: Hashable, Sendable {
  /// The horizon `τ`.
  public let horizon: Double
  /// The mean `μ̂`, in the unit of the durations, between zero and `τ`.
  public let mean: Double
  /// The variance of `μ̂`; zero if no event came before the horizon.
  public let variance: Double

  /// Takes the mean of an arm up to a horizon, positive and finite.
  ///
  /// - Throws: `tooFewSessions` if there are none, `beyondFollowUp` if no session was watched to the
  ///   horizon and some were still without the event.
  /// - Complexity: O(*k*) for *k* distinct times.
  public init(_ table: LifeTable, horizon: Double, arm: Int = 0) throws(InferenceError) {
    precondition(horizon > 0 && horizon.isFinite, "a horizon is positive and finite")
    try table.requireFollowUp(to: horizon, arm: arm)
    self.horizon = horizon
    // From the horizon back, so that each area is a sum of positive parts.
    var (area, variance, end) = (0.0, 0.0, horizon)
    for step in try KaplanMeier(table, arm: arm).steps.reversed() where step.time <= horizon {
      area += step.survival * (end - step.time)
      let (n, d) = (Double(step.atRisk), Double(step.events))
      if n > d { variance += area * area * d / (n * (n - d)) }
      end = step.time
    }
    mean = area + end
    self.variance = variance
  }
}
