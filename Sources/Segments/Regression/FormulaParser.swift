/// Reads the text of a formula by recursive descent.
///
///     formula   = [ name "~" ] sum          product = interaction { "*" interaction }
///     sum       = product { "+" product }   interaction = factor { ":" factor }
///     factor    = "1" | "(" sum ")" | name | function "(" name ")"
struct FormulaParser {
  /// A list of terms, each a set of variables; the empty set is the intercept.
  typealias Terms = [Set<Formula.Variable>]

  /// Where the text first names each variable.
  private(set) var columns: [Formula.Variable: Int] = [:]
  private let characters: [Character]
  private var place = 0
  private var depth = 0

  private static let deepest = 64
  private static let mostTerms = 10_000

  init(_ text: String) { characters = Array(text) }

  mutating func formula() throws(FormulaError) -> (response: String?, terms: Terms) {
    var response = try? name()
    if response == nil || !take("~") { (response, place) = (nil, 0) }
    let terms = try sum()
    skipSpaces()
    if let next { throw .unexpected(next, column: column) }
    return (response, terms)
  }

  private mutating func sum() throws(FormulaError) -> Terms {
    var terms = try product()
    while take("+") { terms += try product() }
    try check(terms.count)
    return terms
  }

  private mutating func product() throws(FormulaError) -> Terms {
    var terms = try interaction()
    while take("*") {
      let others = try interaction()
      terms += others + (try crossed(terms, others))
    }
    return terms
  }

  private mutating func interaction() throws(FormulaError) -> Terms {
    var terms = try factor()
    while take(":") { terms = try crossed(terms, try factor()) }
    return terms
  }

  private mutating func factor() throws(FormulaError) -> Terms {
    skipSpaces()
    let start = column
    if take("1") { return [[]] }
    if take("(") {
      depth += 1
      guard depth <= Self.deepest else { throw .tooDeep(column: start) }
      let terms = try sum()
      depth -= 1
      try close(start)
      return terms
    }
    let name = try name()
    let isQuoted = characters[start - 1] == "`"
    guard !isQuoted, take("(") else { return [[variable(name, nil, at: start)]] }
    guard let transform = Formula.Transform(rawValue: name) else {
      throw .unknownFunction(name, column: start)
    }
    let inner = try self.name()
    try close(start + name.count)
    return [[variable(inner, transform, at: start)]]
  }

  /// A name of letters, digits, points and underscores, or anything between backticks.
  private mutating func name() throws(FormulaError) -> String {
    skipSpaces()
    let start = place
    guard let first = next else { throw .incomplete(column: column) }
    if first == "`" {
      guard let end = characters[(start + 1)...].firstIndex(of: "`") else {
        throw .unclosed(column: start + 1)
      }
      place = end + 1
      guard end > start + 1 else { throw .unexpected("`", column: end + 1) }
      return String(characters[(start + 1)..<end])
    }
    guard first.isLetter || first == "_" || first == "." else {
      throw .unexpected(first, column: column)
    }
    while let next, next.isLetter || next.isNumber || next == "_" || next == "." { place += 1 }
    return String(characters[start..<place])
  }

  private mutating func variable(
    _ name: String, _ transform: Formula.Transform?, at column: Int
  ) -> Formula.Variable {
    let variable = Formula.Variable(name: name, transform: transform)
    columns[variable] = columns[variable] ?? column
    return variable
  }

  /// The products of every term of one list with every term of another, the second list's terms fastest.
  private func crossed(_ terms: Terms, _ others: Terms) throws(FormulaError) -> Terms {
    try check(terms.count * others.count)
    return terms.flatMap { term in others.map { term.union($0) } }
  }

  private func check(_ count: Int) throws(FormulaError) {
    guard count <= Self.mostTerms else { throw .tooManyTerms(column: column) }
  }

  private mutating func close(_ opened: Int) throws(FormulaError) {
    skipSpaces()
    guard next != nil else { throw .unclosed(column: opened) }
    try expect(")")
  }

  private mutating func expect(_ character: Character) throws(FormulaError) {
    guard !take(character) else { return }
    guard let next else { throw .incomplete(column: column) }
    throw .unexpected(next, column: column)
  }

  private mutating func take(_ character: Character) -> Bool {
    skipSpaces()
    guard next == character else { return false }
    place += 1
    return true
  }

  private mutating func skipSpaces() {
    while let next, next.isWhitespace { place += 1 }
  }

  private var next: Character? { place < characters.count ? characters[place] : nil }
  private var column: Int { place + 1 }
}
