#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What one variable gives to a product: the columns of a category, or numbers.
enum FormulaFactor {
  /// The column of each row, or −1 for none, and the names of the columns.
  case levels(codes: [Int32], names: [String])
  case numbers([Double], name: String)
}

/// The variables of a formula, taken from a table.
struct FormulaVariables {
  private enum Column {
    /// Codes of the levels in use, what is missing among them, and their names.
    case category(codes: [Int32], names: [String])
    /// Numbers, zero where missing, with the rows that miss one if they need an indicator.
    case number([Double], missing: [Bool]?)
  }

  private var columns: [Formula.Variable: Column] = [:]

  init(_ formula: Formula, over table: [Covariate]) throws(FormulaError) {
    var indicators: Set<[Bool]> = []
    for variable in formula.variables {
      let place = formula.columns[variable, default: 1]
      guard let covariate = table.first(where: { $0.name == variable.name }) else {
        throw .unknownVariable(variable.name, column: place)
      }
      switch covariate.column {
      case .category(let codes, let levels):
        if let transform = variable.transform {
          throw .functionOfCategory(transform.rawValue, column: place)
        }
        columns[variable] = Self.category(variable.name, codes, levels)
      case .number(let values, let isPresent):
        let numbers = try Self.numbers(variable, values, isPresent, place)
        let isComplete = !isPresent.contains(false)
        let isNew = !isComplete && indicators.insert(isPresent).inserted
        columns[variable] = .number(numbers, missing: isNew ? isPresent.map { !$0 } : nil)
      }
    }
  }

  /// The lists of factors whose products make up a term; each missing number adds those with its indicator.
  ///
  /// A category within the term has contrasts if an earlier term holds the rest of the term, or if there is no rest.
  func factors(of term: Formula.Term, after earlier: [Set<Formula.Variable>]) -> [[FormulaFactor]] {
    var products: [[FormulaFactor]] = [[]]
    for variable in term.variables {
      let rest = Set(term.variables).subtracting([variable])
      let choices = factors(
        of: variable, contrasting: rest.isEmpty || earlier.contains { rest.isSubset(of: $0) })
      products = choices.flatMap { choice in products.map { $0 + [choice] } }
    }
    return products
  }

  private func factors(
    of variable: Formula.Variable, contrasting: Bool
  ) -> [FormulaFactor] {
    switch columns[variable] {
    case nil: []
    case .category(let codes, let names):
      contrasting
        ? [.levels(codes: codes.map { $0 - 1 }, names: Array(names.dropFirst()))]
        : [.levels(codes: codes, names: names)]
    case .number(let numbers, let missing):
      [.numbers(numbers, name: variable.label)]
        + (missing.map { missing in
          [.levels(codes: missing.map { $0 ? 0 : -1 }, names: ["is.na(\(variable.name))"])]
        } ?? [])
    }
  }

  /// Renumbers the levels in use, what is missing last.
  private static func category(_ name: String, _ codes: [Int32], _ levels: [String]) -> Column {
    var isUsed = Array(repeating: false, count: levels.count + 1)
    for code in codes { isUsed[code < 0 ? levels.count : Int(code)] = true }
    let used = isUsed.indices.filter { isUsed[$0] }
    var place = Array(repeating: Int32(-1), count: levels.count + 1)
    for (new, old) in used.enumerated() { place[old] = Int32(new) }
    return .category(
      codes: codes.map { place[$0 < 0 ? levels.count : Int($0)] },
      names: used.map { name + ($0 < levels.count ? levels[$0] : "NA") })
  }

  private static func numbers(
    _ variable: Formula.Variable, _ values: [Double], _ isPresent: [Bool], _ place: Int
  ) throws(FormulaError) -> [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(values.count)
    for (row, value) in values.enumerated() {
      guard isPresent[row] else {
        numbers.append(0)
        continue
      }
      let number = variable.transform?(value) ?? value
      guard number.isFinite else { throw .undefined(variable.label, row: row, column: place) }
      numbers.append(number)
    }
    return numbers
  }
}

extension Formula.Transform {
  fileprivate func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .log: logarithm(x)
    case .log1p: logarithmOfOnePlus(x)
    case .sqrt: x.squareRoot()
    }
  }
}

// Within `Transform` its own cases would hide the functions of the C library.
private func logarithm(_ x: Double) -> Double { log(x) }
private func logarithmOfOnePlus(_ x: Double) -> Double { log1p(x) }
