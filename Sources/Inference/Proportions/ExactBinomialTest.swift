internal import Probability

/// The exact test of one proportion.
///
/// One-sided p-values are tails of `Binomial(n, p₀)` that include the count observed. Two-sided, the
/// rule is either all counts no more probable than the one observed (as R and SciPy do; masses that
/// agree to 10⁻⁷ count as equal) or twice the smaller tail. The interval is Clopper and Pearson's,
/// which inverts only the latter.
///
/// Reference: Clopper and Pearson (1934), *Biometrika* 26, 404–413; Hirji (2006), *Exact Analysis of
/// Discrete Data*, chapter 2.
public struct ExactBinomialTest: HypothesisTest {
  /// How the test counts both directions.
  public enum Rule: String, CaseIterable, Codable, Sendable {
    /// The counts no more probable than the one observed.
    case minimumLikelihood
    /// Twice the smaller tail.
    case central
  }

  /// The sessions.
  public let tally: Tally
  /// The proportion under the null hypothesis.
  public let null: Double
  /// The two-sided rule.
  public let rule: Rule

  /// Compares a proportion with a known one.
  ///
  /// - Throws: `tooFewSessions` if there are none.
  public init(
    _ tally: Tally, null: Double, rule: Rule = .minimumLikelihood
  ) throws(InferenceError) {
    precondition(0 <= null && null <= 1, "a proportion lies in 0...1")
    try tally.require(1, arm: 0)
    self.tally = tally
    self.null = null
    self.rule = rule
  }

  public var method: TestDescription {
    TestDescription(
      name: "exact binomial", nullHypothesis: "p = \(null)", scale: .difference,
      twoSidedRule: rule == .central ? .doubledTail : .minimumLikelihood,
      intervalName: ClopperPearsonInterval.name, intervalInvertsTest: rule == .central,
      reference: "Clopper and Pearson 1934")
  }

  /// The share of sessions that succeeded.
  public var estimate: Double { tally.proportion }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    let count = Double(tally.successes)
    switch alternative {
    case .greater: return law.survival(count - 1)
    case .less: return law.cdf(count)
    case .twoSided:
      let (greater, less) = (law.survival(count - 1), law.cdf(count))
      return rule == .central ? min(1, 2 * min(greater, less)) : minimumLikelihood(greater, less)
    }
  }

  public func interval(level: Double = 0.95) -> Interval {
    ClopperPearsonInterval(level: level).proportion(tally)
  }

  private var law: BinomialDistribution {
    BinomialDistribution(trials: tally.trials, probability: null)
  }

  /// The tail observed, and as much of the other as is no more probable than its first count.
  ///
  /// Masses rise up to the mean and fall beyond it, so that the other tail's first count is found
  /// by halving.
  private func minimumLikelihood(_ greater: Double, _ less: Double) -> Double {
    let law = law
    let limit = law.mass(tally.successes) * (1 + 1e-7)
    let mean = Double(tally.trials) * null
    let count = Double(tally.successes)
    if count == mean { return 1 }
    if count < mean {
      let first = firstCount(in: Int(mean.rounded(.up))...tally.trials) { law.mass($0) <= limit }
      return min(1, less + law.survival(Double(first - 1)))
    }
    let first = firstCount(in: 0...Int(mean)) { law.mass($0) > limit }
    return min(1, greater + law.cdf(Double(first - 1)))
  }
}

/// The first count of a range from which on a condition holds; one past its end if it never does.
private func firstCount(in range: ClosedRange<Int>, where holds: (Int) -> Bool) -> Int {
  var (low, high) = (range.lowerBound, range.upperBound + 1)
  while low < high {
    let middle = low + (high - low) / 2
    if holds(middle) { high = middle } else { low = middle + 1 }
  }
  return low
}
