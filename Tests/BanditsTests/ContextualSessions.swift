import Bandits
import Foundation
import Testing

/// The sessions of Reference/contextual.py, by the same formulas, and what is known of them.
struct ContextualSessions {
  struct Linear: Decodable {
    let means, scales, noise, propensities: [[Double]]
  }

  struct Obp: Decodable {
    let linTS, logisticMeans: [[Double]]
  }

  struct Modes: Decodable {
    let means: [[Double]]
    let hessians: [[[Double]]]
  }

  struct Diagonal: Decodable {
    let means, precisions: [[Double]]
  }

  /// Arms of two cells, each with successes and failures; moments arm by arm and cell by cell.
  struct Posterior: Decodable {
    let tables: [[[Double]]]
    let moments, propensities: [[Double]]
  }

  struct Reference: Decodable {
    let linearKnown, linearUnknown: Linear
    let linUCB: [[Double]]
    let obp: Obp
    let modes: Modes
    let sequential: [[Double]]
    let diagonal1, diagonal20: Diagonal
    let posteriors: [Posterior]
  }

  static let features = ContextFeatures(crossing: [3, 2])

  let reference: Reference

  init() throws {
    reference = try JSONDecoder().decode(
      Reference.self, from: ReferenceFile.data("contextual.json"))
  }

  /// Teaches a policy whether the sessions were saved, or their margin.
  func teach(_ policy: inout some Policy, margin: Bool = false) {
    for i in 0..<120 {
      let arm = i % 3
      let context = Context(cell: (i / 3 + i / 5 * 3 + i / 11) % 6)
      let saved = i * 7 % 11 < 2 + 2 * arm ? 1.0 : 0
      let level = Self.features.values[context.cell * 4 + 1]
      let worth = Double(i * 37 % 101) / 20 - 1 + Double(arm) * level
      policy.learn(Arm(arm), reward: margin ? worth : saved, in: context)
    }
  }

  /// The greatest distance of some numbers from what they should be.
  static func distance(_ found: [Double], _ expected: [Double]) -> Double {
    #expect(found.count == expected.count)
    return zip(found, expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }
}
