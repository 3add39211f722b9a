/// One thing that a rule asks of a session.
public struct Condition: Hashable, Sendable {
  /// What is asked of the covariate.
  public enum Requirement: Hashable, Sendable {
    /// The category is of this level.
    case level(String)
    /// The number is below a cut; a missing number is not.
    case below(Double)
    /// The number is at least a cut; a missing number is not.
    case atLeast(Double)
    /// The value is missing.
    case missing
  }

  /// The name of the covariate.
  public let covariate: String
  /// What is asked of it.
  public let requirement: Requirement

  /// Creates a condition on a covariate.
  public init(_ covariate: String, _ requirement: Requirement) {
    self.covariate = covariate
    self.requirement = requirement
  }

  /// Whether each session meets the condition.
  ///
  /// - Throws: `unknownCovariate`, or `wrongKind` if a level is asked of a number or a cut of a
  ///   category.
  /// - Complexity: O(*n*).
  public func holds(in data: SegmentData) throws(SegmentError) -> [Bool] {
    let column = try data.covariate(covariate).column
    switch (column, requirement) {
    case (.category(let codes, let levels), .level(let level)):
      // A level that these sessions do not know holds for none of them.
      guard let code = levels.firstIndex(of: level) else {
        return Array(repeating: false, count: codes.count)
      }
      return codes.map { $0 == Int32(code) }
    case (.category(let codes, _), .missing):
      return codes.map { $0 < 0 }
    case (.number(_, let isPresent), .missing):
      return isPresent.map { !$0 }
    case (.number(let values, let isPresent), .below(let cut)):
      return values.indices.map { isPresent[$0] && values[$0] < cut }
    case (.number(let values, let isPresent), .atLeast(let cut)):
      return values.indices.map { isPresent[$0] && values[$0] >= cut }
    case (.category, .below), (.category, .atLeast), (.number, .level):
      throw .wrongKind(covariate: covariate)
    }
  }
}

extension Condition: CustomStringConvertible {
  /// The condition in words: `plan is annual`, `tenure_days ≥ 365`.
  public var description: String {
    switch requirement {
    case .level(let level): "\(covariate) is \(level)"
    case .below(let cut): "\(covariate) < \(Self.text(cut))"
    case .atLeast(let cut): "\(covariate) ≥ \(Self.text(cut))"
    case .missing: "\(covariate) is missing"
    }
  }

  /// The condition as an SQL predicate, its quotes doubled as the standard asks.
  public var predicate: String {
    let name = Self.quoted(covariate, by: "\"")
    return switch requirement {
    case .level(let level): "\(name) = \(Self.quoted(level, by: "'"))"
    case .below(let cut): "\(name) < \(Self.text(cut))"
    case .atLeast(let cut): "\(name) >= \(Self.text(cut))"
    case .missing: "\(name) IS NULL"
    }
  }

  /// The shortest text that reads back as the number, whole numbers without a point.
  static func text(_ number: Double) -> String {
    guard let whole = Int64(exactly: number) else { return "\(number)" }
    return "\(whole)"
  }

  private static func quoted(_ text: String, by mark: Character) -> String {
    var quoted = String(mark)
    for scalar in text.unicodeScalars {
      quoted.unicodeScalars.append(scalar)
      if Character(scalar) == mark { quoted.append(mark) }
    }
    quoted.append(mark)
    return quoted
  }
}
