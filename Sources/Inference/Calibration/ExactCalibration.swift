/// The type-I error of a test of two tallies, and the coverage of its interval, by enumeration of the
/// tables: numbers without a Monte Carlo error.
///
///     type-I error    Σ b(x₁; n₁, p₁) b(x₀; n₀, p₀) [p-value(x₁, x₀) ≤ α]      where the null is true
///     coverage        Σ b(x₁; n₁, p₁) b(x₀; n₀, p₀) [interval(x₁, x₀) ∋ θ(p₁, p₀)]
///
/// Each table is asked once for all pairs of rates. Counts of an arm rarer than 1e-13 are left out, as
/// not rejected and as covered; what that hides of an error is less than `1e-13 √n` for *n* sessions an
/// arm. A table that a test cannot answer claims nothing, so it neither rejects nor misses.
///
///     let plan = ExactCalibration(offer: 200, control: 200, rates: [.init(0.01), .init(0.1)])
///     for row in plan.rows(of: myTest) where row.verdict == .exceeds { print(row) }
///
/// - Complexity: Some 200 √(*n₁n₀p₁q₁p₀q₀*) p-values and as many intervals a pair of rates: 40,000 at
///   *n* = 1,000 and *p* = ½, fewer than the pairs together if their tables are the same.
///
/// Reference: Suissa and Shuster (1985), *Journal of the Royal Statistical Society A* 148, 317–327.
public struct ExactCalibration: Hashable, Sendable {
  /// The probabilities of success of two arms.
  public struct Rates: Hashable, Sendable {
    public let offer: Double
    public let control: Double

    /// The same rate in both arms: no effect.
    public init(_ rate: Double) { self.init(offer: rate, control: rate) }

    /// The rates of two arms, each in 0...1.
    public init(offer: Double, control: Double) {
      precondition((0...1).contains(offer) && (0...1).contains(control), "a rate lies in 0...1")
      self.offer = offer
      self.control = control
    }

    /// The effect on a scale; nil where it is not finite, or the scale is not of two proportions.
    public func effect(on scale: TestDescription.Scale) -> Double? {
      let effect: Double? =
        switch scale {
        case _ where offer == control: scale.noEffect
        case .difference: offer - control
        case .relativeLift: offer / control - 1
        case .oddsRatio: offer / (1 - offer) / (control / (1 - control))
        case .superiority: 0.5 + 0.5 * (offer - control)
        case .hazardRatio: nil
        }
      return effect.flatMap { $0.isFinite ? $0 : nil }
    }
  }

  /// The offer's sessions.
  public let offer: Int
  /// The control's sessions.
  public let control: Int
  /// The pairs of rates.
  public let rates: [Rates]
  /// The level `α` of a test; intervals have the level `1 − α`.
  public let alpha: Double

  /// Plans an enumeration.
  public init(offer: Int, control: Int, rates: [Rates], alpha: Double = 0.05) {
    precondition(offer > 0 && control > 0, "an arm has a session")
    checkAlpha(alpha)
    self.offer = offer
    self.control = control
    self.rates = rates
    self.alpha = alpha
  }

  /// The rows of a test: its type-I errors, two-sided and on each side, at the pairs of rates that have no
  /// effect, and the coverage of its interval at all of them.
  ///
  /// - Parameters:
  ///   - entry: The test.
  ///   - intervals: Whether to make intervals; they are the greater part of the work.
  ///   - standard: What the test promises; nil is what the catalogues say.
  /// - Returns: Rows in the order of the pairs.
  public func rows(
    of entry: LiftCatalogue.Entry<Tally>, intervals: Bool = true,
    standard: CalibrationStandard? = nil
  ) -> [CalibrationRow] {
    let alternatives = Alternative.allCases
    var errors = rates.map { _ in alternatives.map { _ in 0.0 } }
    var misses = rates.map { _ in 0.0 }
    var known: EffectsOnScale?
    tables.forEach { offer, control, weights in
      guard let test = try? entry.compare(offer, control) else { return }
      let effects = known ?? EffectsOnScale(rates, scale: test.method.scale)
      known = effects
      if weights.contains(where: { effects.isNull($0.pair) }) {
        for (index, alternative) in alternatives.enumerated()
        where test.pValue(alternative) <= alpha {
          for weight in weights where effects.isNull(weight.pair) {
            errors[weight.pair][index] += weight.mass
          }
        }
      }
      guard intervals else { return }
      let interval = test.interval(level: 1 - alpha)
      for weight in weights where effects.isMissed(by: interval, weight.pair) {
        misses[weight.pair] += weight.mass
      }
    }
    let standard = standard ?? .promised(by: entry.name)
    return rates.indices.flatMap { pair in
      let isNull = rates[pair].offer == rates[pair].control
      let sizes = zip(alternatives, isNull ? errors[pair] : []).map {
        row(entry.name, pair, $0.typeIError, $1, standard)
      }
      let coverage =
        intervals ? [row(entry.name, pair, .coverage, 1 - misses[pair], standard)] : []
      return sizes + coverage
    }
  }

