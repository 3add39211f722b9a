import Foundation
import Inference
import Probability
import Testing

/// Error under continuous peeking, by simulation: a boundary that is right is hardly ever crossed under
/// the null, however often one looks, and is crossed in time when there is an effect.
@Suite struct SequentialCalibrationTests {
  /// The share of runs that ever reject, and when the median one does.
  struct Outcome {
    let runs: Int
    let rejected: Int
    let medianStop: Int?

    var share: Double { Double(rejected) / Double(runs) }
    /// The lower end of a one-sided 99.99 % interval of the true share.
    var surely: Double {
      rejected == 0
        ? 0 : RegularizedBeta(Double(rejected), Double(runs - rejected + 1)).inverseLower(1e-4)
    }
  }

  /// Runs a test many times; a run says at which look it rejects, if at any.
  static func simulate(
    runs: Int, seed: UInt64, _ run: (inout Philox) -> Int?
  ) -> Outcome {
    let key = StreamKey(seed: seed, purpose: .world)
    var stops: [Int] = []
    for index in 0..<runs {
      var rng = Philox(key.child(UInt64(index)))
      if let stop = run(&rng) { stops.append(stop) }
    }
    stops.sort()
    let half = runs / 2
    return Outcome(
      runs: runs, rejected: stops.count, medianStop: stops.count > half ? stops[half] : nil)
  }

  /// Looks after every pair of normal outcomes; the multiplier is kept for the looks.
  static func peekAtMeans(drift: Double, looks: Int, runs: Int, seed: UInt64) -> Outcome {
    let limits = (1...looks).map { count in
      let effect = EffectEstimate(0, standardError: 1, sessions: Double(count))
      return AlwaysValidTest(effect, tunedFor: 250).multiplier(alpha: 0.05)
    }
    return simulate(runs: runs, seed: seed) { rng in
      var sum = 0.0
      for look in 1...looks {
        sum += StandardNormal.draw(using: &rng) + drift
        if abs(sum) >= limits[look - 1] * Double(look).squareRoot() { return look }
      }
      return nil
    }
  }

  @Test func theNormalMixtureKeepsItsError() throws {
    let null = Self.peekAtMeans(drift: 0, looks: 1_000, runs: 4_000, seed: 11)
    #expect(null.surely <= 0.05)
    #expect(null.share > 0.01, "a test that never rejects is valid and useless")
    // Half of the runs find a quarter of a standard deviation within about 155 looks.
    let effect = Self.peekAtMeans(drift: 0.25, looks: 1_000, runs: 1_000, seed: 12)
    let median = try #require(effect.medianStop)
    #expect((130...185).contains(median), "\(median)")
  }

  /// The positive control: a fixed critical value at five looks rejects 14.17 % of true nulls.
  @Test func naivePeekingIsCaught() {
    let naive = Self.simulate(runs: 20_000, seed: 13) { rng in
      var sum = 0.0
      for look in 1...5 {
        sum += StandardNormal.draw(using: &rng)
        if abs(sum) >= 1.959963984540054 * Double(look).squareRoot() { return look }
      }
      return nil
    }
    #expect(abs(naive.share - 0.14169) < 0.0096)
    #expect(naive.surely > 0.05)
  }

  /// From tallies, at a low rate and with unequal arms, where the normal approximation is at its worst.
  @Test func tallies() throws {
    let null = Self.simulate(runs: 400, seed: 14) { rng in
      var (offer, control) = (Tally(), Tally())
      for look in 1...400 {
        for _ in 0..<5 { offer.add(success: rng.uniform() < 0.1) }
        for _ in 0..<20 { control.add(success: rng.uniform() < 0.1) }
        // The sequence is asymptotic: it starts when both arms have some successes.
        guard min(offer.successes, control.successes) >= 10 else { continue }
        if let test = try? AlwaysValidTest(offer: offer, control: control), test.pValue() < 0.05 {
          return look
        }
      }
      return nil
    }
    #expect(null.surely <= 0.05)
  }

