import Foundation
import Holdfast
import Inference
import Probability
import Sessions
import Testing

/// Many experiments by their counts: how they are laid out, what is refused, and what is said of all.
@Suite struct ExperimentsTests {
  private static let head = "test,arm,shown,kept\n"
  private static let rows = [
    "a,none,1000,100", "a,gift,1000,150", "b,none,2000,300", "b,gift,2000,310",
    "b,mail,2000,250", "c,none,900,90", "c,gift,1500,150",
  ]
  private static let columns = "{experiment: test, arm: arm, trials: shown, successes: kept"

  private func run(
    _ rows: [String] = Self.rows, head: String = Self.head, plan: String = Self.columns,
    _ more: String = ""
  ) throws -> Experiments {
    let folder = try TemporaryFolder()
    try folder.write(head + rows.joined(separator: "\n") + "\n", to: "counts.csv")
    let file = try folder.write("\(plan), counts: counts.csv\(more)}", to: "plan.yaml")
    return try Experiments(ExperimentsPlan(contentsOf: file, environment: [:]))
  }

  @Test func eachArmIsComparedAndAdjustedOverAll() throws {
    let rows = try run().rows
    #expect(rows.map(\.experiment) == ["a", "b", "b", "c"])
    #expect(rows.map(\.arm) == ["gift", "gift", "mail", "gift"])
    let test = try PooledZTest(
      offer: Tally(successes: 150, trials: 1_000), control: Tally(successes: 100, trials: 1_000))
    #expect(rows[0].pValue == test.pValue() && rows[0].estimate.value == test.estimate)
    let adjusted = Multiplicity.benjaminiHochberg.adjust(rows.map(\.pValue))
    #expect(rows.map(\.adjustedPValue) == adjusted)
    let ratio = try SampleRatioTest(observed: [900, 1_500], weights: [1, 1])
    #expect(rows[3].sampleRatioPValue == ratio.pValue)
    #expect(rows.map(\.verdict) == [.better, .unclear, .worse, .mismatch])
    #expect(rows[3].warnings.first?.hasPrefix("sample ratio mismatch: p ") == true)
  }

