import Foundation

/// A reference table: the cells of each line of a file beside the tests.
func referenceTable(_ name: String) -> [[String]] {
  guard let folder = Bundle.module.url(forResource: "Reference", withExtension: nil),
    let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  else { return [] }
  return text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
}

/// Runs a body on the bytes of a text.
func withBytes<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
  var text = text
  return text.withUTF8(body)
}