  @Test func theBernoulliSequenceCoversAtEveryLook() {
    let sequence = BernoulliConfidenceSequence(tunedFor: 200)
    let threshold = log(1 / 0.05)
    for (p, seed) in [(0.005, 15), (0.3, 16)] {
      let missed = Self.simulate(runs: 2_000, seed: UInt64(seed)) { rng in
        var tally = Tally()
        for look in 1...500 {
          tally.add(success: rng.uniform() < p)
          if sequence.logEValue(tally, against: p) >= threshold { return look }
        }
        return nil
      }
      #expect(missed.surely <= 0.05)
      #expect(missed.share > (p < 0.1 ? 0.0002 : 0.005), "\(p) \(missed.share)")
    }
  }

  @Test func bettingCoversAtEveryLook() throws {
    let missed = Self.simulate(runs: 200, seed: 17) { rng in
      var sequence = BettingConfidenceSequence()
      for look in 1...150 {
        let u = rng.uniform()
        sequence.add(u * u * u)
        if sequence.logEValue(against: 0.25) >= log(1 / 0.05) { return look }
      }
      return nil
    }
    #expect(missed.surely <= 0.05)
    let found = Self.simulate(runs: 200, seed: 18) { rng in
      var sequence = BettingConfidenceSequence()
      for look in 1...300 {
        let u = rng.uniform()
        sequence.add(u * u * u)
        if sequence.logEValue(against: 0.4) >= log(1 / 0.05) { return look }
      }
      return nil
    }
    let median = try #require(found.medianStop)
    #expect((20...60).contains(median), "\(median)")
  }

  @Test func theSampleRatioIsWatched() throws {
    func watch(_ share: Double, seed: UInt64) throws -> Outcome {
      let fresh = try SequentialSampleRatioTest(weights: [0.5, 0.5])
      return Self.simulate(runs: 1_000, seed: seed) { rng in
        var (test, counts) = (fresh, [0, 0])
        for look in 1...1_000 {
          counts[rng.uniform() < share ? 0 : 1] += 1
          try? test.look(at: counts)
          if test.pValue < 0.05 { return look }
        }
        return nil
      }
    }
    let null = try watch(0.5, seed: 19)
    #expect(null.surely <= 0.05 && null.share > 0.005)
    let broken = try watch(0.57, seed: 20)
    #expect((250...600).contains(try #require(broken.medianStop)))
  }

  /// Looks at times that nobody planned: O'Brien–Fleming spending keeps its error, the adjusted interval
  /// its coverage, and the adjusted estimate its median; the naive estimate after a stop does not.
  @Test func groupSequentialLooksAtRandomTimes() throws {
    let design = GroupSequentialDesign(times: [0.5, 1], spending: .pocock)
    let drift = 2.5
    var (covered, above, naiveAbove, runs) = (0, 0, 0, 0)
    let key = StreamKey(seed: 21, purpose: .world)
    for index in 0..<150 {
      var rng = Philox(key.child(UInt64(index)))
      let times = [0.2 + 0.2 * rng.uniform(), 0.5 + 0.3 * rng.uniform(), 1]
      var (sum, before) = (0.0, 0.0)
      let looks = times.map { time in
        let gain = time - before
        sum += drift * gain + gain.squareRoot() * StandardNormal.draw(using: &rng)
        before = time
        let effect = EffectEstimate(
          sum / time, standardError: 1 / time.squareRoot(), sessions: 1_000 * time)
        return GroupSequentialAnalysis.Look(effect, time: time)
      }
      let analysis = try GroupSequentialAnalysis(design, looks: looks)
      let test = try #require(analysis.final)
      runs += 1
      covered += test.interval(level: 0.9).contains(drift) ? 1 : 0
      above += test.estimate > drift ? 1 : 0
      naiveAbove += analysis.repeated.estimate > drift ? 1 : 0
    }
    // 3.89 standard errors of 150 runs.
    #expect(abs(Double(covered) / Double(runs) - 0.9) < 0.096)
    #expect(abs(Double(above) / Double(runs) - 0.5) < 0.16)
    #expect(naiveAbove > above)
  }
}
