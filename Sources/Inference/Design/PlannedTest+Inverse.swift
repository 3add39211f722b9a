internal import Probability

extension PlannedTest {
  /// The smallest sizes of two equal arms at which the test has a power.
  ///
  /// - Throws: What ``PlannedTest/sizes(effect:power:offersPerControl:)`` throws.
  public func sizes(effect: Double, power: Double) throws(InferenceError) -> ArmSizes {
    try sizes(effect: effect, power: power, offersPerControl: 1)
  }

  /// The sizes as a root of the power.
  ///
  /// - Complexity: Some 20 to 100 values of the power.
  public func sizes(
    effect: Double, power: Double, offersPerControl: Double
  ) throws(InferenceError) -> ArmSizes {
    checkPower(power)
    precondition(
      offersPerControl > 0 && offersPerControl.isFinite, "a ratio of sizes is positive")
    func excess(_ total: Double) -> Double {
      self.power(ArmSizes(total: total, offersPerControl: offersPerControl), effect: effect) - power
    }
    var (low, high) = (2.0, 4.0)
    while excess(high) < 0 {
      guard high < greatestTotal else { throw .unattainablePower(power) }
      (low, high) = (high, 2 * high)
    }
    while excess(low) >= 0 {
      guard low > leastTotal else { throw .unattainablePower(power) }
      (low, high) = (0.5 * low, low)
    }
    let total = findRoot(from: low, to: high, of: excess) ?? high
    return ArmSizes(total: total, offersPerControl: offersPerControl)
  }

  /// The effect nearest to the null at which the test has a power.
  ///
  /// - Parameters:
  ///   - sizes: The sizes of the arms.
  ///   - power: The power, between the test's error and 1.
  ///   - direction: Whether the effect lies above the null (`greater`) or below (`less`).
  /// - Returns: The effect; nil if no effect that there can be gives the power.
  /// - Complexity: Some 20 to 100 values of the power.
  public func detectableEffect(
    _ sizes: ArmSizes, power: Double, direction: Alternative = .greater
  ) -> Double? {
    checkPower(power)
    precondition(direction != .twoSided, "an effect has one direction")
    let end = direction == .greater ? effects.upperBound : effects.lowerBound
    func excess(_ effect: Double) -> Double { self.power(sizes, effect: effect) - power }
    guard let bracket = bracket(towards: end, excess) else { return nil }
    return findRoot(from: bracket.near, to: bracket.far, of: excess)
  }

  /// Two effects, the power of the nearer one too small and that of the farther one enough.
  private func bracket(
    towards end: Double, _ excess: (Double) -> Double
  ) -> (near: Double, far: Double)? {
    guard end.isFinite else { return openBracket(sign: end > 0 ? 1 : -1, excess) }
    // The power need not rise all the way to the end, where an estimate may lose its precision
    // faster than it leaves the null: steps that double, then steps that halve what is left.
    let rising = (1...52).reversed().map { 1 / Double(1 << $0) }
    let steps = rising + (2...20).map { 1 - 1 / Double(1 << $0) } + [1]
    var near = null
    for step in steps {
      let far = step == 1 ? end : null + step * (end - null)
      if far != near, excess(far) >= 0 { return excess(near) < 0 ? (near, far) : nil }
      near = far
    }
    return nil
  }

  /// The same where the effects have no end, and the power rises to 1.
  private func openBracket(
    sign: Double, _ excess: (Double) -> Double
  ) -> (near: Double, far: Double)? {
    var step = sign
    while excess(null + step) < 0 {
      guard abs(step) < 0x1p500 else { return nil }
      step *= 2
    }
    while excess(null + 0.5 * step) >= 0 {
      guard null + step != null, abs(step) > 0x1p-500 else { return nil }
      step *= 0.5
    }
    return (null + 0.5 * step, null + step)
  }
}

/// Stops a caller who asks for a power that is none.
@inline(__always)
func checkPower(_ power: Double) {
  precondition(0 < power && power < 1, "a power lies between 0 and 1")
}

/// More sessions than this, of both arms, no test will ever have.
private let greatestTotal = 0x1p80
/// And no fewer.
private let leastTotal = 0x1p-40
