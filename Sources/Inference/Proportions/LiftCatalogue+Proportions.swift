extension LiftCatalogue {
  /// The tests that compare the proportions of two tallies.
  public static let proportions: [Entry<Tally>] = [
    Entry("pooledZ") { (offer, control) throws(InferenceError) in
      try PooledZTest(offer: offer, control: control)
    },
    Entry("logRatio", scale: .relativeLift) { (offer, control, null) throws(InferenceError) in
      try LogRatioTest(offer: offer, control: control, null: null)
    },
  ]
}
