#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

extension CalibrationWorld<StratifiedTally> {
  /// Strata that differ in their rates and get the arms in shares of their own.
  ///
  /// - Parameter strata: The offer's sessions, the control's, and the rate that both have.
  /// - Returns: A world without effect.
  public static func strata(_ strata: [(offer: Int, control: Int, rate: Double)]) -> Self {
    @Sendable func arm(_ trials: [Int], _ rng: inout Philox) -> StratifiedTally {
      StratifiedTally(
        zip(trials, strata).map { trials, stratum in
          let law = BinomialDistribution(trials: trials, probability: stratum.rate)
          return Tally(successes: Int(law.draw(using: &rng)), trials: trials)
        })
    }
    let (offers, controls) = (strata.map(\.offer), strata.map(\.control))
    return CalibrationWorld(
      "\(strata.count) strata, rates \(strata.map { "\($0.rate)" }.joined(separator: ", "))",
      offer: offers.reduce(0, +), control: controls.reduce(0, +), effect: { $0.noEffect },
      draw: { rng in (arm(offers, &rng), arm(controls, &rng)) })
  }
}

extension CalibrationWorld<LifeTable> {
  /// Customers who leave at a constant rate, watched in whole days for up to 30, their entries spread
  /// over the last 45, so that a third of the windows are open.
  ///
  /// - Parameters:
  ///   - hazard: The control's rate of leaving a day.
  ///   - ratio: The offer's rate over the control's; with whole days it is the ratio of hazards in
  ///     continuous time, which ties blur, so that no effect is known but none.
  ///   - offer: The offer's customers.
  ///   - control: The control's customers.
  /// - Returns: A world, without effect if the ratio is 1.
  public static func windows(
    hazard: Double, ratio: Double = 1, offer: Int, control: Int
  ) -> CalibrationWorld {
    @Sendable func arm(_ count: Int, _ hazard: Double, _ rng: inout Philox) -> LifeTable {
      let days = 30
      var events = Array(repeating: 0, count: days + 1)
      var censored = events
      for _ in 0..<count {
        let leaves = Int(min(1e6, -log(rng.positiveUniform()) / hazard)) + 1
        let age = min(days, Int(45 * rng.uniform()) + 1)
        if leaves <= age { events[leaves] += 1 } else { censored[age] += 1 }
      }
      var table = LifeTable()
      for day in 1...days where events[day] + censored[day] > 0 {
        table.add(duration: Double(day), events: events[day], censored: censored[day])
      }
      return table
    }
    return CalibrationWorld(
      "censored windows of 30 days, hazard \(hazard) a day", offer: offer, control: control,
      effect: { ratio == 1 ? $0.noEffect : nil },
      draw: { rng in (arm(offer, ratio * hazard, &rng), arm(control, hazard, &rng)) })
  }
}
