extension LiftCatalogue {
  /// The always-valid tests of two tallies: they may be looked at after every session.
  public static let sequentialProportions: [Entry<Tally>] = [
    Entry("alwaysValid", scale: .difference) { (offer, control, null) throws(InferenceError) in
      try AlwaysValidTest(offer: offer, control: control, null: null)
    },
    Entry("alwaysValidLift", scale: .relativeLift) {
      (offer, control, null) throws(InferenceError) in
      AlwaysValidTest(try EffectEstimate(liftOf: offer, over: control), null: null)
    },
  ]

  /// The always-valid tests of two samples by their moments.
  public static let sequentialMeans: [Entry<Moments>] = [
    Entry("alwaysValid", scale: .difference) { (offer, control, null) throws(InferenceError) in
      try AlwaysValidTest(offer: offer, control: control, null: null)
    },
    Entry("alwaysValidLift", scale: .relativeLift) {
      (offer, control, null) throws(InferenceError) in
      AlwaysValidTest(try EffectEstimate(liftOf: offer, over: control), null: null)
    },
  ]
}
