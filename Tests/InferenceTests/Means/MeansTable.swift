import Foundation
import Testing

/// `Reference/means.json`, which `Reference/means.R` made with R 4.2.2.
enum MeansTable {
  static let all = Result {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    let data = try Data(contentsOf: folder.appending(path: "means.json"))
    return try JSONDecoder().decode(JSONValue.self, from: data)
  }
}

/// Whether two numbers agree relative to the greater of one and the second.
func agree(_ own: Double, _ other: Double, within tolerance: Double = 1e-12) -> Bool {
  abs(own - other) <= tolerance * max(1, abs(other))
}
