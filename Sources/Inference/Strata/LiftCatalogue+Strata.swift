extension LiftCatalogue {
  /// The tests that compare two arms stratum by stratum.
  public static let strata: [Entry<StratifiedTally>] = [
    Entry("cochranMantelHaenszel") { (offer, control) throws(InferenceError) in
      try CochranMantelHaenszelTest(offer: offer, control: control)
    },
    Entry("cochranMantelHaenszelYates") { (offer, control) throws(InferenceError) in
      try CochranMantelHaenszelTest(offer: offer, control: control, correction: .yates)
    },
    Entry("mantelHaenszelOddsRatio", scale: .oddsRatio) {
      (offer, control, null) throws(InferenceError) in
      try MantelHaenszelOddsRatioTest(offer: offer, control: control, null: null)
    },
    Entry("mantelHaenszelRatio", scale: .relativeLift) {
      (offer, control, null) throws(InferenceError) in
      try MantelHaenszelRatioTest(offer: offer, control: control, null: null)
    },
    Entry("mantelHaenszelDifference", scale: .difference) {
      (offer, control, null) throws(InferenceError) in
      try MantelHaenszelDifferenceTest(offer: offer, control: control, null: null)
    },
    Entry("stratifiedScoreRatio", scale: .relativeLift) {
      (offer, control, null) throws(InferenceError) in
      try StratifiedScoreRatioTest(strata: offer.matched(with: control), null: null)
    },
    Entry("stratifiedExact", scale: .oddsRatio) { (offer, control, null) throws(InferenceError) in
      try StratifiedExactTest(offer: offer, control: control, null: null)
    },
    Entry("stratifiedExactMinimumLikelihood", scale: .oddsRatio) {
      (offer, control, null) throws(InferenceError) in
      try StratifiedExactTest(
        offer: offer, control: control, null: null, rule: .minimumLikelihood)
    },
    Entry("stratifiedMidP", scale: .oddsRatio) { (offer, control, null) throws(InferenceError) in
      try StratifiedExactTest(offer: offer, control: control, null: null, rule: .midP)
    },
  ]
}
