internal import Inference

extension SegmentPowerStudy {
  /// The leaves of a tree of regressions that differ from the rest on the half that did not grow it.
  ///
  /// The tree asks wherever a coefficient changes, that of the baseline too, so that a leaf need not
  /// have an effect of its own; the other half decides.
  func logisticTreeFindings(
    _ data: SegmentData, seed: UInt64
  ) throws(SegmentError) -> [Finding] {
    let split = HonestSplit(
      units: data.units, discoveryShare: search.discoveryShare, seed: seed)
    let (discovery, estimation) = (data.subset(split.discovery), data.subset(split.estimation))
    var settings = ModelTreeSettings()
    settings.minimumSessions = 2 * search.minimumSessions
    guard
      let tree = try? LogisticTree(
        outcomes: discovery.rewards, regressors: [discovery.arms.map { $0 == 0 ? 0 : 1 }],
        by: discovery.covariates.map(Self.cutAtHundredths), settings)
    else { return [] }
    let paths = tree.leaves.map(\.path)
    let customers = CustomerIndex(estimation.units)
    var pValues: [Double?] = []
    for path in paths {
      let contrast = ArmContrast(
        of: estimation, inside: try path.contains(estimation), arm: 1, baseline: 0,
        customers: customers)
      pValues.append(
        contrast.flatMap {
          WaldTest(
            estimate: $0.inside - $0.outside,
            standardError: $0.variances.interaction.squareRoot())
        }?.pValue())
    }
    var found: [Finding] = []
    for (path, p) in zip(paths, search.adjustment.adjust(pValues)) where (p ?? 1) < 0.05 {
      found.append((path.steps.map(\.condition.covariate), try path.contains(data)))
    }
    return found
  }

  /// A number rounded down to hundredths: the tree fits two regressions for each distinct value.
  private static func cutAtHundredths(_ covariate: Covariate) -> Covariate {
    guard case .number(let values, let isPresent) = covariate.column else { return covariate }
    return Covariate(
      name: covariate.name,
      column: .number(
        values: values.map { (100 * $0).rounded(.down) / 100 }, isPresent: isPresent))
  }
}
