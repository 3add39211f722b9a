extension Schema.InstantRole: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case column, format }

  public init(from decoder: any Decoder) throws {
    if let column = decoder.bareWord() {
      self.init(column: column)
      return
    }
    let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
    self.init(
      column: try container.decode(String.self, forKey: .column),
      format: try container.decode(.format, default: .rfc3339))
  }

  public func encode(to encoder: any Encoder) throws {
    if format == .rfc3339 {
      var container = encoder.singleValueContainer()
      try container.encode(column)
    } else {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(column, forKey: .column)
      try container.encode(format, forKey: .format)
    }
  }
}

extension Schema.PropensityRole: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case column }

  public init(from decoder: any Decoder) throws {
    switch decoder.bareWord() {
    case "uniform"?: self = .uniform
    case let column?: self = .column(column)
    case nil:
      // The long form names a column that happens to be called "uniform".
      let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
      self = .column(try container.decode(String.self, forKey: .column))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    if case .column("uniform") = self {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode("uniform", forKey: .column)
    } else {
      var container = encoder.singleValueContainer()
      try container.encode(column ?? "uniform")
    }
  }
}

extension Schema.OutcomeRole: Decodable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
    self.init(
      column: try container.decode(String.self, forKey: .column),
      words: try container.decode([String: Outcome].self, forKey: .words))
  }
}

extension Schema.RewardRole: Decodable {
  public init(from decoder: any Decoder) throws {
    if let column = decoder.bareWord() {
      self.init(column: column)
      return
    }
    let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
    self.init(
      column: try container.decode(String.self, forKey: .column),
      values: try container.decode(.values, default: [:]),
      minimum: try container.decodeIfPresent(Double.self, forKey: .minimum),
      maximum: try container.decodeIfPresent(Double.self, forKey: .maximum))
  }
}

extension Schema.MoneyRole: Decodable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
    self.init(
      column: try container.decode(String.self, forKey: .column),
      currency: try container.decode(String.self, forKey: .currency),
      minimum: try container.decode(.minimum, default: 0),
      maximum: try container.decode(.maximum, default: 1e12),
      missing: try container.decode(.missing, default: []))
  }
}

extension Schema.Covariate: Decodable {
  public init(from decoder: any Decoder) throws {
    if decoder.bareWord() != nil {
      self.init(kind: try Schema.CovariateKind(from: decoder))
      return
    }
    let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
    self.init(
      column: try container.decodeIfPresent(String.self, forKey: .column),
      kind: try container.decode(Schema.CovariateKind.self, forKey: .kind),
      minimum: try container.decodeIfPresent(Double.self, forKey: .minimum),
      maximum: try container.decodeIfPresent(Double.self, forKey: .maximum),
      missing: try container.decode(.missing, default: []))
  }
}

extension Schema.TimeFormat {
  public init(from decoder: any Decoder) throws {
    self = try decoder.listedWord(as: Self.self)
  }
}

extension Schema.CovariateKind {
  public init(from decoder: any Decoder) throws {
    self = try decoder.listedWord(as: Self.self)
  }
}

extension Outcome {
  public init(from decoder: any Decoder) throws {
    self = try decoder.listedWord(as: Self.self)
  }
}
