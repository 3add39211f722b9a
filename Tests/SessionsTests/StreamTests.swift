import Foundation
import Sessions
import Testing

/// What must not depend on how the bytes come: in blocks of which size, compressed or not.
@Suite struct StreamTests {
  private static let mapping: Schema = {
    var schema = Schema(arm: ["offer"])
    schema.session = "id"
    return schema
  }()

  private static func members() throws -> [UInt8] {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    return Array(try Data(contentsOf: folder.appendingPathComponent("two_members.csv.gz")))
  }

  private static func memberStarts(_ bytes: [UInt8]) -> [Int] {
    bytes.indices.filter { bytes[$0...].starts(with: [0x1F, 0x8B, 0x08]) }
  }

  /// The logs of the hostile corpus that are small enough for blocks of one byte.
  static let smallLogs = NastyManifest.logs.map(\.file).filter { !$0.hasSuffix(".gz") }

  @Test(arguments: smallLogs, [1, 2, 7])
  func blocksOfAnySizeGiveTheSame(_ name: String, _ blockSize: Int) throws {
    do {
      let whole = try NastyFilesTests.read(name)
      let pieces = try NastyFilesTests.read(name, blockSize: blockSize)
      #expect(pieces.rowTexts == whole.rowTexts)
      #expect(pieces.report == whole.report)
    } catch let error as SessionError {
      #expect(throws: error) { try NastyFilesTests.read(name, blockSize: blockSize) }
    }
  }

  @Test(arguments: [1, 2, 7, 1 << 18])
  func everyMemberOfAGzipFileIsRead(_ blockSize: Int) throws {
    let file = try TemporaryFile(Self.members(), name: "log.csv.gz")
    var reader = SessionReader(schema: Self.mapping)
    reader.blockSize = blockSize
    let table = try reader.read(file.path)
    #expect(table.rowTexts == ["s1|s1|none", "s2|s2|discount", "s3|s3|none"])
    #expect(table.report.bytes == (try Self.members().count))
  }

  @Test func gzipIsKnownByItsBytesNotItsName() throws {
    let file = try TemporaryFile(Self.members(), name: "log")
    #expect(try SessionReader(schema: Self.mapping).read(file.path).rowCount == 3)
  }

  /// Cut anywhere but between members, a gzip file is refused as a whole.
  @Test func aTruncatedGzipFileIsRefused() throws {
    let bytes = try Self.members()
    let starts = Self.memberStarts(bytes)
    #expect(starts.count == 3)
    for length in 3..<bytes.count where !starts.contains(length) {
      let file = try TemporaryFile(Array(bytes[..<length]), name: "log.csv.gz")
      let error = #expect(throws: SessionError.self) {
        try SessionReader(schema: Self.mapping).read(file.path)
      }
      #expect(error?.code == .gzipTruncated, "\(length) bytes")
    }
  }

  /// A bit flipped anywhere is found, save where it says nothing of the data: in a member's time
  /// stamp, compression level and system, and in the bits that fill up its last byte of data.
  @Test func aDamagedGzipFileIsRefused() throws {
    let bytes = try Self.members()
    let starts = Self.memberStarts(bytes)
    let idle = starts.flatMap { $0 + 4..<$0 + 10 } + (starts + [bytes.count]).map { $0 - 9 }
    for index in 2..<bytes.count where !idle.contains(index) {
      var damaged = bytes
      damaged[index] ^= 0x10
      let file = try TemporaryFile(damaged, name: "log.csv.gz")
      let error = #expect(throws: SessionError.self, "byte \(index)") {
        try SessionReader(schema: Self.mapping).read(file.path)
      }
      #expect(error?.code == .gzipCorrupt || error?.code == .gzipTruncated, "byte \(index)")
    }
    let file = try TemporaryFile(bytes + [1, 2, 3], name: "log.csv.gz")
    let error = #expect(throws: SessionError.self) {
      try SessionReader(schema: Self.mapping).read(file.path)
    }
    #expect(error?.code == .gzipCorrupt)
  }

  @Test func theBytesAreHashedAsTheyAre() throws {
    let table = try read("id,offer\ns1,none\n", Self.mapping)
    // printf 'id,offer\ns1,none\n' | sha256sum (GNU coreutils 9.1)
    #expect(
      table.report.sha256 == "99718b73c75dd4d3ae0f7300a9d467c7ea5d43b57adcb8deb8fd506e89bf66d8")
    #expect(table.report.bytes == 17)
  }

  @Test func progressIsTold() throws {
    let text = "id,offer\n" + (0..<100).map { "s\($0),none\n" }.joined()
    let file = try TemporaryFile(text)
    var reader = SessionReader(schema: Self.mapping)
    reader.blockSize = 64
    var steps: [SessionReader.Progress] = []
    _ = try reader.read(file.path) { steps.append($0) }
    #expect(steps.count > 5)
    #expect(steps.allSatisfy { $0.totalBytes == text.utf8.count })
    #expect(steps.map(\.bytes) == steps.map(\.bytes).sorted())
    #expect(steps.last?.bytes == text.utf8.count)
  }

  @Test func filesThatCannotBeReadSaySo() throws {
    let reader = SessionReader(schema: Self.mapping)
    let missing = #expect(throws: SessionError.self) { try reader.read("/no/such/file.csv") }
    #expect(missing?.code == .noSuchFile)
    let folder = #expect(throws: SessionError.self) { try reader.read("/") }
    #expect(folder?.code == .notReadable)
  }
}
