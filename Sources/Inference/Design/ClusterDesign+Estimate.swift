extension ClusterDesign {
  /// Estimates clusters from outcomes at hand, by the analysis of variance.
  ///
  ///     ρ̂ = (MSB − MSW)/(MSB + (ñ − 1) MSW)      ñ = (N − Σn_g²/N)/(G − 1)
  ///
  /// An estimate below zero is taken for zero; so is that of clusters of one session each, which have no
  /// correlation to show.
  ///
  /// - Parameters:
  ///   - clusters: The clusters' sizes and sums.
  ///   - outcomes: The same outcomes, session by session.
  /// - Throws: `tooFewGroups` if there are fewer than two clusters.
  ///
  /// Reference: Ridout, Demétrio and Firth (1999), *Biometrics* 55, 137–148, the ANOVA estimator.
  public init(estimating clusters: ClusterSums, outcomes: Moments) throws(InferenceError) {
    let (groups, sessions) = (Double(clusters.clusterCount), Double(clusters.sessionCount))
    guard groups >= 2 else { throw .tooFewGroups(count: clusters.clusterCount, needed: 2) }
    precondition(outcomes.count == clusters.sessionCount, "the same sessions, counted twice")
    let residuals = clusters.squaredResiduals(about: clusters.mean)
    var (between, squares) = (0.0, 0.0)
    for (index, size) in clusters.sizes.enumerated() {
      let size = Double(size)
      between += residuals[index] / size
      squares += Double(clusters.sums[index].count) * size * size
    }
    let meanSize = sessions / groups
    let variation = max(0, squares / groups - meanSize * meanSize).squareRoot() / meanSize
    var correlation = 0.0
    if sessions > groups {
      let within = max(0, outcomes.sumOfSquaredDeviations - between) / (sessions - groups)
      let meanBetween = between / (groups - 1)
      let typical = (sessions - squares / sessions) / (groups - 1)
      let total = meanBetween + (typical - 1) * within
      correlation = total > 0 ? min(1, max(0, (meanBetween - within) / total)) : 0
    }
    self.init(meanSize: meanSize, sizeVariation: variation, correlation: correlation)
  }
}
