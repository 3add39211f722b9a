/// A key of any name, so that keys can be seen that no property stands for.
struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) { stringValue = name }
  init?(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { nil }
}

extension Decoder {
  /// A container whose every key is one of those expected.
  ///
  /// - Throws: An error that names every key that is not, and what is allowed.
  func strictContainer<Key: CodingKey & CaseIterable>(
    keyedBy type: Key.Type
  ) throws -> KeyedDecodingContainer<Key> {
    let allowed = Key.allCases.map(\.stringValue)
    let strangers = try container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
      .filter { !allowed.contains($0) }.sorted()
    guard strangers.isEmpty else {
      let plural = strangers.count > 1 ? "unknown keys" : "unknown key"
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: codingPath,
          debugDescription: "\(plural) \(strangers.joined(separator: ", ")): "
            + "allowed are \(allowed.joined(separator: ", "))"))
    }
    return try container(keyedBy: type)
  }

  /// The word of a short list that stands here.
  ///
  /// - Throws: An error that names the word that does, and what is allowed.
  func listedWord<Word: RawRepresentable<String> & CaseIterable>(
    as type: Word.Type
  ) throws -> Word {
    let text = try singleValueContainer().decode(String.self)
    if let word = Word(rawValue: text) { return word }
    let allowed = Word.allCases.map(\.rawValue).joined(separator: ", ")
    throw DecodingError.dataCorrupted(
      DecodingError.Context(
        codingPath: codingPath, debugDescription: "\"\(text)\" is none of \(allowed)"))
  }

  /// The word that stands here in place of a mapping, if one does.
  func bareWord() -> String? { try? singleValueContainer().decode(String.self) }
}

extension KeyedDecodingContainer {
  /// The value of a key, or a default where the key is absent.
  func decode<Value: Decodable>(_ key: Key, default value: Value) throws -> Value {
    try decodeIfPresent(Value.self, forKey: key) ?? value
  }
}
