/// The difference of two arms' means where sessions come in clusters, each wholly in one arm.
///
///     m = Σ S_g / N      Var(m) = Σ f_g² (S_g − n_g m)² / N²      f_g = (1 − n_g/N)^−½ for CR2
///
/// This is the cluster-robust variance of the regression of the outcome on the arm, in closed form:
/// the cluster's block of the hat matrix has the one eigenvalue `n_g/N`. The degrees of freedom are
/// those of Bell and McCaffrey, `ν = (tr M)² / tr(M²)`, for sessions that are independent and alike.
/// Nothing is needed but the clusters' sizes and sums.
///
/// Reference: Bell and McCaffrey (2002), *Survey Methodology* 28, 169–181.
public enum ClusteredMeans {
  /// Compares an offer with a control.
  ///
  /// - Throws: `tooFewGroups` if an arm has fewer than two clusters, `noVariation`, `overflow`.
  /// - Complexity: O(*s*) for *s* distinct sizes of clusters.
  public static func effect(
    offer: ClusterSums, control: ClusterSums, correction: ClusterCorrection = .cr2
  ) throws(InferenceError) -> ArmContrast {
    let (one, zero) = (
      try Arm(offer, correction: correction), try Arm(control, correction: correction)
    )
    let scale = correction.scale(
      clusters: offer.clusterCount + control.clusterCount,
      rows: offer.sessionCount + control.sessionCount, columns: 2)
    let trace = one.trace + zero.trace
    return try ArmContrast(
      offer: ArmEstimate(value: offer.mean, variance: scale * one.variance),
      control: ArmEstimate(value: control.mean, variance: scale * zero.variance),
      degreesOfFreedom: trace * trace / (one.squaredTrace + zero.squaredTrace),
      estimator: .init(
        "cluster-robust, \(correction.rawValue.uppercased())",
        reference: "Bell and McCaffrey 2002"))
  }

  /// One arm's variance, and its part in the traces of `M` and `M²`.
  private struct Arm {
    var variance = 0.0
    var trace = 0.0
    var squaredTrace = 0.0

    init(_ clusters: ClusterSums, correction: ClusterCorrection) throws(InferenceError) {
      guard clusters.clusterCount >= 2 else {
        throw .tooFewGroups(count: clusters.clusterCount, needed: 2)
      }
      let total = Double(clusters.sessionCount)
      let residuals = clusters.squaredResiduals(about: clusters.mean)
      // M_gh = f_g f_h (n_g [g = h] − n_g n_h / N) / N².
      var (cross, crossSquares) = (0.0, 0.0)
      for (index, size) in clusters.sizes.enumerated() {
        let (share, groups) = (Double(size) / total, Double(clusters.sums[index].count))
        let factor = correction.factor(leverage: share)
        let square = factor * factor
        variance += square * (residuals[index] / total / total)
        let diagonal = square * share * (1 - share)
        trace += groups * diagonal / total
        squaredTrace += groups * diagonal * diagonal
        cross += groups * square * share * share
        crossSquares += groups * square * square * share * share * share * share
      }
      squaredTrace = (squaredTrace + cross * cross - crossSquares) / total / total
      guard variance.isFinite, clusters.mean.isFinite else { throw .overflow(arm: 1) }
    }
  }
}
