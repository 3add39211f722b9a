import LinearAlgebra
import Segments
import Testing

/// Choices among classes, in order or within strata, that have no finite maximum, by hand.
@Suite struct ChoiceSeparationTests {
  static let ones = Array(repeating: 1.0, count: 6)
  static let rising = [1.0, 2, 3, 4, 5, 6]

  /// Two classes are separated as a binary outcome is.
  @Test(arguments: [[0, 0, 0, 1, 1, 1], [0, 0, 1, 0, 1, 1], [0, 0, 1, 1, 1, 1]] as [[Int32]])
  func twoClassesAreSeparatedAsAnOutcomeIs(classes: [Int32]) throws {
    let x = DenseMatrix(columns: [Self.ones, Self.rising])
    let binary = try NewtonSolver().fit(x, classes.map { Double($0) })
    let choice = try MultinomialRegression(x, classes: classes, classCount: 2)
    let ordinal = try ProportionalOddsRegression(
      DenseMatrix(columns: [Self.rising]), classes: classes, classCount: 2)
    #expect(choice.status == binary.status)
    switch binary.status {
    case .separated(let columns):
      // The ordinal regression has its intercept, the cutpoint, last.
      #expect(ordinal.status == .separated(columns: columns.map { 1 - $0 }.sorted()))
    default: #expect(ordinal.status == binary.status && binary.status == .converged)
    }
  }

  /// Class 1 never shows where the indicator is 1: its coefficient falls without end, and no other does.
  @Test func aClassThatAPatternLacksIsNamed() throws {
    let indicator = [0.0, 0, 0, 0, 0, 0, 1, 1, 1, 1]
    let x = DenseMatrix(columns: [Array(repeating: 1, count: 10), indicator])
    let classes: [Int32] = [0, 1, 2, 0, 1, 2, 0, 2, 0, 2]
    let fit = try MultinomialRegression(x, classes: classes, classCount: 3)
    #expect(fit.status == .separated(columns: [1]))
    #expect(throws: FitError.notConverged(fit.status)) { try fit.modelCovariance() }
    // With one session of class 1 there the maximum is finite.
    let whole = try MultinomialRegression(
      DenseMatrix(columns: [Array(repeating: 1, count: 11), indicator + [1]]),
      classes: classes + [1], classCount: 3)
    #expect(whole.status == .converged)
    // A row of no weight does not bound it.
    let weightless = try MultinomialRegression(
      DenseMatrix(columns: [Array(repeating: 1, count: 11), indicator + [1]]),
      classes: classes + [1], classCount: 3, weights: Array(repeating: 1, count: 10) + [0])
    #expect(weightless.status == .separated(columns: [1]))
  }

  /// Three classes along a line are parted, and every coefficient but what fixes the scale runs away.
  @Test func classesAlongALineAreParted() throws {
    let x = DenseMatrix(columns: [Self.ones, Self.rising])
    let classes: [Int32] = [0, 0, 1, 1, 2, 2]
    guard
      case .separated(let columns) =
        try MultinomialRegression(x, classes: classes, classCount: 3).status
    else {
      Issue.record("the classes are parted")
      return
    }
    #expect(Set([1, 3]).isSubset(of: columns))
    let ordinal = try ProportionalOddsRegression(
      DenseMatrix(columns: [Self.rising]), classes: classes, classCount: 3)
    #expect(ordinal.status == .separated(columns: [0, 1, 2]))
  }

  /// Where the indicator is 1 all are in the highest class: its coefficient alone grows without end.
  @Test func aPatternAtTheTopIsNamed() throws {
    let indicator = [0.0, 0, 0, 0, 0, 0, 1, 1]
    let other = [0.3, 0.1, 0.8, 0.2, 0.9, 0.4, 0.5, 0.6]
    let fit = try ProportionalOddsRegression(
      DenseMatrix(columns: [other, indicator]), classes: [0, 1, 2, 0, 1, 2, 2, 2], classCount: 3)
    #expect(fit.status == .separated(columns: [1]))
    let overlapping = try ProportionalOddsRegression(
      DenseMatrix(columns: [other, indicator]), classes: [0, 1, 2, 0, 1, 2, 2, 1], classCount: 3)
    #expect(overlapping.status == .converged)
  }

  /// In each stratum the saved session is the greater of the two in the second column; the first overlaps.
  @Test func strataThatAreRankedAreNamed() throws {
    let strata: [UInt64] = [1, 1, 2, 2, 3, 3, 4, 4]
    let outcomes = [1.0, 0, 1, 0, 1, 0, 1, 0]
    let overlapping = [1.0, 2, 5, 3, 0, 2, 4, 1]
    // Of strata 3 and 4 one has a rise and one a fall in the first column, and neither in the second.
    let ranked = [1.0, 0, 1, 0, 2, 2, 5, 5]
    let fit = try ConditionalLogisticRegression(
      DenseMatrix(columns: [overlapping, ranked]), outcomes, strata: strata)
    #expect(fit.status == .separated(columns: [1]))
    let alone = try ConditionalLogisticRegression(
      DenseMatrix(columns: [overlapping]), outcomes, strata: strata)
    #expect(alone.status == .converged)
  }
}
