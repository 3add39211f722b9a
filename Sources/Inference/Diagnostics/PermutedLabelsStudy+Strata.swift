internal import Probability

extension PermutedLabelsStudy {
  /// The rate of a stratified test, by dealing out the labels inside each stratum.
  ///
  /// Given the margins, the offer's successes of the strata are independent hypergeometric counts.
  ///
  /// - Throws: What making the test of the arms as they are throws.
  /// - Complexity: O(*s*) draws and a test for each deal, for *s* strata.
  public func rate(
    of entry: LiftCatalogue.Entry<StratifiedTally>, offer: StratifiedTally,
    control: StratifiedTally
  ) throws(InferenceError) -> FalsePositiveRate {
    _ = try entry.compare(offer, control)
    let count = max(offer.strata.count, control.strata.count)
    let margins = (0..<count).map { stratum in
      (offer: offer.tally(stratum), control: control.tally(stratum))
    }
    return rate(of: entry) { rng in
      var (offer, control): ([Tally], [Tally]) = ([], [])
      for stratum in margins {
        let successes = stratum.offer.successes + stratum.control.successes
        let law = HypergeometricDistribution(
          population: stratum.offer.trials + stratum.control.trials, successes: successes,
          draws: stratum.offer.trials)
        let own = Int(law.draw(using: &rng))
        offer.append(Tally(successes: own, trials: stratum.offer.trials))
        control.append(Tally(successes: successes - own, trials: stratum.control.trials))
      }
      return (StratifiedTally(offer), StratifiedTally(control))
    }
  }
}

extension StratifiedTally {
  /// The tally of a stratum; beyond the last one, that of no sessions.
  fileprivate func tally(_ stratum: Int) -> Tally {
    stratum < strata.count ? strata[stratum] : Tally()
  }
}
