public import Inference

/// An answer with its uncertainty, or the reason why there is none.
public struct Estimate: Hashable, Sendable {
  /// The estimated value; nil if it was refused.
  public var value: Double?
  /// The standard error, where the method has one.
  public var standardError: Double?
  /// The interval; nil if the value was refused.
  public var interval: Interval?
  /// Why there is no value.
  public var refusal: String?

  /// An answer.
  public init(_ value: Double, standardError: Double? = nil, interval: Interval?) {
    self.value = value
    self.standardError = standardError
    self.interval = interval
  }

  private init() {}

  /// Nothing was asked, so that there is neither an answer nor a reason for none.
  static let notAsked = Estimate()

  /// No answer, and why.
  public init(refusal: String) { self.refusal = refusal }
}
