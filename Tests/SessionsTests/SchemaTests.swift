import Foundation
import Sessions
import Testing

@Suite struct SchemaTests {
  @Test func readsEveryRole() throws {
    let mapping = try schema(
      """
      {"session": "s", "customer": "c", "time": {"column": "t", "format": "epoch-seconds"},
       "arm": ["offer", "placement"], "propensity": "uniform", "reason": "r", "reasonText": "rt",
       "intent": "i", "outcome": {"column": "o", "words": {"kept": "deflected"}},
       "canceledAt": "ca", "lastSeenAt": "ls",
       "reward": {"column": "v", "values": {"Yes": 1, "No": 0}, "maximum": 1},
       "mrr": {"column": "m", "currency": "USD"},
       "offerCost": {"column": "k", "currency": "USD", "missing": [""]},
       "covariates": {"country": "category", "age": {"column": "a", "kind": "integer",
       "minimum": 0, "missing": ["", "NA"]}},
       "ignore": ["x"], "keepUnknown": true, "where": {"campaign": ["all", "men"]}}
      """)
    #expect(mapping.time == Schema.InstantRole(column: "t", format: .epochSeconds))
    #expect(mapping.propensity == .uniform)
    #expect(mapping.canceledAt == Schema.InstantRole(column: "ca"))
    #expect(mapping.mrr == Schema.MoneyRole(column: "m", currency: "USD"))
    #expect(mapping.mrr?.maximum == 1e12)
    #expect(mapping.covariates["country"] == Schema.Covariate(kind: .category))
    #expect(mapping.filter == ["campaign": ["all", "men"]])
    #expect(
      mapping.requiredColumns
        == ["s", "c", "t", "offer", "placement", "r", "rt", "i", "o", "ca", "ls", "v", "m", "k"]
        + ["a", "country", "campaign"])
    #expect(mapping.problems.isEmpty)
    let copy = try JSONDecoder().decode(Schema.self, from: JSONEncoder().encode(mapping))
    #expect(copy == mapping)
  }

  @Test func shortFormsAreEnough() throws {
    let mapping = try schema(#"{"arm": "offer", "time": "t", "propensity": "p", "reward": "r"}"#)
    #expect(mapping.arm == ["offer"])
    #expect(mapping.time == Schema.InstantRole(column: "t"))
    #expect(mapping.propensity == .column("p"))
    #expect(mapping.reward == Schema.RewardRole(column: "r"))
  }

  @Test func aColumnMayBeCalledUniform() throws {
    let mapping = try schema(#"{"arm": "offer", "propensity": {"column": "uniform"}}"#)
    #expect(mapping.propensity == .column("uniform"))
    let copy = try JSONDecoder().decode(Schema.self, from: JSONEncoder().encode(mapping))
    #expect(copy == mapping)
  }

  @Test(arguments: [
    (#"{"arm": "o", "sesion": "s", "zeit": "t"}"#, ["sesion, zeit", "session, customer"]),
    (#"{"arm": "o", "time": {"column": "t", "zone": "UTC"}}"#, ["zone", "column, format"]),
    (#"{"arm": "o", "time": {"column": "t", "format": "iso"}}"#, ["iso", "rfc3339-space"]),
    (#"{"arm": "o", "covariates": {"a": "categroy"}}"#, ["categroy", "category, number"]),
    (#"{"arm": "o", "covariates": {"a": {"kind": "number", "min": 0}}}"#, ["min", "minimum"]),
    (#"{"arm": "o", "outcome": {"column": "x", "words": {"a": "won"}}}"#, ["won", "deflected"]),
  ])
  func errorsNameTheKeyAndWhatIsAllowed(_ text: String, _ words: [String]) {
    let error = #expect(throws: DecodingError.self) { try schema(text) }
    for word in words { #expect(error.map { "\($0)".contains(word) } == true, "\(word)") }
  }

  @Test func problemsAreToldAllAtOnce() {
    var mapping = Schema(arm: [])
    mapping.mrr = Schema.MoneyRole(column: "m", currency: "USD", minimum: 5, maximum: 1)
    mapping.offerCost = Schema.MoneyRole(column: "k", currency: "EUR")
    mapping.filter = ["campaign": []]
    #expect(mapping.problems.count == 4)
  }
}
