import Foundation
import LinearAlgebra
import Segments
import Testing

/// An acceptance case with a formula, its table and what is fitted.
struct FormulaCase {
  let design: FormulaDesign
  let likelihood: LogisticLikelihood

  // A formula over a table of the reference folder.
  init(
    _ formula: String, _ file: String, outcome: (CSVTable) throws -> [Double],
    weights: [Double]? = nil
  ) throws {
    let table = try CSVTable(reference: file)
    design = try FormulaDesign(try Formula(formula), over: Self.covariates(table))
    likelihood = try LogisticLikelihood(outcome(table), weights: weights)
  }

  init(_ formula: String, over table: [Covariate], _ outcomes: [Double]) throws {
    design = try FormulaDesign(try Formula(formula), over: table)
    likelihood = try LogisticLikelihood(outcomes)
  }

  func fit() throws -> LogisticFit { try NewtonSolver().fit(design.matrix, likelihood) }

  func summary() throws -> LogisticSummary {
    try LogisticSummary(try fit(), names: design.names, likelihood)
  }

  /// The levels of the categories of the reference tables, where R's order is not that of the text.
  private static let levels = [
    "race": ["white", "black", "other"], "ftv": ["0", "1", "2+"], "sex": ["F", "M"],
  ]

  /// Every column of a table: a category where its levels are known, else numbers.
  static func covariates(_ table: CSVTable) throws -> [Covariate] {
    try table.columns.keys.sorted().map { name in
      if let levels = levels[name] {
        return Covariate(
          name: name, column: .category(codes: try table.codes(name, levels), levels: levels))
      }
      let values = try table.numbers(name)
      return Covariate(
        name: name, column: .number(values: values, isPresent: values.map { _ in true }))
    }
  }
}
