internal import Segments

/// Everything that is found of differences between customers.
public struct SegmentFindings: Sendable {
  /// Rules, cells and leaves in which an arm does otherwise.
  public internal(set) var segments: [SegmentRow] = []
  /// The coefficients and tests of regressions.
  public internal(set) var models: [ModelRow] = []
  /// How well effects on customers are predicted.
  public internal(set) var uplift: [UpliftRow] = []
  /// What is to be said of each part as a whole, in sentences.
  public internal(set) var notes: [SegmentNote] = []
  /// Why nothing was looked for, if so.
  public internal(set) var refusal: String?
  /// Why effects were not looked for, where only differences are reported.
  public internal(set) var confounding: String?
  /// What is to be shown to customers, or why nothing is known of effects.
  var policy: Result<ShallowPolicy, SegmentRefusal> = .failure(SegmentRefusal("not looked for"))

  /// The leaves of the optimal shallow policy.
  public var policyTree: [PolicyTreeRow] { policy.rows }

  /// The values of that policy and of the best single arm.
  public var policyValues: [PolicyRow] { policy.values }
}

/// A sentence about a part of what was found.
public struct SegmentNote: FlatRow, Hashable {
  /// The part: `rules`, `cells`, `tree`, `models`, `uplift`, `policy`.
  public let part: String
  /// The sentence.
  public let note: String

  public static let columns: [Column<SegmentNote>] = [
    Column("part") { .init($0.part) }, Column("note") { .init($0.note) },
  ]
}

/// Looks for differences between customers in all ways that a plan asks for.
///
/// Plain differences are reported of any log. Whatever speaks of effects rests on arms that were drawn at
/// random, or on logged chances, and is refused elsewhere.
struct SegmentAnalysis {
  let log: EncodedLog
  let plan: RunPlan

  /// - Complexity: That of the parts; regressions and trees dominate.
  func run() async -> SegmentFindings {
    var findings = SegmentFindings()
    do throws(SegmentRefusal) {
      let sample = try SegmentSample(log, plan: plan)
      findings.confounding = sample.assignment.refusal
      let models = ModelFindings(sample)
      findings.models = models.rows
      findings.add([], models.notes, of: "models")
      let rules = try RuleFindings(sample)
      findings.add(rules.rows, rules.notes, of: "rules")
      let cells = await CellFindings(sample)
      findings.add(cells.rows, cells.notes, of: "cells")
      await addEffects(sample, to: &findings)
    } catch {
      findings.refusal = error.sentence
      findings.policy = .failure(error)
    }
    return findings
  }

  /// The policy alone.
  func policy() -> Result<ShallowPolicy, SegmentRefusal> {
    Result { () throws(SegmentRefusal) in
      let sample = try policySample(try SegmentSample(log, plan: plan))
      return try policy(sample, try scores(sample))
    }
  }

  /// The sessions by what the policy is to make great: the metric, or the net margin.
  private func policySample(_ sample: SegmentSample) throws(SegmentRefusal) -> SegmentSample {
    guard let months = plan.segments.policy.netMarginMonths else { return sample }
    return try SegmentSample(margins: months, of: log, plan: plan)
  }

  /// What needs chances of the arms: trees, predictions and a policy.
  private func addEffects(_ sample: SegmentSample, to findings: inout SegmentFindings) async {
    let scores: ActionScores
    do throws(SegmentRefusal) {
      scores = try self.scores(sample)
    } catch {
      findings.policy = .failure(error)
      if findings.confounding == nil { findings.add([], [error.sentence], of: "policy") }
      return
    }
    if plan.segments.treeDepth > 0 {
      let trees = await TreeFindings(sample, scores)
      findings.add(trees.rows, trees.notes, of: "tree")
    }
    let uplift = await UpliftFindings(sample, scores)
    findings.uplift = uplift.rows
    findings.add([], uplift.notes, of: "uplift")
    do throws(SegmentRefusal) {
      let margins = try policySample(sample)
      let isMetric = margins.metric == sample.metric
      let policy = try policy(margins, isMetric ? scores : try self.scores(margins))
      findings.add([], policy.notes, of: "policy")
      findings.policy = .success(policy)
    } catch {
      findings.policy = .failure(error)
      findings.add([], [error.sentence], of: "policy")
    }
  }

  private func scores(_ sample: SegmentSample) throws(SegmentRefusal) -> ActionScores {
    if let refusal = sample.assignment.refusal { throw SegmentRefusal(refusal) }
    var scoring = DoublyRobustScoring()
    scoring.seed = plan.seed
    do throws(SegmentError) {
      return try scoring.scores(of: sample.data, sample.assignment.propensities ?? .shares)
    } catch {
      throw SegmentRefusal("no doubly robust scores: \(SegmentRefusal(error).sentence)")
    }
  }

  private func policy(
    _ sample: SegmentSample, _ scores: ActionScores
  ) throws(SegmentRefusal) -> ShallowPolicy {
    guard plan.segments.policy.depth > 0 else {
      throw SegmentRefusal("no policy: the plan's segments.policy.depth is 0")
    }
    do throws(SegmentError) {
      return try ShallowPolicy(sample, scores)
    } catch {
      throw SegmentRefusal("no policy: \(SegmentRefusal(error).sentence)")
    }
  }
}

extension SegmentFindings {
  fileprivate mutating func add(_ rows: [SegmentRow], _ notes: [String], of part: String) {
    segments += rows
    self.notes += notes.map { SegmentNote(part: part, note: $0) }
  }
}
