internal import Probability

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The Kaplan–Meier estimate of the probability to be without the event at a time.
///
///     Ŝ(t) = Π_{tᵢ ≤ t} (1 − dᵢ/nᵢ)        σ²(t) = Σ_{tᵢ ≤ t} dᵢ / (nᵢ(nᵢ − dᵢ))
///
/// over the times `tᵢ` of events, where `dᵢ` of the `nᵢ` sessions at risk have it. `σ²` is Greenwood's
/// variance of `ln Ŝ`; the standard error of `Ŝ` is `Ŝσ`. Censoring is taken to be independent of
/// what would have happened.
///
/// Past the last watch the estimate holds its last value, but no interval has a lower end there.
///
/// References: Kaplan and Meier (1958), *JASA* 53, 457–481; Greenwood (1926), *Reports on Public
/// Health and Medical Subjects* 33.
public struct KaplanMeier: Hashable, Sendable {
  /// The estimate from one time of events until the next.
  public struct Step: Hashable, Sendable {
    /// The time of the events.
    public let time: Double
    /// The number of sessions at risk just before.
    public let atRisk: Int
    /// The number of events.
    public let events: Int
    /// `Ŝ`, from this time on.
    public let survival: Double
    /// Greenwood's variance `σ²` of `ln Ŝ`; infinite where `Ŝ` is zero.
    public let logVariance: Double
  }

  /// The sessions.
  public let table: LifeTable
  /// The steps, in the order of their times.
  public let steps: [Step]

  /// Estimates the survival of an arm.
  ///
  /// - Throws: `tooFewSessions` if there are none.
  /// - Complexity: O(*k*) for *k* distinct times.
  public init(_ table: LifeTable, arm: Int = 0) throws(InferenceError) {
    try table.requireSessions(arm: arm)
    self.table = table
    var atRisk = table.count
    var (survival, logVariance) = (1.0, 0.0)
    var steps: [Step] = []
    for row in table.rows {
      if row.events > 0 {
        let (n, d) = (Double(atRisk), Double(row.events))
        survival *= (n - d) / n
        logVariance += d / (n * (n - d))
        steps.append(
          Step(
            time: row.time, atRisk: atRisk, events: row.events, survival: survival,
            logVariance: logVariance))
      }
      atRisk -= row.events + row.censored
    }
    self.steps = steps
  }

  /// The probability `Ŝ(t)` to have had no event up to and at a time.
  ///
  /// - Complexity: O(log *k*).
  public func survival(at time: Double) -> Double { step(at: time)?.survival ?? 1 }

  /// The probability `Ŝ(t−)` to have had no event before a time.
  func survival(before time: Double) -> Double {
    let next = firstIndex(in: steps.indices) { steps[$0].time >= time }
    return next > 0 ? steps[next - 1].survival : 1
  }

  /// The standard error `Ŝσ`; zero where `Ŝ` is zero or one, which is no certainty.
  public func standardError(at time: Double) -> Double {
    guard let step = step(at: time), step.survival > 0 else { return 0 }
    return step.survival * step.logVariance.squareRoot()
  }

  /// The confidence interval of the survival at a time.
  ///
  /// Where `Ŝ` is zero or one, Greenwood's variance says nothing. Before the first event the lower
  /// end is then Clopper and Pearson's for no event among those at risk; where all are gone, the
  /// upper end is that of the time before.
  public func interval(
    at time: Double, level: Double = 0.95, scale: SurvivalScale = .logLog
  ) -> Interval {
    checkLevel(level)
    let tail = (1 - level) / 2
    guard let last = lastStep(at: time) else {
      return Interval(lower: lowerEnd(of: table.atRisk(at: time), tail: tail), upper: 1)
    }
    let interval = interval(of: last, tail: tail, scale: scale)
    return time > table.followUp ? Interval(lower: 0, upper: interval.upper) : interval
  }

  /// The interval from one step until the next.
  func interval(of index: Int, tail: Double, scale: SurvivalScale) -> Interval {
    let step = steps[index]
    if step.survival > 0 {
      return scale.interval(
        survival: step.survival, logError: step.logVariance.squareRoot(),
        z: StandardNormal.upperQuantile(tail))
    }
    // Only the last step can reach zero.
    let upper =
      index > 0
      ? interval(of: index - 1, tail: tail, scale: scale).upper
      : -expm1(log(tail) / Double(step.atRisk))
    return Interval(lower: 0, upper: upper)
  }

  /// Clopper and Pearson's lower end for `n` successes of `n`; zero of none.
  private func lowerEnd(of atRisk: Int, tail: Double) -> Double {
    atRisk > 0 ? exp(log(tail) / Double(atRisk)) : 0
  }

  /// The step that a time belongs to, unless it lies before the first.
  func step(at time: Double) -> Step? { lastStep(at: time).map { steps[$0] } }

  /// The index of the last step at a time or before.
  private func lastStep(at time: Double) -> Int? {
    let next = firstIndex(in: steps.indices) { steps[$0].time > time }
    return next > 0 ? next - 1 : nil
  }
}
