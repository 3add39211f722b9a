extension EnumeratedPower {
  /// The smallest whole sizes from which on the test has a power.
  ///
  /// The power of a test of counts is a saw-tooth: a session more may move the critical count and lower
  /// the power. So the sizes are those of the smallest control at which this size and each of the next
  /// `stableFor − 1` have the power; some smaller size may have it by itself.
  ///
  /// - Parameters:
  ///   - offerRate: The offer's probability of success.
  ///   - controlRate: The control's.
  ///   - power: The power.
  ///   - offersPerControl: How many sessions are shown the offer for each that is not; the offer's size
  ///     is rounded up.
  ///   - stableFor: How many sizes in a row are to have the power.
  ///   - limit: The greatest control that is tried.
  /// - Returns: Whole sizes.
  /// - Throws: `unattainablePower` if the limit is reached.
  /// - Complexity: O(log *n* + √*n*) values of the power.
  public func sizes(
    offerRate: Double, controlRate: Double, power: Double, offersPerControl: Double = 1,
    stableFor: Int = 10, limit: Int = 100_000
  ) throws(InferenceError) -> ArmSizes {
    checkPower(power)
    precondition(
      offersPerControl > 0 && offersPerControl.isFinite, "a ratio of sizes is positive")
    precondition(stableFor > 0 && limit > 0, "a search has a size to try")
    func sizes(_ control: Int) -> ArmSizes {
      ArmSizes(offer: offersPerControl * Double(control), control: Double(control)).roundedUp
    }
    func suffices(_ control: Int) -> Bool {
      let offer = Int(sizes(control).offer)
      return self.power(
        offer: offer, control: control, offerRate: offerRate, controlRate: controlRate) >= power
    }
    guard let crossing = roughCrossing(limit: limit, suffices) else {
      throw .unattainablePower(power)
    }
    // The teeth are of the order of 1/√n, and so is the part of n that hides behind them.
    let back = Int(2 * Double(crossing).squareRoot()) + stableFor
    var first = max(1, crossing - back)
    while first > 1, suffices(first) { first = max(1, first - back) }
    var run = 0
    var next = first
    while run < stableFor {
      guard next <= limit + stableFor else { throw .unattainablePower(power) }
      run = suffices(next) ? run + 1 : 0
      next += 1
    }
    return sizes(next - stableFor)
  }

  /// A size that suffices next to one that does not, the saw-tooth taken for a rise.
  private func roughCrossing(limit: Int, _ suffices: (Int) -> Bool) -> Int? {
    var (low, high) = (0, 1)
    while !suffices(high) {
      guard high < limit else { return nil }
      (low, high) = (high, min(2 * high, limit))
    }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if suffices(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