  /// The type-I errors of a test whose p-values are costly, at the pairs of rates without effect, by the
  /// edge of its region of rejection: O(*n*) p-values in all.
  ///
  /// It assumes of the region what ``EnumeratedPower/Search/edge`` says.
  public func rowsByEdge(of entry: LiftCatalogue.Entry<Tally>) -> [CalibrationRow] {
    let nulls = rates.indices.filter { rates[$0].offer == rates[$0].control }
    return Alternative.allCases.flatMap { alternative in
      let errors = EnumeratedPower(entry, alpha: alpha, alternative, search: .edge)
        .typeIErrors(offer: offer, control: control, rates: nulls.map { rates[$0].control })
      return zip(nulls, errors).map { pair, error in
        row(entry.name, pair, alternative.typeIError, error, .promised(by: entry.name))
      }
    }
  }

  /// The coverage of an interval of an effect that comes without a test.
  ///
  /// - Parameters:
  ///   - name: The name of the interval.
  ///   - scale: The scale of the effect.
  ///   - standard: What the interval promises; nil is what its name stands for.
  ///   - interval: Makes the interval of level `1 − α` from the offer's tally and the control's; nil
  ///     where it cannot be made.
  /// - Returns: One row a pair.
  public func coverage(
    of name: String, scale: TestDescription.Scale, standard: CalibrationStandard? = nil,
    _ interval: (_ offer: Tally, _ control: Tally) -> Interval?
  ) -> [CalibrationRow] {
    var misses = rates.map { _ in 0.0 }
    let effects = EffectsOnScale(rates, scale: scale)
    tables.forEach { offer, control, weights in
      guard let interval = interval(offer, control) else { return }
      for weight in weights where effects.isMissed(by: interval, weight.pair) {
        misses[weight.pair] += weight.mass
      }
    }
    return rates.indices.map {
      row(name, $0, .coverage, 1 - misses[$0], standard ?? .promised(by: name))
    }
  }

  private var tables: TableEnumeration {
    TableEnumeration(
      offer: offer, control: control, rates: rates.map { ($0.offer, $0.control) }, rarest: 1e-13)
  }

  private func row(
    _ test: String, _ pair: Int, _ quantity: CalibrationRow.Quantity, _ observed: Double,
    _ standard: CalibrationStandard
  ) -> CalibrationRow {
    let rates = rates[pair]
    return CalibrationRow(
      test: test,
      scenario: rates.offer == rates.control
        ? "no effect" : "\(rates.control) against \(rates.offer)",
      offer: offer, control: control, rate: rates.control, quantity: quantity,
      nominal: quantity == .coverage ? 1 - alpha : alpha, observed: min(max(observed, 0), 1),
      standard: standard)
  }
}

/// The effects of pairs of rates on one scale.
private struct EffectsOnScale {
  let scale: TestDescription.Scale
  private let effects: [Double?]

  init(_ rates: [ExactCalibration.Rates], scale: TestDescription.Scale) {
    self.scale = scale
    effects = rates.map { $0.effect(on: scale) }
  }

  func isNull(_ pair: Int) -> Bool { effects[pair] == scale.noEffect }

  func isMissed(by interval: Interval, _ pair: Int) -> Bool {
    effects[pair].map { !interval.contains($0) } ?? false
  }
}

extension Alternative {
  /// What is counted where the null is true.
  var typeIError: CalibrationRow.Quantity {
    switch self {
    case .twoSided: .typeIError
    case .greater: .typeIErrorGreater
    case .less: .typeIErrorLess
    }
  }
}
