extension Schema {
  /// How instants are written.
  public enum TimeFormat: String, CaseIterable, Codable, Hashable, Sendable {
    /// RFC 3339, "2024-05-02T12:00:00.25+02:00": the offset is not optional.
    case rfc3339
    /// The same with a space for the T.
    case rfc3339Space = "rfc3339-space"
    /// Seconds since 1970-01-01 00:00 UTC, with decimals if need be.
    case epochSeconds = "epoch-seconds"
    /// Milliseconds since 1970-01-01 00:00 UTC, with decimals if need be.
    case epochMilliseconds = "epoch-milliseconds"
  }

  /// A column of instants.
  public struct InstantRole: Hashable, Sendable {
    /// The column.
    public var column: String
    /// How its instants are written.
    public var format: TimeFormat

    /// Names a column of instants.
    public init(column: String, format: TimeFormat = .rfc3339) {
      self.column = column
      self.format = format
    }
  }

  /// Where the probability of the logged action comes from.
  public enum PropensityRole: Hashable, Sendable {
    /// A column of probabilities, each in (0, 1].
    case column(String)
    /// Every arm was as likely as every other; written `uniform`.
    case uniform

    /// The column, if there is one.
    public var column: String? {
      if case .column(let name) = self { name } else { nil }
    }
  }

  /// A column that tells how the session ended.
  public struct OutcomeRole: Encodable, Hashable, Sendable {
    enum CodingKeys: String, CodingKey, CaseIterable {
      case column, words
    }

    /// The column.
    public var column: String
    /// What the source's words mean; a word that is not here costs its row.
    public var words: [String: Outcome]

    /// Names a column and its words.
    public init(column: String, words: [String: Outcome]) {
      self.column = column
      self.words = words
    }
  }

  /// A column of rewards: numbers, or true and false for 1 and 0.
  public struct RewardRole: Encodable, Hashable, Sendable {
    enum CodingKeys: String, CodingKey, CaseIterable {
      case column, values, minimum, maximum
    }

    /// The column.
    public var column: String
    /// What the source's words are worth; if there are any, nothing else is read.
    public var values: [String: Double]
    /// The least reward possible.
    public var minimum: Double?
    /// The greatest reward possible.
    public var maximum: Double?

    /// Names a column of rewards.
    public init(
      column: String, values: [String: Double] = [:], minimum: Double? = nil,
      maximum: Double? = nil
    ) {
      self.column = column
      self.values = values
      self.minimum = minimum
      self.maximum = maximum
    }
  }

  /// A column of money.
  public struct MoneyRole: Encodable, Hashable, Sendable {
    enum CodingKeys: String, CodingKey, CaseIterable {
      case column, currency, minimum, maximum, missing
    }

    /// The column.
    public var column: String
    /// The currency of every amount, "USD" for one.
    public var currency: String
    /// The least amount possible; zero unless said otherwise.
    public var minimum: Double?
    /// The greatest amount possible; 10¹² unless said otherwise.
    public var maximum: Double?
    /// The words that stand for a missing amount.
    public var missing: [String]

    /// Names a column of money.
    public init(
      column: String, currency: String, minimum: Double? = 0, maximum: Double? = 1e12,
      missing: [String] = []
    ) {
      self.column = column
      self.currency = currency
      self.minimum = minimum
      self.maximum = maximum
      self.missing = missing
    }
  }

  /// What kind of values a covariate has.
  public enum CovariateKind: String, CaseIterable, Codable, Hashable, Sendable {
    /// Words.
    case category
    /// Numbers.
    case number
    /// Whole numbers: digits only, behind a sign if need be.
    case integer
  }

  /// A covariate.
  public struct Covariate: Encodable, Hashable, Sendable {
    enum CodingKeys: String, CodingKey, CaseIterable {
      case column, kind, minimum, maximum, missing
    }

    /// The column; `nil` if it is named as the covariate is.
    public var column: String?
    /// What kind of values it has.
    public var kind: CovariateKind
    /// The least value possible, of a number.
    public var minimum: Double?
    /// The greatest value possible, of a number.
    public var maximum: Double?
    /// The words that stand for a missing value.
    public var missing: [String]

    /// Describes a covariate.
    public init(
      column: String? = nil, kind: CovariateKind, minimum: Double? = nil,
      maximum: Double? = nil, missing: [String] = []
    ) {
      self.column = column
      self.kind = kind
      self.minimum = minimum
      self.maximum = maximum
      self.missing = missing
    }
  }
}
