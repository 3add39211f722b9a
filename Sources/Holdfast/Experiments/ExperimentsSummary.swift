/// What a run over many experiments comes to, for all of them or for a group.
public struct ExperimentsSummary: FlatRow, Hashable {
  /// The group; nil for all experiments.
  public let group: String?
  /// The number of experiments.
  public let experiments: Int
  /// The experiments whose sample ratio was tested.
  public let sampleRatioTested: Int
  /// Those among them with a p-value below 0.01.
  public let sampleRatioBelow1Percent: Int
  /// Those among them with a p-value below 0.001.
  public let sampleRatioBelow1PerMille: Int
  /// The comparisons of an arm with a baseline, by every test.
  public let comparisons: Int
  /// Those that have no answer.
  public let refused: Int
  /// The p-values below the error rate before adjustment.
  public let significant: Int
  /// The p-values below the error rate after adjustment over the whole run.
  public let significantAdjusted: Int
  /// The arms of which each verdict was said.
  public let verdicts: [ExperimentRow.Verdict: Int]
  /// The comparisons that were looked at.
  public let lookedAt: Int
  /// Those in which a reading as if it were the only one excluded no effect at any look.
  public let naiveAtAnyLook: Int
  /// Those in which it did at the last look.
  public let naiveAtLastLook: Int
  /// Those in which an always-valid interval excluded no effect at any look.
  public let alwaysValidAtAnyLook: Int

  init(_ group: String?, _ rows: [ExperimentRow], alpha: Double) {
    self.group = group
    // Rows of an experiment stand together.
    var ratios: [Double?] = []
    var previous: String?
    for row in rows where row.experiment != previous {
      ratios.append(row.sampleRatioPValue)
      previous = row.experiment
    }
    experiments = ratios.count
    let tested = ratios.compactMap(\.self)
    sampleRatioTested = tested.count
    sampleRatioBelow1Percent = tested.count { $0 < 0.01 }
    sampleRatioBelow1PerMille = tested.count { $0 < 0.001 }
    comparisons = rows.count
    refused = rows.count { $0.estimate.refusal != nil }
    significant = rows.count { $0.pValue.map { $0 < alpha } ?? false }
    significantAdjusted = rows.count { $0.adjustedPValue.map { $0 < alpha } ?? false }
    verdicts = Dictionary(rows.map { ($0.verdict, 1) }, uniquingKeysWith: +)
    let looks = rows.compactMap(\.looks)
    lookedAt = looks.count
    naiveAtAnyLook = looks.count { $0.naiveCrossing != nil }
    naiveAtLastLook = looks.count { $0.crossesLast == true }
    alwaysValidAtAnyLook = looks.count { $0.alwaysValidCrossing != nil }
  }

  /// All experiments, then each group by its name.
  static func summaries(_ rows: [ExperimentRow], alpha: Double) -> [ExperimentsSummary] {
    let groups = Set(rows.compactMap(\.group)).sorted()
    return [ExperimentsSummary(nil, rows, alpha: alpha)]
      + groups.map { group in
        ExperimentsSummary(group, rows.filter { $0.group == group }, alpha: alpha)
      }
  }

  public static let columns: [Column<ExperimentsSummary>] = counts + saidOfArms + saidOfLooks

  private static let counts: [Column<ExperimentsSummary>] = [
    Column("group") { .init($0.group ?? "all") },
    Column("experiments") { .init($0.experiments) },
    Column("sample_ratio_tested") { .init($0.sampleRatioTested) },
    Column("sample_ratio_p_below_0.01") { .init($0.sampleRatioBelow1Percent) },
    Column("sample_ratio_p_below_0.001") { .init($0.sampleRatioBelow1PerMille) },
    Column("comparisons") { .init($0.comparisons) },
    Column("refused") { .init($0.refused) },
    Column("significant") { .init($0.significant) },
    Column("significant_adjusted") { .init($0.significantAdjusted) },
  ]

  private static let saidOfArms: [Column<ExperimentsSummary>] =
    ExperimentRow.Verdict.allCases.filter { $0 != .refused }.map { verdict in
      Column("verdict_\(verdict.rawValue.replacing(" ", with: "_"))") {
        .init($0.verdicts[verdict] ?? 0)
      }
    }

  private static let saidOfLooks: [Column<ExperimentsSummary>] = [
    Column("looked_at") { .init($0.lookedAt) },
    Column("naive_at_any_look") { .init($0.naiveAtAnyLook) },
    Column("naive_at_last_look") { .init($0.naiveAtLastLook) },
    Column("always_valid_at_any_look") { .init($0.alwaysValidAtAnyLook) },
  ]
}
