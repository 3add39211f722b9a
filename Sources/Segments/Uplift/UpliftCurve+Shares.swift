extension UpliftCurve {
  /// Whose highest scores count as the top.
  public enum TopRule: Hashable, Sendable {
    /// The highest scores of both arms together.
    case overall
    /// The highest scores of each arm by itself.
    case byArm
  }

  /// The difference of mean outcomes among the top share of the sessions.
  ///
  /// The share is rounded down to whole sessions. Where it ends amid sessions of one score, each of
  /// them counts by the part that fits in: what any order of the log would give on average.
  ///
  /// - Returns: The difference; nil if an arm has no session there.
  public func uplift(top share: Double, _ rule: TopRule = .overall) -> Double? {
    precondition(0 < share && share <= 1, "a share lies between 0 and 1")
    guard let last = points.last else { return nil }
    switch rule {
    case .overall:
      let taken = (Double(last.sessions) * share).rounded(.down)
      let treated = interpolated(taken, along: { Double($0.sessions) }, { Double($0.treated) })
      let control = interpolated(taken, along: { Double($0.sessions) }, { Double($0.control) })
      let sums = (
        interpolated(taken, along: { Double($0.sessions) }, \.treatedSum),
        interpolated(taken, along: { Double($0.sessions) }, \.controlSum)
      )
      guard treated > 0, control > 0 else { return nil }
      return sums.0 / treated - sums.1 / control
    case .byArm:
      let treated = (Double(last.treated) * share).rounded(.down)
      let control = (Double(last.control) * share).rounded(.down)
      guard treated > 0, control > 0 else { return nil }
      return interpolated(treated, along: { Double($0.treated) }, \.treatedSum) / treated
        - interpolated(control, along: { Double($0.control) }, \.controlSum) / control
    }
  }

  /// A cumulated quantity where another, cumulated along it, reaches a value.
  private func interpolated(
    _ target: Double, along: (Point) -> Double, _ value: (Point) -> Double
  ) -> Double {
    var before = (x: 0.0, y: 0.0)
    for point in points {
      let here = (x: along(point), y: value(point))
      if here.x >= target {
        guard here.x > before.x else { return here.y }
        return before.y + (here.y - before.y) * ((target - before.x) / (here.x - before.x))
      }
      before = here
    }
    return before.y
  }
}
