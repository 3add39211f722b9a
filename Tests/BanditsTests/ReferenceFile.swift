import Foundation
import Testing

/// A file of the Reference folder.
enum ReferenceFile {
  /// Its bytes.
  static func data(_ name: String) throws -> Data {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    return try Data(contentsOf: folder.appending(path: name))
  }

  /// Its rows of numbers, separated by commas; lines that hold anything else are left out.
  static func numbers(_ name: String) throws -> [[Double]] {
    String(decoding: try data(name), as: UTF8.self).split(whereSeparator: \.isNewline)
      .compactMap { line in
        let fields = line.split(separator: ",").map { Double($0) }
        return fields.contains(nil) ? nil : fields.compactMap { $0 }
      }
  }
}
