extension LiftCatalogue {
  /// The tests that compare the proportions of two tallies.
  public static let proportions: [Entry<Tally>] = [
    Entry("pooledZ") { (offer, control) throws(InferenceError) in
      try PooledZTest(offer: offer, control: control)
    },
    Entry("pooledZYates") { (offer, control) throws(InferenceError) in
      try PooledZTest(offer: offer, control: control, correction: .yates)
    },
    Entry("unpooledZ", scale: .difference) { (offer, control, null) throws(InferenceError) in
      try UnpooledZTest(offer: offer, control: control, null: null)
    },
    Entry("unpooledZYates", scale: .difference) { (offer, control, null) throws(InferenceError) in
      try UnpooledZTest(offer: offer, control: control, null: null, correction: .yates)
    },
    Entry("likelihoodRatio", scale: .difference) { (offer, control, null) throws(InferenceError) in
      try LikelihoodRatioTest(offer: offer, control: control, null: null)
    },
    Entry("miettinenNurminen", scale: .difference) {
      (offer, control, null) throws(InferenceError) in
      try ScoreDifferenceTest(offer: offer, control: control, null: null)
    },
    Entry("farringtonManning", scale: .difference) {
      (offer, control, null) throws(InferenceError) in
      try ScoreDifferenceTest(offer: offer, control: control, null: null, variance: .plain)
    },
    Entry("logRatio", scale: .relativeLift) { (offer, control, null) throws(InferenceError) in
      try LogRatioTest(offer: offer, control: control, null: null)
    },
    Entry("koopman", scale: .relativeLift) { (offer, control, null) throws(InferenceError) in
      try ScoreRatioTest(offer: offer, control: control, null: null)
    },
    Entry("fieller", scale: .relativeLift) { (offer, control, null) throws(InferenceError) in
      try FiellerLiftTest(offer: offer, control: control, null: null)
    },
    Entry("woolf", scale: .oddsRatio) { (offer, control, null) throws(InferenceError) in
      try LogOddsRatioTest(offer: offer, control: control, null: null)
    },
    Entry("gart", scale: .oddsRatio) { (offer, control, null) throws(InferenceError) in
      try LogOddsRatioTest(offer: offer, control: control, null: null, addedToEachCell: 0.5)
    },
    Entry("scoreOddsRatio", scale: .oddsRatio) { (offer, control, null) throws(InferenceError) in
      try ScoreOddsRatioTest(offer: offer, control: control, null: null)
    },
    Entry("fisher", scale: .oddsRatio) { (offer, control, null) throws(InferenceError) in
      try FisherExactTest(offer: offer, control: control, null: null, rule: .minimumLikelihood)
    },
    Entry("fisherCentral", scale: .oddsRatio) { (offer, control, null) throws(InferenceError) in
      try FisherExactTest(offer: offer, control: control, null: null, rule: .central)
    },
    Entry("fisherBlaker", scale: .oddsRatio) { (offer, control, null) throws(InferenceError) in
      try FisherExactTest(offer: offer, control: control, null: null, rule: .blaker)
    },
    Entry("fisherMidP", scale: .oddsRatio) { (offer, control, null) throws(InferenceError) in
      try FisherExactTest(offer: offer, control: control, null: null, rule: .midP)
    },
  ]
}
