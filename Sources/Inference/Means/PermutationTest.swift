internal import Probability

/// A permutation test of a difference of means, with the shifts that it does not reject.
///
/// Under the null, which sessions were shown the offer changed nothing, and every choice of `n₁`
/// sessions is as likely as the one made. All choices are enumerated where they are few; else `m` are
/// drawn at random and the observed one is counted among them:
///
///     p = #{T* ≥ T} / C(N, n₁)        p = (b + 1) / (m + 1),  b = #{T* ≥ T among the m}
///
/// so that a p-value is never zero and the test is valid at any `m`. Zeros and ones are counted by
/// the hypergeometric law instead: the one-sided p-values are then Fisher's.
///
/// A choice that brings `k` of the offer's sessions into the control reaches the observed difference
/// under a shift `δ` if and only if `δ ≥ (S − S*)/k`, with `S` the offer's sum. The ordered shifts of
/// all choices therefore give the test of any shift and the interval that inverts it.
///
/// References: Phipson and Smyth (2010), *Statistical Applications in Genetics and Molecular Biology*
/// 9, 39; Ernst (2004), *Statistical Science* 19, 676–685.
public struct PermutationTest: HypothesisTest {
  /// How the choices were counted.
  public enum Counting: Hashable, Sendable {
    /// All of them.
    case enumerated(choices: Int)
    /// A random sample of them.
    case sampled(choices: Int)
    /// By the hypergeometric law of the successes in the offer's arm.
    case hypergeometric
  }

  /// The difference of the two means, offer minus control.
  public let estimate: Double
  /// The shift under the null hypothesis.
  public let null: Double
  /// How the choices were counted.
  public let counting: Counting
  private let tails: Tails

  private enum Tails {
    case shifts(PermutationShifts)
    case binary(offer: Tally, control: Tally)
  }

  /// Compares an offer with a control.
  ///
  /// - Parameters:
  ///   - offer: The outcomes of the sessions that were shown the offer.
  ///   - control: The outcomes of those that were not.
  ///   - null: The shift to test against, in the unit of the outcome.
  ///   - resamples: How many choices to draw, and up to how many to enumerate.
  ///   - seed: The seed of the draws, which are the same for the same seed.
  /// - Throws: `tooFewSessions` if an arm is empty, `noVariation` if all values are the same.
  /// - Complexity: O(*N*) for each choice.
  public init(
    offer: [Double], control: [Double], null: Double = 0, resamples: Int = 9_999, seed: UInt64 = 0
  ) throws(InferenceError) {
    precondition(resamples > 0, "a permutation test looks at a choice")
    precondition(null.isFinite, "a shift under the null is a number")
    guard !control.isEmpty else { throw .tooFewSessions(arm: 0, count: 0, needed: 1) }
    guard !offer.isEmpty else { throw .tooFewSessions(arm: 1, count: 0, needed: 1) }
    let (mean1, mean0) = (Moments(offer).mean, Moments(control).mean)
    guard mean1.isFinite else { throw .overflow(arm: 1) }
    guard mean0.isFinite else { throw .overflow(arm: 0) }
    estimate = mean1 - mean0
    self.null = null
    let all = offer + control
    guard all.contains(where: { $0 != all[0] }) else { throw .noVariation }
    if null == 0, all.allSatisfy({ $0 == 0 || $0 == 1 }) {
      counting = .hypergeometric
      tails = .binary(
        offer: Tally(successes: offer.count { $0 == 1 }, trials: offer.count),
        control: Tally(successes: control.count { $0 == 1 }, trials: control.count))
    } else if let choices = binomialCoefficient(all.count, offer.count, limit: resamples) {
      counting = .enumerated(choices: choices)
      tails = .shifts(PermutationShifts(enumerating: offer, control))
    } else {
      counting = .sampled(choices: resamples)
      tails = .shifts(
        PermutationShifts(
          sampling: offer, control, resamples: resamples,
          key: StreamKey(seed: seed, purpose: .permutation)))
    }
  }

  public var method: TestDescription {
    let (name, interval) =
      switch counting {
      case .enumerated(let choices): ("all \(choices) choices", "shifts not rejected")
      case .sampled(let choices): ("\(choices) random choices", "shifts not rejected")
      case .hypergeometric: ("hypergeometric", "Newcombe")
      }
    return TestDescription(
      name: "permutation of means, \(name)",
      nullHypothesis: null == 0 ? "F₁ = F₀" : "F₁(x) = F₀(x − \(null))", scale: .difference,
      twoSidedRule: .doubledTail, intervalName: interval,
      intervalInvertsTest: counting != .hypergeometric,
      reference: "Phipson and Smyth 2010; Ernst 2004")
  }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    let (greater, less) =
      switch tails {
      case .shifts(let shifts): (shifts.atMost(null), shifts.atLeast(null))
      case .binary(let offer, let control): Self.fisherTails(offer, control)
      }
    return switch alternative {
    case .greater: greater
    case .less: less
    case .twoSided: min(1, 2 * min(greater, less))
    }
  }

  /// The shifts that the two-sided test does not reject; Newcombe's interval for zeros and ones.
  public func interval(level: Double = 0.95) -> Interval {
    checkLevel(level)
    return switch tails {
    case .shifts(let shifts): shifts.interval(level: level)
    case .binary(let offer, let control): NewcombeInterval(level: level).difference(offer, control)
    }
  }

  private static func fisherTails(_ offer: Tally, _ control: Tally) -> (Double, Double) {
    let law = HypergeometricDistribution(
      population: offer.trials + control.trials, successes: offer.successes + control.successes,
      draws: offer.trials)
    let successes = Double(offer.successes)
    return (law.survival(successes - 1), law.cdf(successes))
  }
}

/// The binomial coefficient C(n, k), or nil if it exceeds a limit.
private func binomialCoefficient(_ n: Int, _ k: Int, limit: Int) -> Int? {
  var product = 1
  for index in 0..<min(k, n - k) {
    // Each quotient is a binomial coefficient itself.
    let (next, overflow) = product.multipliedReportingOverflow(by: n - index)
    guard !overflow else { return nil }
    product = next / (index + 1)
    guard product <= limit else { return nil }
  }
  return product
}
