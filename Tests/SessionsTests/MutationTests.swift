import Foundation
import Sessions
import Testing

/// Damaged logs neither crash the reader nor let it lose a row, and what it makes of them does
/// not depend on the blocks in which they come.
@Suite struct MutationTests {
  /// A linear congruential generator (Knuth's MMIX): the same damage on every run.
  private struct Dice {
    var state: UInt64
    mutating func roll(_ sides: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % sides
    }
  }

  /// Bytes that mean something to one grammar or another.
  private static let spices: [UInt8] = Array("\",\n\r\\{}[]:0-.eE+ \t\u{0}u".utf8) + [0xC3, 0xFF]

  private static func damaged(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
    var bytes = bytes
    for _ in 0...dice.roll(6) {
      let place = dice.roll(bytes.count)
      switch dice.roll(4) {
      case 0: bytes[place] = spices[dice.roll(spices.count)]
      case 1: bytes.insert(spices[dice.roll(spices.count)], at: place)
      case 2: bytes.removeSubrange(place..<min(place + 1 + dice.roll(5), bytes.count))
      default: bytes[place] ^= UInt8(1 << dice.roll(8))
      }
      if bytes.isEmpty { bytes = [0x0A] }
    }
    return bytes
  }

  private static func outcome(_ path: String, blockSize: Int) -> Result<SessionTable, SessionError>
  {
    var reader = SessionReader(schema: NastyFilesTests.schema)
    reader.blockSize = blockSize
    do throws(SessionError) { return .success(try reader.read(path)) } catch {
      return .failure(error)
    }
  }

  @Test(arguments: [
    "a01_baseline.csv", "b01_quoted_newline_comma.csv", "e06_conflicting_duplicates.csv",
    "f01_baseline.jsonl", "f12_wrong_types.jsonl",
  ])
  func damageIsReported(_ name: String) throws {
    let folder = try #require(NastyManifest.folder)
    let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
    var dice = Dice(state: name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) })
    for _ in 0..<400 {
      let file = try TemporaryFile(Self.damaged(bytes, &dice), name: name)
      let whole = Self.outcome(file.path, blockSize: 1 << 16)
      let pieces = Self.outcome(file.path, blockSize: 1 + dice.roll(40))
      switch (whole, pieces) {
      case (.success(let table), .success(let other)):
        let report = table.report
        #expect(
          report.rows
            == report.accepted + report.filtered + report.exactDuplicates + report.rejected)
        #expect(table.rowCount == report.accepted)
        #expect(other.report == report)
        #expect(other.rowTexts == table.rowTexts)
      case (.failure(let error), .failure(let other)): #expect(error == other)
      default: #expect(Bool(false), "the size of the blocks decides whether the file is read")
      }
    }
  }
}
