import Bandits
import Probability
import Testing

@Suite struct FlooredTests {
  @Test func theFloorOfThompsonSamplingIsTheSame() {
    var floored = Floored(ThompsonSampling(armCount: 3), floor: 0.05)
    var builtIn = ThompsonSampling(armCount: 3, floor: 0.05)
    var streams = (
      Philox(StreamKey(seed: 8, purpose: .policy)), Philox(StreamKey(seed: 8, purpose: .policy))
    )
    for step in 0..<200 {
      let arm = floored.choose(in: Context(), using: &streams.0)
      #expect(arm == builtIn.choose(in: Context(), using: &streams.1))
      floored.learn(arm, reward: Double(step % 2), in: Context())
      builtIn.learn(arm, reward: Double(step % 2), in: Context())
    }
    #expect(floored.propensities(in: Context()) == builtIn.propensities(in: Context()))
  }
}
