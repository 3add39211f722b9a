internal import Probability

/// The Aalen–Johansen estimate of the probability that an event of one cause has come by a time.
///
///     F̂ₖ(t) = Σ_{tᵢ ≤ t} Ŝ(tᵢ−) dₖᵢ/nᵢ
///
/// where `Ŝ` is the Kaplan–Meier estimate of the event of any cause; the incidences of all causes add up
/// to `1 − Ŝ`. With `vᵢ(d) = Ŝ(tᵢ−)² d/nᵢ² · (nᵢ − d)/(nᵢ − 1)`, the variance is
///
///     Σ_{tᵢ ≤ t} vᵢ(dₖᵢ) (1 − (F̂ₖ(t) − F̂ₖ(tᵢ))/Ŝ(tᵢ))² + vᵢ(dᵢ − dₖᵢ) ((F̂ₖ(t) − F̂ₖ(tᵢ))/Ŝ(tᵢ))²
///
/// References: Aalen and Johansen (1978), *Scandinavian Journal of Statistics* 5, 141–150; Aalen (1978),
/// *Annals of Statistics* 6, 534–545; the form for ties is that of Gray's cmprsk.
public struct CumulativeIncidence: Hashable, Sendable {
  /// The estimate from one time of events, of any cause, until the next.
  public struct Step: Hashable, Sendable {
    /// The time of the events.
    public let time: Double
    /// `F̂ₖ`, from this time on.
    public let incidence: Double
    /// `Ŝ`, from this time on.
    let survival: Double
    /// `v` of the events of the cause, and of the others.
    let ownVariance: Double
    let otherVariance: Double
  }

  /// The steps, in the order of their times.
  public let steps: [Step]
  /// The latest time about which the data say something.
  public let followUp: Double

  /// Estimates the incidence of a cause in an arm.
  ///
  /// - Throws: `tooFewSessions` if there are none.
  /// - Complexity: O(*k*) for *k* distinct times.
  public init(_ table: CompetingRiskTable, cause: Int, arm: Int = 0) throws(InferenceError) {
    try table.anyCause.requireSessions(arm: arm)
    followUp = table.anyCause.followUp
    var atRisk = table.count
    var (survival, incidence) = (1.0, 0.0)
    var steps: [Step] = []
    for (any, own) in zip(table.anyCause.rows, table.lifeTable(of: cause).rows) {
      if any.events > 0 {
        let n = Double(atRisk)
        func variance(_ events: Int) -> Double {
          let d = Double(events)
          let ties = events > 1 ? (n - d) / (n - 1) : 1
          return survival * survival * ties * d / (n * n)
        }
        let (ownVariance, otherVariance) = (
          variance(own.events), variance(any.events - own.events)
        )
        incidence += survival * Double(own.events) / n
        survival *= Double(atRisk - any.events) / n
        steps.append(
          Step(
            time: any.time, incidence: incidence, survival: survival, ownVariance: ownVariance,
            otherVariance: otherVariance))
      }
      atRisk -= any.events + any.censored
    }
    self.steps = steps
  }

  /// The probability `F̂ₖ(t)` that an event of the cause has come by a time.
  ///
  /// - Complexity: O(log *k*).
  public func incidence(at time: Double) -> Double {
    let next = firstIndex(in: steps.indices) { steps[$0].time > time }
    return next > 0 ? steps[next - 1].incidence : 0
  }

  /// The variance of `F̂ₖ(t)`.
  ///
  /// - Complexity: O(*k*).
  public func variance(at time: Double) -> Double {
    let last = incidence(at: time)
    var sum = 0.0
    for step in steps {
      guard step.time <= time else { break }
      // Where nobody is left the incidence stays, and the cause's own events alone count.
      let later = step.survival > 0 ? (last - step.incidence) / step.survival : 0
      sum += step.ownVariance * (1 - later) * (1 - later) + step.otherVariance * later * later
    }
    return sum
  }

  /// The confidence interval of the incidence at a time; [0, 1] where it is zero or one, for there the
  /// variance says nothing, and past the last watch.
  public func interval(
    at time: Double, level: Double = 0.95, scale: SurvivalScale = .logLog
  ) -> Interval {
    checkLevel(level)
    let value = incidence(at: time)
    guard value > 0, value < 1, time <= followUp else { return Interval(lower: 0, upper: 1) }
    return scale.interval(
      survival: value, logError: variance(at: time).squareRoot() / value,
      z: StandardNormal.upperQuantile((1 - level) / 2))
  }
}
