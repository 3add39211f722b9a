internal import Probability

extension FamilyProcedure {
  /// Dunnett's test of normal means with one variance, for which it is exact.
  ///
  /// - Parameters:
  ///   - offers: The number of offers.
  ///   - sessions: The sessions of each offer, and of the control.
  ///   - effect: The effect of the offers that have one, in standard deviations.
  ///   - alpha: The level.
  /// - Returns: The procedure.
  /// - Throws: What the test throws of arms of these sizes.
  public static func dunnett(
    offers: Int, sessions: (offer: Int, control: Int), effect: Double = 1, alpha: Double = 0.05
  ) throws(InferenceError) -> FamilyProcedure {
    // The critical value depends on the sizes alone.
    func arm(_ count: Int) -> Moments {
      Moments(count: count, mean: 0, sumOfSquaredDeviations: Double(count - 1))
    }
    let critical = try DunnettTest(
      control: arm(sessions.control),
      treatments: Array(repeating: arm(sessions.offer), count: offers)
    ).criticalValues(level: 1 - alpha)[0]
    return FamilyProcedure(
      "dunnett", scenario: "normal means", offers: offers, sessions: sessions, standard: .exact
    ) { nulls, rng in
      let (control, arms) = normalArms(nulls, sessions, effect, &rng)
      guard let test = try? DunnettTest(control: control, treatments: arms) else { return false }
      return zip(nulls, test.statistics).contains { $0 && abs($1) >= critical }
    }
  }

  /// Welch's tests of normal means against one control, their p-values adjusted.
  ///
  /// - Parameters:
  ///   - method: The adjustment.
  ///   - offers: The number of offers.
  ///   - sessions: The sessions of each offer, and of the control.
  ///   - effect: The effect of the offers that have one, in standard deviations.
  ///   - alpha: The level.
  /// - Returns: The procedure.
  public static func adjusted(
    _ method: Multiplicity, offers: Int, sessions: (offer: Int, control: Int), effect: Double = 1,
    alpha: Double = 0.05
  ) -> FamilyProcedure {
    FamilyProcedure(
      method == .unadjusted ? "control: unadjusted" : method.rawValue,
      scenario: "normal means, Welch", offers: offers, sessions: sessions, standard: .exact
    ) { nulls, rng in
      let (control, arms) = normalArms(nulls, sessions, effect, &rng)
      let pValues = arms.map { (try? WelchTest(offer: $0, control: control))?.pValue() }
      return zip(nulls, method.adjust(pValues)).contains { $0 && ($1 ?? 1) <= alpha }
    }
  }

  /// Westfall and Young's max-T test, step down, of two correlated outcomes; the second never differs.
  ///
  /// - Parameters:
  ///   - offers: The number of offers.
  ///   - sessions: The sessions of each offer, and of the control.
  ///   - shuffles: The shuffles of a test; their number plus one times `α` should be whole.
  ///   - effect: The effect of the offers that have one, in standard deviations.
  ///   - alpha: The level.
  /// - Returns: The procedure.
  public static func maxT(
    offers: Int, sessions: (offer: Int, control: Int), shuffles: Int = 199, effect: Double = 2,
    alpha: Double = 0.05
  ) -> FamilyProcedure {
    @Sendable func rows(_ count: Int, _ effect: Double, _ rng: inout Philox) -> [[Double]] {
      (0..<count).map { _ in
        let shared = StandardNormal.draw(using: &rng)
        let own = (StandardNormal.draw(using: &rng), StandardNormal.draw(using: &rng))
        // Two outcomes of variance 1 and correlation ½.
        return [effect + (shared + own.0) * 0.5.squareRoot(), (shared + own.1) * 0.5.squareRoot()]
      }
    }
    return FamilyProcedure(
      "maxT, step down", scenario: "two normal outcomes, correlation 0.5", offers: offers,
      sessions: sessions, standard: .exact
    ) { nulls, rng in
      let control = rows(sessions.control, 0, &rng)
      let arms = nulls.map { rows(sessions.offer, $0 ? 0 : effect, &rng) }
      let key = StreamKey(seed: rng.next(), purpose: .permutation)
      let test = try? WestfallYoungTest(
        control: control, treatments: arms, shuffles: shuffles, key: key)
      return test?.hypotheses.contains { hypothesis in
        hypothesis.stepDownPValue <= alpha && (hypothesis.metric == 1 || nulls[hypothesis.arm - 1])
      } ?? false
    }
  }
}

private func normalArms(
  _ nulls: [Bool], _ sessions: (offer: Int, control: Int), _ effect: Double, _ rng: inout Philox
) -> (control: Moments, offers: [Moments]) {
  let control = OutcomeLaw.normal(mean: 0, deviation: 1).moments(sessions.control, using: &rng)
  let offers = nulls.map {
    OutcomeLaw.normal(mean: $0 ? 0 : effect, deviation: 1).moments(sessions.offer, using: &rng)
  }
  return (control, offers)
}
