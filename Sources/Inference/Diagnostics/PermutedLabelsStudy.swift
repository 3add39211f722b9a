internal import Probability

/// A study of a test by labels that mean nothing: an A/A test on the sessions at hand.
///
/// The labels of the arms are dealt out anew, the outcomes stay as they are, and the test is made
/// again. Two tallies need no draw: given the margins, the offer's successes are hypergeometric,
///
///     rate = Σₖ C(K, k) C(N − K, n₁ − k) / C(N, n₁) · [p(k) ≤ α]
///
/// so that the rate is exact at any size. Several arms, strata and values are dealt out
/// `replications` times, deal `i` from a random stream of its own, so that neither threads nor the
/// number of deals change what a deal is.
///
/// The rate is that of one sample's margins. A test that keeps `α` over all samples may exceed it a
/// little in some and fall short in others, and an exact test falls short in each.
///
/// Reference: Kohavi, Tang and Xu (2020), *Trustworthy Online Controlled Experiments*, chapter 19.
public struct PermutedLabelsStudy: Hashable, Sendable {
  /// The level `α` at which the test is read.
  public var alpha: Double
  /// The departures that the test looks for.
  public var alternative: Alternative
  /// The number of deals to draw where they are not all gone through.
  public var replications: Int
  /// The seed of the deals.
  public var seed: UInt64
  /// The level of the Monte Carlo interval.
  public var level: Double

  /// Plans a study.
  ///
  /// - Parameters:
  ///   - alpha: The level at which the test is read, inside 0 and 1.
  ///   - alternative: The departures that the test looks for.
  ///   - replications: The number of deals; the Monte Carlo error of a rate is `√(rate(1 − rate)/m)`.
  ///   - seed: The seed of the deals.
  ///   - level: The level of the Monte Carlo interval.
  public init(
    alpha: Double = 0.05, alternative: Alternative = .twoSided, replications: Int = 10_000,
    seed: UInt64 = 0, level: Double = 0.95
  ) {
    precondition(0 < alpha && alpha < 1, "a level of significance lies between 0 and 1")
    precondition(replications > 0, "a rate takes a deal")
    checkLevel(level)
    self.alpha = alpha
    self.alternative = alternative
    self.replications = replications
    self.seed = seed
    self.level = level
  }

  /// The rate of a test of two tallies, exact.
  ///
  /// Tables at the ends of the support whose masses add up to less than 10⁻¹⁹ are left out.
  ///
  /// - Throws: What making the test of the arms as they are throws.
  /// - Complexity: O(√*n*) tests.
  public func rate(
    of entry: LiftCatalogue.Entry<Tally>, offer: Tally, control: Tally
  ) throws(InferenceError) -> FalsePositiveRate {
    _ = try entry.compare(offer, control)
    let all = Tally(merging: [offer, control])
    let law = HypergeometricDistribution(
      population: all.trials, successes: all.successes, draws: offer.trials)
    let tables = Int(law.quantile(1e-20))...Int(law.upperQuantile(1e-20))
    var (rejected, refused) = (0.0, 0.0)
    for successes in tables {
      let verdict = verdict(
        entry, Tally(successes: successes, trials: offer.trials),
        Tally(successes: all.successes - successes, trials: control.trials))
      switch verdict {
      case .rejected: rejected += law.mass(successes)
      case .refused: refused += law.mass(successes)
      case .accepted: break
      }
    }
    return FalsePositiveRate(
      alpha: alpha, exact: rejected, tables: tables.count, refusedShare: refused)
  }

  /// What a test says of one deal.
  enum Verdict { case rejected, accepted, refused }

  /// Makes the test of one deal.
  func verdict<Arm>(
    _ entry: LiftCatalogue.Entry<Arm>, _ offer: Arm, _ control: Arm
  ) -> Verdict {
    do throws(InferenceError) {
      let test = try entry.compare(offer, control)
      return test.pValue(alternative) <= alpha ? .rejected : .accepted
    } catch {
      return .refused
    }
  }

  /// The rate of a test over deals drawn at random.
  func rate<Arm>(
    of entry: LiftCatalogue.Entry<Arm>,
    deal: (inout Philox) -> (offer: Arm, control: Arm)
  ) -> FalsePositiveRate {
    var (rejections, refusals) = (0, 0)
    for replication in 0..<replications {
      var rng = stream(replication)
      let (offer, control) = deal(&rng)
      switch verdict(entry, offer, control) {
      case .rejected: rejections += 1
      case .refused: refusals += 1
      case .accepted: break
      }
    }
    return FalsePositiveRate(
      alpha: alpha, rejections: rejections, refusals: refusals, replications: replications,
      level: level)
  }

  /// The random stream of a deal.
  func stream(_ replication: Int) -> Philox {
    Philox(StreamKey(seed: seed, purpose: .labels, index: UInt64(replication)))
  }
}
