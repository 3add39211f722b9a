import Foundation
import Holdfast
import Testing

/// A folder of results appears whole or not at all, and only where nothing of others is lost.
@Suite struct ResultsFolderTests {
  private let parent: TemporaryFolder
  private let path: String

  init() throws {
    parent = try TemporaryFolder()
    path = "\(parent.path)/results"
  }

  /// Writes a folder of two files.
  private func write(_ text: String) throws {
    let folder = try ResultsFolder(path)
    try folder.write("findings.json") { $0.write(text) }
    try folder.write("lift.csv") { $0.write(text) }
    try folder.finish()
  }

  /// Why a place is refused; empty if it is not.
  private func refusal(of path: String? = nil) -> String {
    do {
      _ = try ResultsFolder(path ?? self.path)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func appearsWholeAndLeavesNothingHidden() throws {
    try write("one")
    #expect(try parent.names() == ["results"])
    #expect(try parent.names(in: "results") == ["findings.json", "lift.csv"])
    #expect(try parent.text("results/lift.csv") == "one")
  }

  @Test func isNotThereBeforeItIsWhole() throws {
    let folder = try ResultsFolder(path)
    try folder.write("findings.json") { $0.write("one") }
    #expect(!FileManager.default.fileExists(atPath: path))
    try folder.finish()
    #expect(FileManager.default.fileExists(atPath: path))
  }

  @Test func whatIsGivenUpLeavesNoTrace() throws {
    do {
      let folder = try ResultsFolder(path)
      try folder.write("findings.json") { $0.write("one") }
    }
    #expect(try parent.names() == [])
  }

  @Test func anOlderFolderIsReplaced() throws {
    try write("one")
    let folder = try ResultsFolder(path)
    try folder.write("findings.json") { $0.write("two") }
    #expect(try parent.text("results/findings.json") == "one")
    try folder.finish()
    #expect(try parent.names() == ["results"])
    #expect(try parent.names(in: "results") == ["findings.json"])
    #expect(try parent.text("results/findings.json") == "two")
  }

  @Test func parentsAreMadeAndSlashesForgiven() throws {
    let folder = try ResultsFolder("\(parent.path)/a/b/results//")
    try folder.finish()
    #expect(try parent.names(in: "a/b") == ["results"])
  }

  @Test(arguments: ["notes.txt", ".hidden", "lift.csv"])
  func aForeignFolderIsRefused(_ name: String) throws {
    try parent.write("mine", to: "results/\(name)")
    #expect(refusal().contains("holds other files"))
    #expect(try parent.names() == ["results"])
    #expect(try parent.text("results/\(name)") == "mine")
  }

  @Test(arguments: ["notes.txt", "sub/notes.txt"])
  func whatSomebodyAddedToAnOlderFolderIsNotLost(_ name: String) throws {
    try write("one")
    try parent.write("mine", to: "results/\(name)")
    #expect(refusal().contains("holds other files"))
    #expect(try parent.text("results/\(name)") == "mine")
    #expect(try parent.text("results/lift.csv") == "one")
  }

  @Test func anEmptyFolderIsReplaced() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try write("one")
    #expect(try parent.text("results/lift.csv") == "one")
  }

  @Test func aPlainFileIsRefused() throws {
    try parent.write("mine", to: "results")
    #expect(refusal().contains("not a folder"))
    #expect(try parent.text("results") == "mine")
  }

  @Test(arguments: [true, false])
  func aLinkIsRefused(_ isDangling: Bool) throws {
    let target = "\(parent.path)/target"
    if !isDangling { try parent.write("{}", to: "target/findings.json") }
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    #expect(refusal().contains("not a folder"))
    #expect(try parent.names().contains("results"))
  }

  @Test(arguments: ["", "/", ".", ".."])
  func aNameIsNeeded(_ name: String) {
    #expect(refusal(of: name).contains("not the name of a folder"))
  }

  @Test func aFolderThatCannotBeMadeIsNamed() throws {
    try parent.write("a file", to: "file")
    #expect(refusal(of: "\(parent.path)/file/results").hasPrefix("\(parent.path)/file"))
  }

  @Test func aSecondWriterIsRefusedWhileTheFirstHoldsTheLock() throws {
    let first = try ResultsFolder(path)
    try first.write("findings.json") { $0.write("first") }
    #expect(refusal().contains("another run"))
    try first.finish()
    #expect(try parent.text("results/findings.json") == "first")
    #expect(refusal() == "")
    #expect(try parent.text("results/findings.json") == "first")
  }

  @Test func leftoversOfAKilledRunAreCleaned() throws {
    try parent.write("half", to: ".results.partial/findings.json")
    try parent.write("half", to: ".results.partial/policies.csv")
    try write("whole")
    #expect(try parent.names() == ["results"])
    #expect(try parent.names(in: "results") == ["findings.json", "lift.csv"])
  }

  /// Killed between the two renames: the older folder has stepped aside, the new one is not there.
  @Test func anInterruptedSwapIsRecovered() throws {
    try parent.write("older", to: ".results.old/findings.json")
    try parent.write("newer", to: ".results.partial/findings.json")
    #expect(refusal() == "")
    #expect(try parent.text("results/findings.json") == "older")
    #expect(try parent.names() == ["results"])
  }

  /// Killed behind the second rename: the older folder waits to be removed.
  @Test func aFinishedSwapIsCleanedUp() throws {
    try parent.write("older", to: ".results.old/findings.json")
    try parent.write("newer", to: "results/findings.json")
    #expect(refusal() == "")
    #expect(try parent.text("results/findings.json") == "newer")
    #expect(try parent.names() == ["results"])
  }
}
