extension LiftCatalogue {
  /// The tests that compare the life tables of two arms; horizons are the longest watch of both.
  public static let survival: [Entry<LifeTable>] =
    [
      ("logRank", LogRankWeight.logRank), ("gehanBreslow", .gehanBreslow),
      ("taroneWare", .taroneWare), ("petoPeto", .petoPeto),
      ("modifiedPetoPeto", .modifiedPetoPeto),
      ("earlyFlemingHarrington", .flemingHarrington(rho: 1, gamma: 0)),
      ("lateFlemingHarrington", .flemingHarrington(rho: 0, gamma: 1)),
    ].map { (name, weight) in
      Entry(name) { (offer, control) throws(InferenceError) in
        try LogRankTest(offer: offer, control: control, weight: weight)
      }
    } + [
      Entry("hazardRatio", scale: .hazardRatio) { (offer, control, null) throws(InferenceError) in
        try HazardRatioTest(offer: offer, control: control, null: null)
      },
      Entry("restrictedMeanDifference", scale: .difference) {
        (offer, control, null) throws(InferenceError) in
        try RestrictedMeanDifferenceTest(offer: offer, control: control, null: null)
      },
      Entry("restrictedMeanRatio", scale: .relativeLift) {
        (offer, control, null) throws(InferenceError) in
        try RestrictedMeanRatioTest(offer: offer, control: control, null: null)
      },
      Entry("horizonDifference", scale: .difference) {
        (offer, control, null) throws(InferenceError) in
        try HorizonDifferenceTest(offer: offer, control: control, null: null)
      },
      Entry("horizonLogLog") { (offer, control) throws(InferenceError) in
        try HorizonLogLogTest(offer: offer, control: control)
      },
    ]
}
