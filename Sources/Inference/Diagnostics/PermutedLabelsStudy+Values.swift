internal import Probability

extension PermutedLabelsStudy {
  /// The rate of a test whose arms are summaries of sessions, by shuffling the sessions.
  ///
  /// A session is whatever is dealt out whole: a value, a numerator with its denominator, a customer
  /// with all of theirs.
  ///
  /// - Parameters:
  ///   - entry: The test.
  ///   - offer: The sessions that were shown the offer.
  ///   - control: The sessions that were not.
  ///   - summarize: What the test sees of an arm.
  /// - Returns: The rate over deals drawn at random.
  /// - Throws: `tooFewSessions` if an arm is empty, and what making the test of the arms as they are
  ///   throws.
  /// - Complexity: O(*n*) and a test for each deal.
  public func rate<Session, Arm>(
    of entry: LiftCatalogue.Entry<Arm>, offer: [Session], control: [Session],
    summarize: ([Session]) -> Arm
  ) throws(InferenceError) -> FalsePositiveRate {
    guard !control.isEmpty else { throw .tooFewSessions(arm: 0, count: 0, needed: 1) }
    guard !offer.isEmpty else { throw .tooFewSessions(arm: 1, count: 0, needed: 1) }
    _ = try entry.compare(summarize(offer), summarize(control))
    let sessions = offer + control
    // To choose the smaller arm is to choose the other.
    let drawn = min(offer.count, control.count)
    return rate(of: entry) { rng in
      var deal = sessions
      for position in 0..<drawn {
        deal.swapAt(position, position + rng.index(below: deal.count - position))
      }
      let (chosen, rest) = (summarize(Array(deal[..<drawn])), summarize(Array(deal[drawn...])))
      return drawn == offer.count ? (chosen, rest) : (rest, chosen)
    }
  }

  /// The rate of a test of values, by shuffling them.
  ///
  /// - Throws: `tooFewSessions` if an arm is empty, and what making the test of the arms as they are
  ///   throws.
  /// - Complexity: O(*n*) and a test for each deal.
  public func rate(
    of entry: LiftCatalogue.Entry<[Double]>, offer: [Double], control: [Double]
  ) throws(InferenceError) -> FalsePositiveRate {
    try rate(of: entry, offer: offer, control: control) { $0 }
  }

  /// The rate of a test of moments, by dealing out the cells of equal values.
  ///
  /// The offer's share of each cell is hypergeometric given those of the cells before it. Where few
  /// values are distinct, such as days up to a window or prices of plans, a deal costs cells.
  ///
  /// - Throws: `tooFewSessions` if an arm is empty, and what making the test of the arms as they are
  ///   throws.
  /// - Complexity: O(*k*) and a test for each deal, for *k* distinct values.
  public func rate(
    of entry: LiftCatalogue.Entry<Moments>, offer: ValueCounts, control: ValueCounts
  ) throws(InferenceError) -> FalsePositiveRate {
    guard control.count > 0 else { throw .tooFewSessions(arm: 0, count: 0, needed: 1) }
    guard offer.count > 0 else { throw .tooFewSessions(arm: 1, count: 0, needed: 1) }
    _ = try entry.compare(offer.moments, control.moments)
    let all = ValueCounts(merging: [offer, control])
    let cells = all.values.indices.map { (value: all.values[$0], count: all.count(at: $0)) }
    return rate(of: entry) { rng in
      var (offerMoments, controlMoments) = (Moments(), Moments())
      var (left, wanted) = (all.count, offer.count)
      for (value, count) in cells {
        let law = HypergeometricDistribution(population: left, successes: count, draws: wanted)
        let taken = Int(law.draw(using: &rng))
        offerMoments.merge(Moments(count: taken, mean: value, sumOfSquaredDeviations: 0))
        controlMoments.merge(Moments(count: count - taken, mean: value, sumOfSquaredDeviations: 0))
        (left, wanted) = (left - count, wanted - taken)
      }
      return (offerMoments, controlMoments)
    }
  }
}
