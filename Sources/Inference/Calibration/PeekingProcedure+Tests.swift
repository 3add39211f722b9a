internal import Probability

extension PeekingProcedure {
  /// A test of two tallies with one rate, looked at after every few sessions.
  ///
  /// - Parameters:
  ///   - entry: The test.
  ///   - rate: The rate of both arms.
  ///   - offersPerLook: The offer's sessions between two looks.
  ///   - controlsPerLook: The control's sessions between two looks.
  ///   - looks: The number of looks.
  ///   - leastSuccesses: The successes that each arm has at the first look: tests that rely on a nearly
  ///     normal estimate start when it is one.
  ///   - standard: What the test promises.
  ///   - alpha: The level of the test.
  /// - Returns: The procedure.
  public static func tallies(
    _ entry: LiftCatalogue.Entry<Tally>, rate: Double, offersPerLook: Int = 1,
    controlsPerLook: Int = 1, looks: Int, leastSuccesses: Int = 10,
    standard: CalibrationStandard = .exact, alpha: Double = 0.05
  ) -> PeekingProcedure {
    PeekingProcedure(
      entry.name,
      scenario: "\(looks) looks, every \(offersPerLook) + \(controlsPerLook) sessions, "
        + "from \(leastSuccesses) successes an arm",
      offer: offersPerLook * looks, control: controlsPerLook * looks, rate: rate,
      standard: standard
    ) { rng in
      var (offer, control, outcome) = (Tally(), Tally(), Outcome(missed: false))
      for _ in 0..<looks {
        for _ in 0..<offersPerLook { offer.add(success: rng.uniform() < rate) }
        for _ in 0..<controlsPerLook { control.add(success: rng.uniform() < rate) }
        guard min(offer.successes, control.successes) >= leastSuccesses,
          let test = try? entry.compare(offer, control)
        else { continue }
        if outcome.judge(test, alpha: alpha) { break }
      }
      return outcome
    }
  }

  /// A test of two means of one law, looked at after every few sessions.
  ///
  /// - Parameters:
  ///   - entry: The test.
  ///   - law: The law of both arms.
  ///   - perLook: The sessions of each arm between two looks.
  ///   - looks: The number of looks.
  ///   - first: The first of them that is taken.
  ///   - standard: What the test promises.
  ///   - alpha: The level of the test.
  /// - Returns: The procedure.
  public static func means(
    _ entry: LiftCatalogue.Entry<Moments>, of law: OutcomeLaw, perLook: Int = 1, looks: Int,
    from first: Int = 1, standard: CalibrationStandard = .exact, alpha: Double = 0.05
  ) -> PeekingProcedure {
    PeekingProcedure(
      entry.name,
      scenario: "\(law.name), \(looks) looks, every \(perLook) + \(perLook) sessions, "
        + "from look \(first)",
      offer: perLook * looks, control: perLook * looks, standard: standard
    ) { rng in
      var (offer, control, outcome) = (Moments(), Moments(), Outcome(missed: false))
      for look in 1...looks {
        for _ in 0..<perLook {
          offer.add(law.draw(using: &rng))
          control.add(law.draw(using: &rng))
        }
        guard look >= first, let test = try? entry.compare(offer, control) else { continue }
        if outcome.judge(test, alpha: alpha) { break }
      }
      return outcome
    }
  }
}

extension PeekingProcedure.Outcome {
  /// Judges one look of a test whose null is true; returns whether nothing is left to happen.
  fileprivate mutating func judge(_ test: any HypothesisTest, alpha: Double) -> Bool {
    if !rejected { rejected = test.pValue(.twoSided) <= alpha }
    if missed == false { missed = !test.interval(level: 1 - alpha).contains(test.null) }
    return rejected && missed == true
  }
}
