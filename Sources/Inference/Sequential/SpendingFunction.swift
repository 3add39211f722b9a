#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// How much of an error may have been spent by a share of the planned information.
///
/// Spending functions let a group-sequential test look when it is ready, not when it was planned: the
/// bound of each look follows from the information that is there.
///
/// References: Lan and DeMets (1983), *Biometrika* 70, 659–663; Kim and DeMets (1987), *Biometrika* 74,
/// 149–154; Hwang, Shih and DeCani (1990), *Statistics in Medicine* 9, 1439–1445.
public enum SpendingFunction: Hashable, Sendable {
  /// Of O'Brien and Fleming's kind, `2 − 2Φ(z_{α/2}/√t)`: hardly anything early.
  case obrienFleming
  /// Of Pocock's kind, `α ln(1 + (e − 1)t)`: nearly alike at all looks.
  case pocock
  /// Kim and DeMets' power, `α t^ρ`; `ρ` is positive.
  case power(Double)
  /// Hwang, Shih and DeCani's family, `α(1 − e^−γt)/(1 − e^−γ)`: −4 is near O'Brien and Fleming,
  /// 1 near Pocock, and 0 spends evenly.
  case hwangShihDeCani(Double)
  /// Straight lines through points, from none at no information.
  case points([Point])

  /// A point of a piecewise linear function.
  public struct Point: Hashable, Sendable {
    /// The share of the planned information, above 0.
    public let time: Double
    /// The share of the error that is spent by then.
    public let share: Double

    /// Creates a point.
    public init(time: Double, share: Double) {
      precondition(time > 0 && 0 <= share && share <= 1, "a point of spending is a pair of shares")
      self.time = time
      self.share = share
    }
  }

  /// The error that is spent by a share of the planned information.
  ///
  /// - Parameters:
  ///   - time: The share of information, 0 or more; all is spent from 1 on.
  ///   - alpha: The error to be spent, of one side.
  /// - Returns: A number in 0...`alpha`.
  public func spent(by time: Double, of alpha: Double) -> Double {
    checkAlpha(alpha)
    precondition(time >= 0, "information is not negative")
    if time >= 1 { return alpha }
    if time == 0 { return 0 }
    switch self {
    case .obrienFleming:
      return 2
        * StandardNormal.survival(StandardNormal.upperQuantile(alpha / 2) / time.squareRoot())
    case .pocock:
      return alpha * log1p((exp(1) - 1) * time)
    case .power(let rho):
      precondition(rho > 0, "a power of spending is positive")
      return alpha * pow(time, rho)
    case .hwangShihDeCani(let gamma):
      if gamma == 0 { return alpha * time }
      if gamma > 0 { return alpha * (expm1(-gamma * time) / expm1(-gamma)) }
      // The same ratio, without a power that overflows.
      return alpha * (exp(gamma * (1 - time)) * (expm1(gamma * time) / expm1(gamma)))
    case .points(let points):
      var before = (time: 0.0, share: 0.0)
      for point in points {
        precondition(point.time > before.time, "points of spending are in the order of their times")
        if time <= point.time {
          let part = (time - before.time) / (point.time - before.time)
          return alpha * (before.share + part * (point.share - before.share))
        }
        before = (point.time, point.share)
      }
      return alpha * before.share
    }
  }
}
