extension LiftCatalogue {
  /// The tests that compare the means of two samples by their moments.
  public static let means: [Entry<Moments>] = [
    Entry("welch", scale: .difference) { (offer, control, null) throws(InferenceError) in
      try WelchTest(offer: offer, control: control, null: null)
    }
  ]
}
