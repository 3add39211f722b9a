public import Inference

extension SessionTerms {
  /// The bootstrap of the terms: a resample is a draw of the counts of their distinct values.
  ///
  /// In a log of cells, equal cell, arm and reward make equal terms, so that the cost of a resample is
  /// the number of these, whatever the number of sessions. Of a ratio it resamples the linear terms.
  ///
  /// - Throws: `noVariation` if the terms do not vary, `overflow` if they are too large.
  /// - Complexity: O(*n* log *n* + *Bd*) for *n* sessions, *B* resamples and *d* distinct terms.
  public func bootstrap(
    seed: UInt64, resamples: Int = 10_000
  ) throws(OffPolicyError) -> BootstrapDistribution {
    do throws(InferenceError) {
      return try Bootstrap(seed: seed, resamples: resamples)
        .level(of: BootstrapSample(ValueCounts(values)))
    } catch {
      if case .overflow = error { throw .overflow }
      throw .noVariation
    }
  }
}
