/// What explains an outcome, as a plan file states it: `saved ~ arm * (tenure + log(mrr) + reason)`.
///
///     a + b      both                       a:b        their products
///     a * b      a + b + a:b                1          the intercept, which is always there
///     log(x), log1p(x), sqrt(x)             `a name`   a name with spaces or signs
///
/// Products bind before sums, `:` before `*`; parentheses group. Equal terms count once. Terms come in the
/// order in which R has them: by the number of their variables, then as they first appear. The part up
/// to `~`, a response, may be missing.
///
/// Reference: Wilkinson and Rogers (1973), *Applied Statistics* 22, 392–399; Chambers and Hastie (1992),
/// *Statistical Models in S*, section 2.4.
public struct Formula: Hashable, Sendable {
  /// A function of a variable.
  public enum Transform: String, Hashable, Sendable, CaseIterable {
    case log, log1p, sqrt
  }

  /// A column of a table, or a function of one.
  public struct Variable: Hashable, Sendable {
    /// The name of the column.
    public let name: String
    /// The function that is applied to its numbers.
    public let transform: Transform?

    /// The variable as R spells it in the names of coefficients.
    public var label: String { transform.map { "\($0.rawValue)(\(name))" } ?? name }
  }

  /// A product of variables; one variable alone is a main effect.
  public struct Term: Hashable, Sendable {
    /// The variables, in the order in which the formula first names them.
    public let variables: [Variable]

    /// The term as R spells it.
    public var label: String { variables.map(\.label).joined(separator: ":") }
  }

  /// The name of the outcome, if the formula has one.
  public let response: String?
  /// The terms beside the intercept.
  public let terms: [Term]
  /// Where the text first names each variable.
  let columns: [Variable: Int]

  /// Reads a formula.
  ///
  /// - Throws: ``FormulaError`` with the column of the first mistake.
  public init(_ text: String) throws(FormulaError) {
    var parser = FormulaParser(text)
    let (response, sums) = try parser.formula()
    self.response = response
    columns = parser.columns
    let order = parser.columns
    var (seen, terms) = (Set<Set<Variable>>(), [Term]())
    for sum in sums where !sum.isEmpty && seen.insert(sum).inserted {
      terms.append(Term(variables: sum.sorted { order[$0, default: 0] < order[$1, default: 0] }))
    }
    if let response, let column = order.first(where: { $0.key.name == response })?.value {
      throw .responseAmongTerms(column: column)
    }
    // Sorting by degree keeps the order of appearance within each.
    let most = terms.reduce(0) { max($0, $1.variables.count) }
    self.terms = (0...most).flatMap { degree in terms.filter { $0.variables.count == degree } }
  }

  /// The variables of all terms, in the order in which the formula names them.
  public var variables: [Variable] {
    let used = Set(terms.flatMap(\.variables))
    return used.sorted { columns[$0, default: 0] < columns[$1, default: 0] }
  }
}
