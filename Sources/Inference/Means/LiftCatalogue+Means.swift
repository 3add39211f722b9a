extension LiftCatalogue {
  /// The tests that compare the means of two samples by their moments.
  public static let means: [Entry<Moments>] = [
    Entry("welch", scale: .difference) { (offer, control, null) throws(InferenceError) in
      try WelchTest(offer: offer, control: control, null: null)
    },
    Entry("student", scale: .difference) { (offer, control, null) throws(InferenceError) in
      DifferenceTest(try .student(offer: offer, control: control), null: null)
    },
    Entry("deltaLift", scale: .relativeLift) { (offer, control, null) throws(InferenceError) in
      try DeltaLiftTest(.welch(offer: offer, control: control), null: null)
    },
    Entry("logLift", scale: .relativeLift) { (offer, control, null) throws(InferenceError) in
      try LogLiftTest(.welch(offer: offer, control: control), null: null)
    },
    Entry("fiellerRatio", scale: .relativeLift) { (offer, control, null) throws(InferenceError) in
      try FiellerRatioTest(.welch(offer: offer, control: control), null: null)
    },
  ]
}
