/// Any test of two tallies, planned by the tables that it rejects: ``EnumeratedPower`` on one scale.
///
/// Sizes that are not whole are rounded up, so that the power is a step function of them, and a
/// saw-tooth over the whole ones. The sizes for a power are those from which on it stays enough.
public struct PlannedTableTest: PlannedTest {
  /// The rejected tables.
  public let tables: EnumeratedPower
  /// The control's probability of success, `p₀`.
  public let baseRate: Double
  /// The scale of effects.
  public let scale: TestDescription.Scale
  /// The most sessions of an arm for which sizes are searched.
  public let greatestArm: Int

  /// Plans a test; its effects are differences if it has no null of another scale.
  public init(_ tables: EnumeratedPower, baseRate: Double, greatestArm: Int = 100_000) {
    checkBaseRate(baseRate)
    self.tables = tables
    self.baseRate = baseRate
    scale = tables.entry.nullScale ?? .difference
    self.greatestArm = greatestArm
  }

  public var null: Double { tables.null ?? scale.noEffect }

  public var effects: ClosedRange<Double> {
    switch scale {
    case .relativeLift: -1...((1 - baseRate) / baseRate)
    case .oddsRatio: 1e-9...1e9
    case .difference, .hazardRatio, .superiority: -baseRate...(1 - baseRate)
    }
  }

  public func power(_ sizes: ArmSizes, effect: Double) -> Double {
    checkEffect(effect)
    let whole = sizes.roundedUp
    return tables.power(
      offer: Int(whole.offer), control: Int(whole.control), offerRate: offerRate(effect),
      controlRate: baseRate)
  }

  public func sizes(
    effect: Double, power: Double, offersPerControl: Double
  ) throws(InferenceError) -> ArmSizes {
    // At the null no size will do, and all would be tried.
    guard effect != null else { throw .unattainablePower(power) }
    // The search goes by the control, whose arm may be the smaller one.
    let limit = max(1, Int(Double(greatestArm) / max(1, offersPerControl)))
    return try tables.sizes(
      offerRate: offerRate(effect), controlRate: baseRate, power: power,
      offersPerControl: offersPerControl, limit: limit)
  }

  private func offerRate(_ effect: Double) -> Double {
    let rate = DesignBaseline.rate(baseRate).offerMean(effect: effect, on: scale) ?? baseRate
    return min(max(rate, 0), 1)
  }
}
