import Bandits
import Foundation
import TestSupport
import Testing

/// The estimators of pages against obp 0.5.7 and NumPy on 400 pages of three slots and four offers.
///
/// `Reference/fixture_slates.py` made the pages and the numbers.
@Suite struct SlateFixtureTests {
  let log: SlateLog
  let logging: PlackettLuce
  let target: PlackettLuce
  let expected: Expected
  /// What a page is said to earn from a slot on; wrong on purpose.
  let models = (0..<3).map { slot in
    let values = (0..<12).map { place in
      let (cell, arm) = (Double(place / 4), place % 4)
      return 0.9 - 0.2 * Double(slot) + 0.05 * cell + 0.1 * Double((arm * 2 + slot) % 3)
    }
    return RewardModel(ActionTable(cellCount: 3, armCount: 4, values: values))
  }

  struct Expected: Decodable {
    let values, standardErrors, effectiveSampleSizes: [String: Double]
  }

  init() throws {
    let rows = try ReferenceFile.numbers("fixture_slates.csv")
    log = try SlateLog(
      cells: rows.map { Int32($0[0]) }, arms: rows.flatMap { $0[1...3].map { Int32($0) } },
      rewards: rows.flatMap { $0[4...6] },
      propensities: SlatePropensities(
        cascade: rows.flatMap { $0[7...9] }, marginal: rows.flatMap { $0[10...12] }),
      slotCount: 3, armCount: 4, cellCount: 3)
    func policy(_ weights: [Double]) throws -> PlackettLuce {
      try PlackettLuce(
        weights: ActionTable(cellCount: 3, armCount: 4, values: weights), slotCount: 3)
    }
    logging = try policy([4, 2, 1, 1, 1, 1, 1, 1, 1, 3, 2, 2])
    target = try policy([1, 2, 2, 1, 1, 2, 4, 1, 2, 1, 2, 1])
    expected = try JSONDecoder().decode(
      Expected.self, from: try ReferenceFile.data("fixture_slates_expected.json"))
  }

  @Test(arguments: SlateEstimatorCatalogue.entries)
  func valuesAndErrors(_ entry: SlateEstimatorCatalogue.Entry) throws {
    let estimator = entry.make(models, logging, EvidenceFloors())
    let estimate = try estimator.estimate(target, on: log)
    let value = try #require(expected.values[estimator.name])
    let error = try #require(expected.standardErrors[estimator.name])
    #expect(relativeError(estimate.value, value) < 1e-12)
    #expect(relativeError(estimate.standardError, error) < 1e-12)
    if let size = expected.effectiveSampleSizes[estimator.name] {
      #expect(relativeError(estimate.effectiveSampleSize, size) < 1e-12)
    }
    #expect(estimate.sampleSize == 400)
  }

  @Test func theRecordedPropensitiesAreThoseOfTheLogger() {
    let own = SlatePropensities(of: logging, arms: log.arms, cells: log.cells)
    for (found, expected) in zip(own.cascade, log.propensities.cascade) {
      #expect(relativeError(found, expected) < 1e-14)
    }
    for (found, expected) in zip(own.marginal, log.propensities.marginal) {
      #expect(relativeError(found, expected) < 1e-14)
    }
  }
}
