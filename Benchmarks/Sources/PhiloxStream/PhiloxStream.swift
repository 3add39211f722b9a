internal import ArgumentParser
internal import Foundation
internal import Probability

/// Writes random words to standard output until the reader has had enough: the bits that
/// `Scripts/dieharder` judges.
@main
struct PhiloxStream: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "philox-stream",
    abstract: "Write random 64-bit words, low byte first, until standard output is closed.")

  /// Where the words come from.
  enum Source: String, ExpressibleByArgument {
    /// Neighbouring streams of Philox, one word of each in turn.
    case philox
    /// The lower halves of a linear congruential generator: the control that must fail.
    case lcg
  }

  @Option(help: "philox, or lcg for the control that must fail.")
  var source = Source.philox

  @Option(help: "The seed.")
  var seed: UInt64 = 20_261_122

  @Option(help: "The number of streams, of indices from 0, that take turns.")
  var streams = 1

  func validate() throws {
    if streams < 1 { throw ValidationError("at least one stream is written") }
  }

  func run() throws {
    // A reader that is satisfied closes the pipe.
    signal(SIGPIPE, SIG_IGN)
    let written =
      switch source {
      case .philox: writePhilox()
      case .lcg: writeCongruential()
      }
    FileHandle.standardError.write(Data("philox-stream: \(written) bytes\n".utf8))
  }

  private func writePhilox() -> Int {
    var turns = (0..<UInt64(streams)).map {
      Philox(StreamKey(seed: seed, purpose: .world, index: $0))
    }
    var turn = 0
    return write {
      let word = turns[turn].next()
      turn = turn + 1 == turns.count ? 0 : turn + 1
      return word
    }
  }

  /// Knuth's MMIX generator; its bit `k` has a period of 2ᵏ⁺¹.
  private func writeCongruential() -> Int {
    var state = seed
    func half() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state & 0xFFFF_FFFF
    }
    return write { half() | half() << 32 }
  }

  /// Writes words until the reader goes, and returns the number of bytes it was sent.
  private func write(_ next: () -> UInt64) -> Int {
    var words = [UInt64](repeating: 0, count: 1 << 13)
    var written = 0
    while true {
      for index in words.indices { words[index] = next().littleEndian }
      let isComplete = words.withUnsafeBytes { bytes in
        var rest = bytes[...]
        while !rest.isEmpty {
          let sent = Foundation.write(
            STDOUT_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
          guard sent > 0 else { return false }
          written += sent
          rest = rest.dropFirst(sent)
        }
        return true
      }
      guard isComplete else { return written }
    }
  }
}
