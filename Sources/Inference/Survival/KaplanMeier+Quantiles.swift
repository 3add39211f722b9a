extension KaplanMeier {
  /// The time by which a share of the sessions have had the event, the median for one half.
  ///
  /// The first time at which `Ŝ ≤ 1 − p`; where `Ŝ` equals `1 − p` over a stretch of time, its middle.
  ///
  /// - Parameter p: The share, strictly between zero and one.
  /// - Returns: The time, or nil if too few had the event while they were watched.
  public func quantile(_ p: Double) -> Double? {
    checkLevel(p)
    return crossing(steps.lazy.map(\.survival), level: 1 - p)
  }

  /// The confidence interval of a quantile.
  ///
  /// It holds the times at which the interval of the survival holds `1 − p` (Brookmeyer and Crowley):
  /// it begins where the lower ends of those intervals fall to `1 − p`, and ends where the upper
  /// ends do, or at infinity if they do not.
  ///
  /// Reference: Brookmeyer and Crowley (1982), *Biometrics* 38, 29–41.
  public func quantileInterval(
    _ p: Double, level: Double = 0.95, scale: SurvivalScale = .logLog
  ) -> Interval {
    checkLevel(p)
    checkLevel(level)
    let ends = steps.indices.map { interval(of: $0, tail: (1 - level) / 2, scale: scale) }
    // Where nothing is left at risk no upper end is known, and the curve of upper ends stops.
    let known = steps.last.map { $0.survival > 0 ? ends[...] : ends.dropLast() } ?? []
    let lower = crossing(ends.lazy.map(\.lower), level: 1 - p) ?? .infinity
    let upper = crossing(known.lazy.map(\.upper), level: 1 - p) ?? .infinity
    return Interval(lower: lower, upper: max(lower, upper))
  }

  /// The first time at which a falling curve is no higher than a level.
  private func crossing(_ curve: some Collection<Double>, level: Double) -> Double? {
    // A product of k factors is off by k roundings at most.
    let slack = 4 * Double(steps.count) * Double.ulpOfOne
    var flat: Double?
    for (step, value) in zip(steps, curve) {
      if let flat {
        if value < level - slack { return (flat + step.time) / 2 }
      } else if value <= level + slack {
        guard value >= level - slack else { return step.time }
        flat = step.time
      }
    }
    return flat
  }
}
