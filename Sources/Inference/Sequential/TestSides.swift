/// Whether a boundary has one side or two.
public enum TestSides: String, CaseIterable, Codable, Sendable {
  /// Only what is far above the null speaks against it.
  case one
  /// What is far from the null on either side speaks against it.
  case two
}

extension TestSides {
  /// The error that each side may have.
  func share(of alpha: Double) -> Double { self == .one ? alpha : alpha / 2 }
}
