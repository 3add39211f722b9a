#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// How the saved rates of a world change with time: a mixture of the rates at the start and others.
///
///     rate(t) = (1 − w(t)) start + w(t) target        0 ≤ w(t) ≤ 1
///
/// A mixture of probabilities is one, so that no drift can lead out of 0...1.
public struct RateDrift: Hashable, Sendable {
  /// The course of the weight `w(t)` over the sessions.
  public enum Course: Hashable, Sendable {
    /// `w` rises evenly from 0 to 1 over a number of sessions, and stays.
    case linear(over: Int)
    /// `w` is 0 before a session and 1 from it on.
    case step(at: Int)
    /// `w = (1 − cos 2πt/period)/2`: to the target and back.
    case wave(period: Int)
  }

  /// The rates that the world drifts to, by cell and arm.
  public let target: ActionTable
  /// The course of the drift.
  public let course: Course

  /// Creates a drift.
  ///
  /// - Throws: `rateOutOfRange` unless every rate of the target lies in 0...1.
  public init(to target: ActionTable, _ course: Course) throws(WorldError) {
    try target.checkRates()
    switch course {
    case .linear(let sessions), .wave(let sessions), .step(let sessions):
      precondition(sessions > 0, "a drift takes at least one session")
    }
    self.target = target
    self.course = course
  }

  /// The weight of the target at a time from 1.
  public func weight(at time: Int) -> Double {
    switch course {
    case .linear(let sessions): min(1, Double(time) / Double(sessions))
    case .step(let start): time >= start ? 1 : 0
    case .wave(let period):
      0.5 - 0.5 * cos(2 * Double.pi * Double(time % period) / Double(period))
    }
  }
}

extension ActionTable {
  /// Throws unless every number is a probability.
  func checkRates() throws(WorldError) {
    for (place, rate) in values.enumerated() where !(0 <= rate && rate <= 1) {
      throw .rateOutOfRange(cell: place / armCount, arm: place % armCount, rate: rate)
    }
  }
}
