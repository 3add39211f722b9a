extension DunnettTest {
  /// Compares the proportions of arms with that of a control, in large samples.
  ///
  ///     p̂ = (x + a)/(n + 2a)      v = p̂(1 − p̂)/(n + 2a)
  ///
  /// Each arm has its own variance, so that the arms that do differ do not disturb the others. With `a = ½`
  /// added to each cell the intervals keep their level down to a few successes an arm, and the estimates
  /// are shrunken.
  ///
  /// - Parameters:
  ///   - control: The sessions of the control.
  ///   - treatments: Those of the other arms.
  ///   - addedToEachCell: The amount `a`, zero or more.
  /// - Throws: `tooFewArms` without arms to compare, `tooFewSessions` if an arm is empty (the control is arm
  ///   0); with nothing added, `noSuccesses` or `noFailures` of an arm without variance.
  public init(
    control: Tally, treatments: [Tally], addedToEachCell: Double = 0
  ) throws(InferenceError) {
    precondition(addedToEachCell >= 0 && addedToEachCell.isFinite, "nothing is taken from a cell")
    guard !treatments.isEmpty else { throw .tooFewArms(count: 1) }
    var points: [(estimate: Double, variance: Double)] = []
    for (arm, tally) in ([control] + treatments).enumerated() {
      try tally.require(1, arm: arm)
      let successes = Double(tally.successes) + addedToEachCell
      let failures = Double(tally.failures) + addedToEachCell
      guard successes > 0 else { throw .noSuccesses(arm: arm) }
      guard failures > 0 else { throw .noFailures(arm: arm) }
      let trials = successes + failures
      points.append((successes / trials, successes / trials * (failures / trials) / trials))
    }
    self.init(
      control: points[0], treatments: Array(points.dropFirst()),
      degreesOfFreedom: Array(repeating: .infinity, count: treatments.count),
      name: addedToEachCell == 0
        ? "Dunnett for proportions" : "Dunnett for proportions, \(addedToEachCell) added",
      nullHypothesis: "pᵢ = p₀", reference: "Schaarschmidt, Sill and Hothorn 2008")
  }
}
