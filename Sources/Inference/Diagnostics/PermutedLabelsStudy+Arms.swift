internal import Probability

extension PermutedLabelsStudy {
  /// The rates of a test that compares each of several arms with a control.
  public struct ArmRates: Hashable, Sendable {
    /// How often each arm but the control is found to differ, in their order.
    public let arms: [FalsePositiveRate]
    /// How often any of them is: the familywise rate.
    public let any: FalsePositiveRate
  }

  /// The rates of a test of several tallies against the first, with its p-values adjusted.
  ///
  /// Given the margins, the successes of the arms are multivariate hypergeometric: each arm draws from
  /// what those before it left. Two arms need no draw.
  ///
  /// - Parameters:
  ///   - entry: The test.
  ///   - arms: The tallies, the control's first.
  ///   - adjustment: How p-values are adjusted for the number of arms. One that a deal leaves without a
  ///     p-value is no member of the family, as in an analysis.
  /// - Returns: The rate of each arm, and that of any.
  /// - Throws: `tooFewArms` if there are fewer than two; `tooFewSessions` if an arm is empty;
  ///   `noVariation` if all sessions ended alike.
  /// - Complexity: O(*k*) draws and tests for each deal, for *k* arms.
  public func rates(
    of entry: LiftCatalogue.Entry<Tally>, arms: [Tally], adjustment: Multiplicity = .unadjusted
  ) throws(InferenceError) -> ArmRates {
    guard arms.count > 1 else { throw .tooFewArms(count: arms.count) }
    for (arm, tally) in arms.enumerated() { try tally.require(1, arm: arm) }
    if arms.count == 2 {
      let rate = try rate(of: entry, offer: arms[1], control: arms[0])
      return ArmRates(arms: [rate], any: rate)
    }
    let all = Tally(merging: arms)
    guard all.successes > 0, all.failures > 0 else { throw .noVariation }
    var rejections = Array(repeating: 0, count: arms.count - 1)
    var refusals = rejections
    var (anyRejected, allRefused) = (0, 0)
    for replication in 0..<replications {
      var rng = stream(replication)
      let pValues = pValues(entry, deal(all, arms.map(\.trials), using: &rng))
      let adjusted = adjustment.adjust(pValues)
      for (arm, p) in adjusted.enumerated() {
        if let p { rejections[arm] += p <= alpha ? 1 : 0 } else { refusals[arm] += 1 }
      }
      if adjusted.contains(where: { ($0 ?? 1) <= alpha }) { anyRejected += 1 }
      if adjusted.allSatisfy({ $0 == nil }) { allRefused += 1 }
    }
    return ArmRates(
      arms: zip(rejections, refusals).map { drawnRate(rejections: $0, refusals: $1) },
      any: drawnRate(rejections: anyRejected, refusals: allRefused))
  }

  private func drawnRate(rejections: Int, refusals: Int) -> FalsePositiveRate {
    FalsePositiveRate(
      alpha: alpha, rejections: rejections, refusals: refusals, replications: replications,
      level: level)
  }

  /// The p-value of each arm against the first; nil where the test refuses.
  private func pValues(_ entry: LiftCatalogue.Entry<Tally>, _ arms: [Tally]) -> [Double?] {
    arms.dropFirst().map { arm in
      (try? entry.compare(arm, arms[0]))?.pValue(alternative)
    }
  }

  /// Deals all sessions out to arms of given sizes.
  private func deal(_ all: Tally, _ sizes: [Int], using rng: inout Philox) -> [Tally] {
    var (left, successes) = (all.trials, all.successes)
    return sizes.map { size in
      let law = HypergeometricDistribution(population: left, successes: successes, draws: size)
      let own = Int(law.draw(using: &rng))
      (left, successes) = (left - size, successes - own)
      return Tally(successes: own, trials: size)
    }
  }
}