  @Test func differencesAreDrawnTowardsEachOther() throws {
    let run = try run()
    let effects = try run.rows.map { try #require($0.difference) }
    let wanted = try NormalShrinkage(
      estimates: effects.map(\.value), standardErrors: effects.map(\.standardError))
    #expect(run.shrinkage == wanted)
    #expect(run.rows.map { $0.shrunken?.value } == wanted.effects.map(\.mean))
  }

  /// The order of rows tells which arm is first, and nothing else.
  @Test func rowsMayStandInAnyOrder() throws {
    let named = ", baseline: {arm: none}"
    let wanted = try run(Self.rows, named).rows
    #expect(try run(Self.rows.reversed(), named).rows.sorted(by: Self.byName) == wanted)
    #expect(try run(Self.rows.reversed()).rows[0].baseline == "gift")
  }

  private static func byName(_ left: ExperimentRow, _ right: ExperimentRow) -> Bool {
    (left.experiment, left.arm) < (right.experiment, right.arm)
  }

  @Test func armsMayStandSideBySide() throws {
    let run = try run(
      ["a,1000,1000,100,150", "c,900,1500,90,150"], head: "test,n0,n1,x0,x1\n",
      plan: """
        {experiment: test, arms: {none: {trials: n0, successes: x0},
        gift: {trials: n1, successes: x1}}
        """)
    let wanted = try self.run(Self.rows.filter { !$0.hasPrefix("b") })
    #expect(run.rows == wanted.rows)
  }

  @Test func momentsAreComparedByWelch() throws {
    let run = try run(
      ["a,none,10,2.5,1.5", "a,gift,12,3.5,2.5"], head: "test,arm,n,mean,var\n",
      plan: "{experiment: test, arm: arm, count: n, mean: mean, variance: var")
    let test = try WelchTest(
      offer: Moments(count: 12, mean: 3.5, sumOfSquaredDeviations: 27.5),
      control: Moments(count: 10, mean: 2.5, sumOfSquaredDeviations: 13.5))
    #expect(run.rows[0].pValue == test.pValue() && run.rows[0].choice.hasPrefix("chosen: means"))
    #expect(run.rows[0].shrunken == nil && run.shrinkage == nil)
  }

  @Test func namedTestsAreFamiliesOfTheirOwn() throws {
    let rows = try run(Self.rows, ", tests: [pooledZ, logRatio], adjustment: holm").rows
    #expect(rows.count == 8)
    let ratios = rows.filter { $0.method.hasPrefix("log") }
    #expect(ratios.map(\.adjustedPValue) == Multiplicity.holm.adjust(ratios.map(\.pValue)))
    #expect(ratios.allSatisfy { $0.adjustment == "holm over 4 comparisons" })
    #expect(ratios.map(\.shrunken) == rows.filter { $0.method.hasPrefix("pooled") }.map(\.shrunken))
  }

  @Test(arguments: [
    (["x,none,10,3", "x,gift,10,11"], "gift: 11 successes are more than the 10 sessions"),
    (["x,none,10,3", "x,gift,-1,0"], "gift: shown is -1.0, which counts nothing"),
    (["x,none,10,2.5", "x,gift,10,1"], "none: kept is 2.5, which counts nothing"),
    (["x,none,10,", "x,gift,10,1"], "none: there is no value in kept"),
    (["x,none,10,3"], "no contrast: there is one arm"),
    (["x,none,10,3", "x,none,10,3", "x,gift,9,2"], "the arm none has two rows for one look"),
    (["x,none,0,0", "x,gift,10,1"], "too few sessions: none has 0, 1 are needed"),
  ])
  func badCountsAreRefusedAndSpoilNoOther(_ rows: [String], _ refusal: String) throws {
    let run = try run(Self.rows + rows)
    let refused = run.rows.filter { $0.experiment == "x" }
    #expect(refused.map(\.estimate.refusal) == [refusal])
    #expect(refused[0].verdict == .refused && refused[0].pValue == nil)
    let others = try self.run().rows
    #expect(
      run.rows.filter { $0.experiment != "x" }.map(\.adjustedPValue) == others.map(\.adjustedPValue)
    )
    #expect(run.summaries[0].refused == 1 && run.summaries[0].experiments == 4)
  }

  @Test func wordsAmongCountsStopTheRun() throws {
    #expect(throws: RunError.self) { try self.run(Self.rows + ["x,none,many,3"]) }
    let run = try self.run(Self.rows + ["x,none,many,3"], ", maximumRejectedShare: 0.2")
    #expect(run.report.rejected == 1 && run.rows.count == 4)
  }

