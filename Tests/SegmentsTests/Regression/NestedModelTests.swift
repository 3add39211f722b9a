import LinearAlgebra
import Segments
import TestSupport
import Testing

@Suite struct NestedModelTests {
  // R 4.2.2: anova(test = "LRT"), anova(test = "Rao") and lmtest::waldtest of
  // GRADE ~ GPA + TUCE + PSI against GRADE ~ GPA + TUCE.
  @Test func theThreeClassicalTestsAgreeWithR() throws {
    let (design, likelihood) = try RegressionCase.spector.model()
    let full = try NewtonSolver().fit(design.matrix, likelihood)
    let reduced = try NewtonSolver().fit(
      HorizontalMatrix(Array(design.parts.dropLast())), likelihood)

    let ratio = try LikelihoodRatioTest(full: full, reduced: reduced)
    #expect(ratio.degreesOfFreedom == 1)
    #expect(relativeError(ratio.statistic, 6.20369762153179) < 1e-8)
    #expect(relativeError(ratio.pValue, 0.0127483714353859) < 1e-8)

    let score = try ScoreTest(reduced, leavingOut: [3], of: design.matrix, likelihood)
    #expect(relativeError(score.statistic, 6.02349757620539) < 1e-8)
    #expect(relativeError(score.pValue, 0.0141166433791004) < 1e-8)

    let wald = try #require(full.wald(coefficient: 3, covariance: full.modelCovariance()))
    #expect(relativeError(wald.z * wald.z, 4.99264950144669) < 1e-7)
    #expect(relativeError(wald.pValue(), 0.025455204349197) < 1e-7)
  }

  // R 4.2.2, anova(test = "LRT"): low ~ smoke * race + lwt + ptd against smoke + race + lwt + ptd.
  @Test func anInteractionOfTwoCategoriesAgreesWithR() throws {
    let table = try CSVTable(reference: "birthwt.csv")
    let likelihood = try LogisticLikelihood(table.numbers("low"))
    let race = CategoricalMatrix(
      codes: try table.codes("race", ["white", "black", "other"]), levelCount: 3)
    let smoke = CategoricalMatrix(codes: try table.codes("smoke", ["0", "1"]), levelCount: 2)
    let numbers = DenseMatrix(columns: [try table.numbers("lwt"), try table.numbers("ptd")])
    let main: [HorizontalMatrix.Part] = [
      .categorical(.intercept(rows: numbers.rowCount)), .categorical(race), .categorical(smoke),
      .dense(numbers),
    ]
    let reduced = try NewtonSolver().fit(HorizontalMatrix(main), likelihood)
    let full = try NewtonSolver().fit(
      HorizontalMatrix(main + [.categorical(smoke.crossed(with: race))]), likelihood)
    let test = try LikelihoodRatioTest(full: full, reduced: reduced)
    #expect(test.degreesOfFreedom == 2)
    #expect(relativeError(test.statistic, 2.49561839415617) < 1e-7)
    #expect(relativeError(test.pValue, 0.28713316046538) < 1e-7)
  }
}
