import Inference
import TestSupport
import Testing

struct AutocorrelationTests {
  @Test func alternatingValuesAreOpposed() throws {
    #expect(relativeError(try autocorrelation([1e9, 1e9 + 1, 1e9, 1e9 + 1]), -0.75) < 1e-15)
    #expect(relativeError(try autocorrelation([0, 1, 0, 1], lag: 2), 0.5) < 1e-15)
    #expect(try autocorrelation([0, 1], lag: 5) == 0)
  }

  @Test func equalValuesHaveNone() {
    #expect(throws: InferenceError.noVariation) { try autocorrelation([3, 3, 3]) }
    #expect(throws: InferenceError.noVariation) { try autocorrelation([]) }
  }
}
