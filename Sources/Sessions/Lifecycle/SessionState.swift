/// Where a cancel session stands as of a date.
///
/// The window is half-open, [t, t + window): a cancel exactly at its end does not count against
/// the save.
public enum SessionState: UInt8, CaseIterable, Hashable, Sendable {
  /// The customer cancelled in the session.
  case canceled
  /// The customer did not cancel in the session, and the window is still open.
  case watchlist
  /// The customer did not cancel in the session, and cancelled inside the window.
  case lost
  /// The customer did not cancel in the session, and the window closed without a cancel.
  case saved
  /// The record contradicts itself: a cancel before the session, for one.
  case invalid
  /// The record does not say.
  case unknown
}
