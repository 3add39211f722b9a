import Foundation
import Probability
import Testing

/// The cipher against the table that Reference/philox.py prints.
struct KnownAnswerTests {
  /// Counter (four words), key (two) and block (four) of each line.
  static let lines: [[UInt64]] = {
    guard let directory = Bundle.module.url(forResource: "Reference", withExtension: nil),
      let text = try? String(
        contentsOf: directory.appendingPathComponent("philox4x32_10.txt"), encoding: .utf8)
    else { return [] }
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      line.split(separator: " ").compactMap { UInt64($0, radix: 16) }
    }
  }()

  @Test func theTableHasThirtyTwoAnswers() {
    #expect(Self.lines.count == 32 && Self.lines.allSatisfy { $0.count == 10 })
  }

  @Test(arguments: VectorKernels.levels)
  func kernelsGiveTheKnownAnswers(level: VectorKernels.Level) {
    VectorKernels.use(level)
    for line in Self.lines {
      let pairs = stride(from: 0, to: 10, by: 2).map { line[$0] | line[$0 + 1] << 32 }
      let words = VectorKernels.words(key: pairs[2], low: pairs[0], high: pairs[1])
      #expect(Array(words[..<2]) == Array(pairs[3...]))
    }
  }
}
