public import LinearAlgebra

/// The design that a formula makes of a table, with the names that R gives its columns.
///
/// The first column is the intercept, `(Intercept)`. A category has a column for each level that some row
/// holds but the first (treatment contrasts), named by both, as in `raceblack`; within a product it has one for
/// every level unless an earlier term holds the product's other variables. Products of categories stay codes, those of
/// categories and numbers rows of numbers beside a code. Columns that no row fills are left out.
///
/// A missing category is a level of its own, the last, as in `raceNA`. A missing number is zero, beside an
/// indicator of its own that says so, as in `is.na(tenure)`, in products too; an indicator equal to that of
/// an earlier variable is left out.
public struct FormulaDesign: Hashable, Sendable {
  /// The name of each column.
  public let names: [String]
  /// The columns of each term of the formula, in its order.
  public let terms: [Range<Int>]
  /// The design.
  public let matrix: HorizontalMatrix

  /// A group for each column, for a ``GroupLasso``: the intercept's is 0, and the columns of a term are one
  /// group.
  public var groups: [Int] {
    var groups = Array(repeating: 0, count: names.count)
    for (place, columns) in terms.filter({ !$0.isEmpty }).enumerated() {
      for column in columns { groups[column] = place + 1 }
    }
    return groups
  }

  /// Expands a formula over the columns of a table.
  ///
  /// - Parameters:
  ///   - formula: The formula.
  ///   - table: The columns of the table, one at least, all of one length.
  /// - Throws: ``FormulaError`` if the table lacks a variable, or if a function has no value.
  /// - Complexity: O(*n k*) for *k* columns of numbers and terms of categories.
  public init(_ formula: Formula, over table: [Covariate]) throws(FormulaError) {
    let rows = table.first?.count ?? 0
    precondition(
      !table.isEmpty && table.allSatisfy { $0.count == rows }, "columns have one length")
    let variables = try FormulaVariables(formula, over: table)
    var earlier: [Set<Formula.Variable>] = []
    var (names, terms) = (["(Intercept)"], [Range<Int>]())
    var parts: [HorizontalMatrix.Part] = [.categorical(.intercept(rows: rows))]
    for term in formula.terms {
      let first = names.count
      for factors in variables.factors(of: term, after: earlier) {
        guard let product = FormulaProduct(factors, rows: rows) else { continue }
        names += product.names
        parts.append(product.part)
      }
      terms.append(first..<names.count)
      earlier.append(Set(term.variables))
    }
    (self.names, self.terms) = (names, terms)
    matrix = HorizontalMatrix(parts)
  }
}

extension Formula {
  /// The outcomes that the formula names, from a table: numbers, or 1 for the second of two levels.
  ///
  /// - Throws: `unknownVariable` or `unusableResponse`.
  public func outcomes(in table: [Covariate]) throws(FormulaError) -> [Double] {
    let name = response ?? ""
    guard let column = table.first(where: { $0.name == name })?.column else {
      throw .unknownVariable(name, column: 1)
    }
    switch column {
    case .number(let values, let isPresent):
      if let row = isPresent.firstIndex(of: false) { throw .unusableResponse(name, row: row) }
      return values
    case .category(let codes, let levels):
      if let row = codes.firstIndex(where: { $0 < 0 }) { throw .unusableResponse(name, row: row) }
      guard levels.count == 2 else { throw .unusableResponse(name, row: nil) }
      return codes.map { Double($0) }
    }
  }
}
