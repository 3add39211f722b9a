/// What distributions say of their tails.
extension SplitTails {
  /// The tails where nothing lies below.
  static let below = SplitTails(coefficient: 0, exponent: 0, ratio: 1, nearIsLower: true)
  /// The tails where nothing lies above.
  static let above = SplitTails(coefficient: 0, exponent: 0, ratio: 1, nearIsLower: false)

  /// The tails of which the near one is known by its logarithm.
  init(logNear: Double, isLower: Bool) {
    self.init(coefficient: 1, exponent: logNear, ratio: 1, nearIsLower: isLower)
  }
}
