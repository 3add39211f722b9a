extension LiftCatalogue {
  /// The exact unconditional tests of the proportions of two tallies.
  ///
  /// They are meant for up to some thousands of sessions an arm: a p-value costs O(*N*^1.5). Unlike the
  /// tests of ``proportions`` they also answer arms whose sessions all ended alike, with a p-value of
  /// one. Fisher's test, which is exact given the margins, is among ``proportions``.
  public static let exact: [Entry<Tally>] = [
    Entry("boschloo") { (offer, control) throws(InferenceError) in
      try BoschlooTest(offer: offer, control: control)
    },
    Entry("boschlooMinimumLikelihood") { (offer, control) throws(InferenceError) in
      try BoschlooTest(offer: offer, control: control, rule: .minimumLikelihood)
    },
    Entry("barnard") { (offer, control) throws(InferenceError) in
      try BarnardTest(offer: offer, control: control)
    },
    Entry("barnardUnpooled") { (offer, control) throws(InferenceError) in
      try BarnardTest(offer: offer, control: control, variance: .unpooled)
    },
    Entry("exactScore", scale: .difference) { (offer, control, null) throws(InferenceError) in
      try ExactScoreTest(offer: offer, control: control, null: null)
    },
    Entry("agrestiMin", scale: .difference) { (offer, control, null) throws(InferenceError) in
      try ExactScoreTest(offer: offer, control: control, null: null, rule: .absoluteStatistic)
    },
  ]
}
