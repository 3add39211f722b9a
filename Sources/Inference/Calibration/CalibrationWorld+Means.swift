internal import Probability

extension CalibrationWorld<Moments> {
  /// Means of independent outcomes; the arms' laws may differ in their spread, too.
  public static func means(
    offer: OutcomeLaw, _ offerCount: Int, control: OutcomeLaw, _ controlCount: Int
  ) -> CalibrationWorld {
    CalibrationWorld(
      comparisonName(offer, control), offer: offerCount, control: controlCount,
      effect: meanEffect(offer.mean, control.mean),
      draw: { rng in
        (offer.moments(offerCount, using: &rng), control.moments(controlCount, using: &rng))
      })
  }
}

extension CalibrationWorld<[Double]> {
  /// Values of one law in both arms, those of the offer moved by a shift.
  ///
  /// A shift moves every measure of location alike; what it does to other scales is not known here.
  public static func samples(
    of law: OutcomeLaw, _ offerCount: Int, _ controlCount: Int, shift: Double = 0
  ) -> CalibrationWorld {
    CalibrationWorld(
      shift == 0 ? law.name : "\(law.name), shifted by \(shift)", offer: offerCount,
      control: controlCount,
      effect: { scale in
        if shift == 0 { return scale.noEffect }
        return scale == .difference ? shift : nil
      },
      draw: { rng in
        let offer = law.sample(offerCount, using: &rng).map { $0 + shift }
        return (offer, law.sample(controlCount, using: &rng))
      })
  }
}

extension CalibrationWorld<ClusterSums> {
  /// Customers with one to nine sessions, whose rates of success differ as a beta law does.
  ///
  /// - Parameters:
  ///   - rate: The mean rate.
  ///   - correlation: The correlation of two sessions of a customer, inside 0...1.
  ///   - offer: The offer's customers.
  ///   - control: The control's customers.
  /// - Returns: A world without effect.
  public static func customers(
    rate: Double, correlation: Double, offer: Int, control: Int
  ) -> CalibrationWorld {
    let rates = Customers(rate: rate, correlation: correlation)
    @Sendable func arm(_ count: Int, _ rng: inout Philox) -> ClusterSums {
      var sums = ClusterSums()
      for _ in 0..<count {
        let customer = rates.draw(using: &rng)
        sums.add(sum: Double(customer.successes), size: customer.trials)
      }
      return sums
    }
    return CalibrationWorld(
      "customers of 1–9 sessions, correlation \(correlation)", offer: offer, control: control,
      rate: rate, effect: { $0.noEffect }, draw: { rng in (arm(offer, &rng), arm(control, &rng)) })
  }
}

extension CalibrationWorld<CrossMoments> {
  /// The same customers, each a numerator (successes) and a denominator (sessions).
  public static func ratios(
    rate: Double, correlation: Double, offer: Int, control: Int
  ) -> CalibrationWorld {
    let rates = Customers(rate: rate, correlation: correlation)
    @Sendable func arm(_ count: Int, _ rng: inout Philox) -> CrossMoments {
      let customers = (0..<count).map { _ in rates.draw(using: &rng) }
      return CrossMoments(columns: [
        customers.map { Double($0.successes) }, customers.map { Double($0.trials) },
      ])
    }
    return CalibrationWorld(
      "customers of 1–9 sessions, correlation \(correlation)", offer: offer, control: control,
      rate: rate, effect: { $0.noEffect }, draw: { rng in (arm(offer, &rng), arm(control, &rng)) })
  }
}

/// Customers whose sessions resemble one another.
private struct Customers: Sendable {
  private let rates: BetaDistribution

  init(rate: Double, correlation: Double) {
    precondition(0 < correlation && correlation < 1, "a correlation lies between 0 and 1")
    // The correlation of two draws at one beta rate is 1/(α + β + 1).
    let strength = 1 / correlation - 1
    rates = BetaDistribution(alpha: rate * strength, beta: (1 - rate) * strength)
  }

  func draw(using rng: inout Philox) -> Tally {
    let rate = rates.draw(using: &rng)
    var tally = Tally()
    for _ in 0..<(1 + rng.index(below: 9)) { tally.add(success: rng.uniform() < rate) }
    return tally
  }
}

private func comparisonName(_ offer: OutcomeLaw, _ control: OutcomeLaw) -> String {
  offer == control ? control.name : "\(control.name) against \(offer.name)"
}

private func meanEffect(
  _ offer: Double, _ control: Double
) -> @Sendable (TestDescription.Scale) -> Double? {
  { scale in
    switch scale {
    case .difference: offer - control
    case .relativeLift: control == 0 ? nil : offer / control - 1
    case .oddsRatio, .hazardRatio, .superiority: offer == control ? scale.noEffect : nil
    }
  }
}
