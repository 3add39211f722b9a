/// What to show the customers of one segment (a cell, or a leaf of a tree), or why nothing.
struct OfferChoice: Sendable {
  /// The segment in words.
  let segment: String
  /// The number of the arm to show; nil without a recommendation.
  let arm: Int?
  /// The number of the arm of greatest expectation, shown or not; nil if no arm is known well enough.
  let leader: Int?
  /// The probability that the leader is the best of the arms; nil where that is not asked.
  let probabilityBest: Double?
  /// The leader's expected metric; nil if no arm is known well enough.
  let expected: Estimate?
  /// Why this arm, or why none.
  let reason: String
}
