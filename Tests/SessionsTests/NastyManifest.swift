import Foundation
import Testing

/// What the manifest of the hostile files says.
struct NastyManifest: Decodable {
  struct Refusal: Decodable, Hashable {
    let line: Int
    let code: String
  }

  struct File: Decodable, Sendable, CustomTestStringConvertible {
    let file: String
    let what: String
    let verdict: String
    let rowsOK: Int?
    let errors: [Refusal]
    let warning: String?
    let sameAs: String?
    let sumReward: Int?
    let sumMRR: String?
    let distinctCustomers: Int?
    let physicalLines: Int?

    var testDescription: String { "\(file): \(what)" }

    private enum Keys: String, CodingKey {
      case file, what, verdict, errors, checks
      case rowsOK = "rows_ok"
    }
    private enum CheckKeys: String, CodingKey {
      case warn
      case sameAs = "same_as"
      case sameResultAs = "same_result_as"
      case sumReward = "sum_outcome"
      case sumMRR = "sum_mrr"
      case distinctCustomers = "distinct_customers"
      case physicalLines = "physical_lines"
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      file = try container.decode(String.self, forKey: .file)
      what = try container.decode(String.self, forKey: .what)
      verdict = try container.decode(String.self, forKey: .verdict)
      rowsOK = try container.decodeIfPresent(Int.self, forKey: .rowsOK)
      errors = try container.decodeIfPresent([Refusal].self, forKey: .errors) ?? []
      let checks = try? container.nestedContainer(keyedBy: CheckKeys.self, forKey: .checks)
      warning = try checks?.decodeIfPresent(String.self, forKey: .warn)
      let sameResult = try checks?.decodeIfPresent(String.self, forKey: .sameResultAs)
      sameAs =
        try checks?.decodeIfPresent(String.self, forKey: .sameAs)
        ?? sameResult?.split(separator: " ").first.map(String.init)
      sumReward = try checks?.decodeIfPresent(Int.self, forKey: .sumReward)
      sumMRR = try checks?.decodeIfPresent(String.self, forKey: .sumMRR)
      distinctCustomers = try checks?.decodeIfPresent(Int.self, forKey: .distinctCustomers)
      physicalLines = try checks?.decodeIfPresent(Int.self, forKey: .physicalLines)
    }
  }

  let files: [File]

  /// Where the hostile files lie.
  static var folder: URL? {
    Bundle.module.url(forResource: "Reference", withExtension: nil)?
      .appendingPathComponent("nasty")
  }

  /// The logs of the manifest. The plan files g01 and g02 are no logs: the umbrella tests them.
  static let logs: [File] = {
    guard let folder,
      let data = try? Data(contentsOf: folder.appendingPathComponent("MANIFEST.json")),
      let manifest = try? JSONDecoder().decode(NastyManifest.self, from: data)
    else { return [] }
    return manifest.files.filter { !["g01", "g02"].contains($0.file.prefix(3)) }
  }()
}