  @Test func aBaselineMayBeMarked() throws {
    let rows = [
      "a,1000,100,no", "a,1000,150,yes", "b,10,1,no", "b,10,2,no", "c,9,1,yes", "c,9,2,yes",
    ]
    let run = try run(
      rows, head: "test,shown,kept,live\n",
      plan: "{experiment: test, trials: shown, successes: kept",
      ", baseline: {column: live, values: [yes]}")
    #expect(run.rows[0].baseline == "arm 2" && run.rows[0].arm == "arm 1")
    #expect(run.rows[0].verdict == .worse)
    #expect(
      run.rows.dropFirst().map(\.estimate.refusal) == [
        "no baseline: no arm is marked in live", "no baseline: several arms are marked as one",
      ])
  }

  /// Two looks: the first crosses 1.96, neither crosses what may be read at every look.
  @Test func looksAreReadOnceAndAtAnyTime() throws {
    let run = try run(
      ["1,a,none,200,20", "1,a,gift,200,35", "2,a,none,2000,200", "2,a,gift,2000,215"],
      head: "day,test,arm,shown,kept\n", plan: Self.columns, ", look: day")
    #expect(run.looks.map(\.look) == [1, 2])
    let effect = try EffectEstimate(
      offer: Tally(successes: 35, trials: 200), control: Tally(successes: 20, trials: 200))
    #expect(run.looks[0].difference == effect)
    #expect(run.looks[0].alwaysValidInterval == AlwaysValidTest(effect).interval())
    let looks = try #require(run.rows[0].looks)
    #expect(looks.count == 2 && looks.naiveCrossing == 1 && looks.crossesLast == false)
    #expect(looks.alwaysValidCrossing == nil)
    #expect(run.rows[0].sessions == 2_000)
    #expect(run.summaries[0].naiveAtAnyLook == 1 && run.summaries[0].alwaysValidAtAnyLook == 0)
  }

  @Test func groupsAreSummedUpApart() throws {
    let rows = zip(Self.rows, ["1", "1", "2", "2", "2", "3", "3"]).map { "\($0),\($1)" }
    let run = try run(
      rows, head: "test,arm,shown,kept,week\n", plan: Self.columns,
      ", group: {column: week, levels: {bad: [3]}, otherwise: good}")
    #expect(run.summaries.map(\.group) == [nil, "bad", "good"])
    #expect(run.summaries.map(\.sampleRatioBelow1Percent) == [1, 1, 0])
    #expect(run.summaries.map(\.comparisons) == [4, 1, 3])
  }

  @Test(arguments: [
    ("{arm: a, trials: n, successes: x}", "counts", "required"),
    ("{counts: c.csv, arm: a, trials: n, successes: x}", "experiment", "columns that name"),
    ("{counts: c.csv, experiment: e, trials: n}", "trials", "'trials', 'successes', or"),
    (
      "{counts: c.csv, experiment: e, trials: n, successes: x, tests: [mannWhitney]}", "tests",
      "'mannWhitney' is not allowed here; expected one of: pooledZ"
    ),
    (
      "{counts: c.csv, experiment: e, count: n, mean: m, variance: v, tests: [pooledZ]}", "tests",
      "expected one of: welch"
    ),
    ("{counts: c.csv, experiment: e, trials: n, successes: x, look: d}", "arm", "with looks"),
    (
      "{counts: c.csv, experiment: e, trials: n, successes: x, baseline: {column: n, values: [1]}}",
      "baseline.column", "one of numbers already"
    ),
    ("{counts: c.csv, experiment: e, trials: n, successes: x, levle: 0.9}", "levle", "unknown key"),
  ])
  func problemsOfAPlanNameTheirKey(_ text: String, _ key: String, _ words: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(text, to: "plan.yaml")
    do throws(PlanError) {
      _ = try ExperimentsPlan(contentsOf: file, environment: [:])
      Issue.record("no problem was found")
    } catch {
      #expect(
        error.problems.contains { $0.key == key && $0.message.contains(words) }, "\(error)")
    }
  }

  @Test func theCommandPrintsRowsAndSummary() throws {
    let command = try Command()
    try command.folder.write(Self.head + Self.rows.joined(separator: "\n") + "\n", to: "counts.csv")
    try command.folder.write(Self.columns + ", counts: counts.csv}", to: "plan.yaml")
    let table = try command.run("experiments", "plan.yaml")
    #expect(table.code == 0 && table.error.isEmpty)
    #expect(table.output.contains("significant, adjusted           2 (50.0 %)"))
    let csv = try command.run("experiments", "plan.yaml", "--format", "csv")
    #expect(csv.output.split(separator: "\n").count == 5)
    let input = try command.run(
      "experiments", "plan.yaml", "--counts", "-", "--rows", "summary", "--format", "json",
      input: Self.head + "a,x,10,1\na,y,10,3\n")
    #expect(input.code == 0 && input.output.contains("\"comparisons\": 1"))
    #expect(try command.run("experiments", "plan.yaml", "--counts", "no.csv").code == 66)
  }
}
