extension FindingsReport {
  /// What is recommended, by segment.
  public static func recommendations(_ recommendations: Recommendations) -> String {
    let offers = recommendations.offers
    guard !offers.isEmpty else {
      return "RECOMMENDATIONS: none, \(recommendations.refusalSentence ?? "no customer")\n"
    }
    var table = TerminalTable([
      ("segment", .left), ("customers", .right), ("offer", .left), ("P(best)", .right),
      ("expected", .right), ("reason", .left),
    ])
    for row in offers.prefix(rowLimit) {
      table.add([
        row.segment, "\(row.customers)", row.offer ?? "–",
        row.probabilityBest.map { Decimals.text($0, 3) } ?? "–",
        row.expected.map { Decimals.text($0, 4) } ?? "–", row.reason,
      ])
    }
    return
      "RECOMMENDATIONS for \(recommendations.recommendedCount) of \(recommendations.count) customers, by "
      + TerminalTable.printable(recommendations.policyName) + "\n" + table.text
      + more(offers.count, in: "recommendations.csv")
  }

  /// The policy behind recommendations, what it is worth, and what it recommends.
  public static func recommendations(_ report: RecommendationReport) -> String {
    var text = report.verdicts.map { "Policy: \(TerminalTable.printable($0))\n" }.joined()
    if !report.policyValues.isEmpty { text += policies(report.policyValues) }
    return text + policyTree(report.policyTree) + recommendations(report.recommendations)
  }
}
