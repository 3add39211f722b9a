internal import Probability

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The Nelson–Aalen estimate of the cumulative hazard of the event.
///
///     Ĥ(t) = Σ_{tᵢ ≤ t} dᵢ/nᵢ        var Ĥ(t) = Σ_{tᵢ ≤ t} dᵢ/nᵢ²
///
/// With ties broken, `d` events at one time count as `d` events one after the other, each with one
/// fewer at risk: `Σⱼ 1/(n − j)` and `Σⱼ 1/(n − j)²` for `j = 0 … d − 1`. `exp(−Ĥ)` then is the
/// survival estimate of Fleming and Harrington.
///
/// References: Aalen (1978), *Annals of Statistics* 6, 701–726; Fleming and Harrington (1984),
/// *Communications in Statistics* 13, 2469–2486.
public struct NelsonAalen: Hashable, Sendable {
  /// How events at one time count.
  public enum Ties: String, CaseIterable, Codable, Sendable {
    /// All at once.
    case together
    /// One after the other.
    case broken
  }

  /// The estimate from one time of events until the next.
  public struct Step: Hashable, Sendable {
    /// The time of the events.
    public let time: Double
    /// `Ĥ`, from this time on.
    public let cumulativeHazard: Double
    /// The variance of `Ĥ`.
    public let variance: Double
  }

  /// The steps, in the order of their times.
  public let steps: [Step]

  /// Estimates the cumulative hazard of an arm.
  ///
  /// - Throws: `tooFewSessions` if there are none.
  /// - Complexity: O(*k*) for *k* distinct times; O(*k* + events) with ties broken.
  public init(
    _ table: LifeTable, ties: Ties = .together, arm: Int = 0
  ) throws(InferenceError) {
    try table.requireSessions(arm: arm)
    var atRisk = table.count
    var (hazard, variance) = (0.0, 0.0)
    var steps: [Step] = []
    for row in table.rows {
      if row.events > 0 {
        switch ties {
        case .together:
          let n = Double(atRisk)
          hazard += Double(row.events) / n
          variance += Double(row.events) / (n * n)
        case .broken:
          for gone in 0..<row.events {
            let n = Double(atRisk - gone)
            hazard += 1 / n
            variance += 1 / (n * n)
          }
        }
        steps.append(Step(time: row.time, cumulativeHazard: hazard, variance: variance))
      }
      atRisk -= row.events + row.censored
    }
    self.steps = steps
  }

  /// The cumulative hazard `Ĥ(t)`.
  public func cumulativeHazard(at time: Double) -> Double {
    step(at: time)?.cumulativeHazard ?? 0
  }

  /// The standard error of `Ĥ(t)`.
  public func standardError(at time: Double) -> Double {
    (step(at: time)?.variance ?? 0).squareRoot()
  }

  /// The survival estimate `exp(−Ĥ(t))`.
  public func survival(at time: Double) -> Double { exp(-cumulativeHazard(at: time)) }

  /// The interval `Ĥ exp(± z se/Ĥ)`, symmetric on the log scale; unbounded before the first event.
  public func interval(at time: Double, level: Double = 0.95) -> Interval {
    checkLevel(level)
    guard let step = step(at: time) else { return Interval(lower: 0, upper: .infinity) }
    let margin = StandardNormal.upperQuantile((1 - level) / 2) * step.variance.squareRoot()
    let factor = exp(margin / step.cumulativeHazard)
    return Interval(lower: step.cumulativeHazard / factor, upper: step.cumulativeHazard * factor)
  }

  private func step(at time: Double) -> Step? {
    let next = firstIndex(in: steps.indices) { steps[$0].time > time }
    return next > 0 ? steps[next - 1] : nil
  }
}
