import Foundation
import Inference
import Testing

/// Adjusted p-values against R's and other programs', and against the procedures' definitions.
@Suite struct MultiplicityReferenceTests {
  static let names: [(Multiplicity, String)] = [
    (.bonferroni, "bonferroni"), (.sidak, "sidak"), (.holm, "holm"), (.holmSidak, "holm_sidak"),
    (.hochberg, "hochberg"), (.hommel, "hommel"), (.benjaminiHochberg, "BH"),
    (.benjaminiYekutieli, "BY"),
  ]

  @Test(arguments: try LiftCase.cases(of: "p_adjust"))
  func cases(_ item: LiftCase) throws {
    let p = try item.inputs["p"].optionalNumbers
    var checked = 0
    for (method, name) in Self.names where item.expected[name] != .null {
      try item.expect(method.adjust(p), name)
      checked += 1
    }
    if item.inputs["method"] == .string("holm-sidak") {
      try item.expect(Multiplicity.holmSidak(p), "adj")
      checked += 1
    }
    #expect(checked > 0)
  }

  /// Made by Reference/multiplicity.R with R 4.2.2 and multtest 2.54.
  @Test func programR() throws {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let data = try Data(contentsOf: folder.appending(path: "multiplicity.json"))
    for row in try JSONDecoder().decode([JSONValue].self, from: data) {
      let p: [Double?] = try row["p"].numbers
      for (method, name) in Self.names {
        let wanted = try (row[name] == .null ? row[method.rawValue] : row[name]).numbers
        for (own, other) in zip(method.adjust(p), wanted) {
          // multtest forms 1 − (1 − p)ᵐ as it stands and loses the digits of a small p.
          let allowed = name.hasSuffix("sidak") ? 1e-14 : 1e-15 + 1e-13 * other
          #expect(abs(try #require(own) - other) <= allowed, "\(name)")
        }
      }
    }
  }

  /// The shares of α in two vendors' documentation, and bonferroni's graph of the same weights.
  @Test func weightedBonferroni() throws {
    for item in try LiftCase.cases(of: "weighted_bonferroni_alpha") {
      let alpha = try item.inputs["alpha"].number
      let share = try item.inputs["primary_share"].number
      let primary = try item.inputs["primary"].integer
      let secondary = try item.inputs["secondary"].integer
      for (treatments, suffix) in [
        (try item.inputs["treatments"].integer, ""), (1, "_one_treatment"),
      ] {
        let weights =
          [Double](repeating: share / Double(primary * treatments), count: primary * treatments)
          + [Double](
            repeating: (1 - share) / Double(secondary * treatments), count: secondary * treatments)
        let procedure = GraphicalProcedure.bonferroni(weights: weights)
        try item.expect(procedure.weights[0] * alpha, "alpha_primary" + suffix)
        try item.expect(
          procedure.weights[weights.count - 1] * alpha, "alpha_secondary" + suffix)
        let adjusted = procedure.adjust(weights.map { $0 * alpha })
        for p in adjusted { #expect(abs(try #require(p) - alpha) < 1e-16) }
      }
    }
    for item in try LiftCase.cases(of: "preferential_bonferroni_alpha") {
      let alpha = try item.inputs["alpha"].number
      let gamma = try item.inputs["gamma"].number
      let treatments = Double(try item.inputs["treatments"].integer)
      let metrics = try item.inputs["metrics"].integer
      let weights =
        [gamma / treatments]
        + [Double](
          repeating: (1 - gamma) / (treatments * Double(metrics - 1)), count: metrics - 1)
      let procedure = GraphicalProcedure.bonferroni(weights: weights)
      try item.expect(procedure.weights[0] * alpha, "alpha_primary")
      try item.expect(procedure.weights[1] * alpha, "alpha_other")
    }
  }
}
