public import Inference

/// Whether the effect of the arms depends on a covariate, one covariate at a time.
public struct HeterogeneityTest: Hashable, Sendable {
  /// The name of the covariate.
  public let covariate: String
  /// The test of the products of the arms with the covariate, or why there is none.
  public let test: Result<LikelihoodRatioTest, FitError>
  /// The p-value adjusted for all covariates; nil if there is no test.
  public let adjustedPValue: Double?

  /// Tests each covariate in a model of its own: arms, the covariate, and their products.
  ///
  /// - Parameters:
  ///   - data: The sessions, with rewards in 0...1.
  ///   - baseline: The arm that is the reference, by its place.
  ///   - adjustment: How p-values are adjusted for the number of covariates.
  /// - Returns: One test a covariate, in their order.
  /// - Complexity: O(*n*) a covariate, beside two fits on its distinct cells.
  public static func perCovariate(
    of data: SegmentData, baseline: Int, adjustment: Multiplicity = .benjaminiHochberg
  ) -> [HeterogeneityTest] {
    let tests = data.covariates.map { covariate in
      Result { () throws(FitError) -> LikelihoodRatioTest in
        try InteractionModel(data, baseline: baseline, interacting: [covariate]).test
      }
    }
    let adjusted = adjustment.adjust(tests.map { try? $0.get().pValue })
    return data.covariates.indices.map {
      HeterogeneityTest(
        covariate: data.covariates[$0].name, test: tests[$0], adjustedPValue: adjusted[$0])
    }
  }
}
