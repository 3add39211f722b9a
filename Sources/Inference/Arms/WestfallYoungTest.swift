public import Probability

/// The max-T test of Westfall and Young: several outcomes of several arms against a control, judged
/// together by shuffling sessions between the arms.
///
///     H(a, m): outcome m has the same law in arm a as in the control      tₐₘ = Welch's t
///
///     single step   p̃ₕ = P(max over all hypotheses ≥ tₕ)
///     step down     p̃₍ᵢ₎ = max over j ≤ i of P(max over those no more extreme than j ≥ t₍ⱼ₎)
///
/// One shuffle serves all outcomes, so that their correlation, whatever it is, is in the answer: outcomes
/// that say the same cost nothing. If no arm differs from any other the chance of a false finding is at
/// most `α` in any sample. If some do, that holds in large samples, and for one arm against a control
/// whenever the outcomes that do not differ are jointly exchangeable.
///
/// If the sessions can be dealt out in few ways, all are gone through and the p-values are exact; else
/// shuffles are drawn, each from its own stream, and the deal observed counts as one of them.
///
/// References: Westfall and Young (1993), *Resampling-Based Multiple Testing*, algorithms 2.5 and 2.8; Ge,
/// Dudoit and Speed (2003), *Test* 12, 1–77, box 2; Phipson and Smyth (2010), *SAGMB* 9, 39.
public struct WestfallYoungTest: Sendable {
  /// One arm's one outcome.
  public struct Hypothesis: Hashable, Sendable {
    /// The arm, counted with the control as arm 0.
    public let arm: Int
    /// The outcome.
    public let metric: Int
    /// Welch's statistic, positive where the arm exceeds the control; zero where neither varies and they
    /// agree, infinite where they differ.
    public let t: Double
    /// The p-value of this hypothesis alone.
    public let rawPValue: Double
    /// The p-value adjusted in a single step.
    public let singleStepPValue: Double
    /// The p-value adjusted step by step; never greater than that of the single step.
    public let stepDownPValue: Double
  }

  /// The hypotheses: those of the first arm first, by outcome.
  public let hypotheses: [Hypothesis]
  /// Whether every way to deal out the sessions was gone through.
  public let isExact: Bool
  /// The number of deals behind the p-values, the one observed among them.
  public let deals: Int

  /// Compares arms with a control.
  ///
  /// - Parameters:
  ///   - control: The sessions of the control, a row each, of one value for each outcome.
  ///   - treatments: The sessions of the other arms.
  ///   - alternative: Which departures count, the same for all outcomes.
  ///   - shuffles: How many to draw if there are more deals than that. A p-value near `p` has a Monte Carlo
  ///     error of `√(p(1 − p)/shuffles)`.
  ///   - key: Names the random stream; shuffle `i` draws from its child `i`.
  /// - Throws: `tooFewArms` without arms to compare, `tooFewSessions` if an arm has fewer than two
  ///   (the control is arm 0), `invalidValue` if a value is not finite.
  /// - Complexity: O(*n m*) a deal for *n* sessions and *m* outcomes.
  public init(
    control: [[Double]], treatments: [[[Double]]], alternative: Alternative = .twoSided,
    shuffles: Int = 10_000, key: StreamKey = StreamKey(seed: 0, purpose: .permutation)
  ) throws(InferenceError) {
    precondition(shuffles > 0, "a p-value takes a shuffle")
    let sessions = try DealtSessions(arms: [control] + treatments)
    var t = Array(repeating: 0.0, count: sessions.hypothesisCount)
    sessions.fillStatistics(sessions.observedDeal, into: &t)
    var counts = MaxTCounts(observed: t, alternative: alternative)

    isExact = sessions.dealCount(upTo: shuffles) != nil
    if isExact {
      var deal = sessions.observedDeal.sorted()
      repeat {
        sessions.fillStatistics(deal, into: &t)
        counts.add(t)
      } while deal.advanceToNextPermutation()
    } else {
      counts.add(t)
      for index in 0..<shuffles {
        var (rng, deal) = (Philox(key.child(UInt64(index))), sessions.observedDeal)
        for last in deal.indices.dropFirst().reversed() {
          deal.swapAt(last, rng.index(below: last + 1))
        }
        sessions.fillStatistics(deal, into: &t)
        counts.add(t)
      }
    }
    deals = counts.deals
    hypotheses = counts.hypotheses(metrics: sessions.metricCount)
  }

  /// What the test is, in words that an answer can carry.
  public var method: TestDescription {
    TestDescription(
      name: isExact ? "Westfall–Young max-T, exact" : "Westfall–Young max-T",
      nullHypothesis: "outcomes have the same law in every arm", scale: .difference,
      twoSidedRule: .absoluteStatistic, intervalName: nil, intervalInvertsTest: false,
      reference: "Westfall and Young 1993")
  }
}
