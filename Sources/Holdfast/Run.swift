public import Sessions

/// One run of a plan: from the sessions on disk to everything that is found in them.
///
/// The findings depend on the plan, the data and the seed alone; not on the number of threads, the
/// machine's clock, or the order of the rows in the file.
public struct Run: Sendable {
  /// The plan.
  public let plan: RunPlan

  /// Prepares a run.
  public init(_ plan: RunPlan) { self.plan = plan }

  /// What a run is doing, for those who watch.
  public enum Stage: Sendable {
    case reading(SessionReader.Progress)
    case encoding
    case lift
    case proofs
    case diagnostics
    case policies
    case segments
    case recommendations
  }

  /// Reads the sessions, compares the arms, values the policies, searches segments, and recommends.
  ///
  /// - Throws: `SessionError` if the file cannot be read, ``RunError`` if the plan does not fit it.
  public func run(_ watch: @escaping (Stage) -> Void = { _ in }) async throws -> Findings {
    let table = try read(watch)
    guard table.rowCount > 0 else { throw RunError.noSessions(file: plan.sessions) }
    watch(.encoding)
    let log = try EncodedLog(table, plan: plan)
    watch(.lift)
    let lift = try await provenLift(table, log, watch)
    watch(.policies)
    let policies = await (try PolicyAnalysis(log, plan: plan)).run()
    watch(.segments)
    let segments = await SegmentAnalysis(log: log, plan: plan).run()
    watch(.recommendations)
    let recommendations = await Recommendations(log, plan: plan, policy: segments.policy)
    return Findings(
      provenance: Provenance(plan, table.report, log), sampleRatio: lift.sampleRatio,
      lift: lift.rows, proofs: lift.proofs, diagnostics: lift.diagnostics,
      policies: policies.values + segments.policyValues,
      audit: policies.audit, replays: policies.replays, adaptive: policies.adaptive,
      segments: segments, recommendations: recommendations)
  }

  /// Reads the sessions, and stops where more rows are rejected than the plan allows.
  ///
  /// - Throws: `SessionError`, or ``RunError/tooManyRejects(file:_:)``.
  public func read(_ watch: @escaping (Stage) -> Void = { _ in }) throws -> SessionTable {
    let table = try SessionReader(schema: plan.schema).read(plan.sessions) { watch(.reading($0)) }
    guard !table.report.exceeds(maximumRejectedShare: plan.maximumRejectedShare) else {
      throw RunError.tooManyRejects(file: plan.sessions, table.report)
    }
    return table
  }

  /// What is found of the arms: comparisons, each with its proof sheet, and the checks of the experiment.
  public typealias ProvenLift = (
    sampleRatio: SampleRatio, rows: [LiftRow], proofs: [ProofSheet], diagnostics: [DiagnosticRow]
  )

  /// The comparisons of arms, each with its proof sheet, and the checks of the experiment.
  ///
  /// - Complexity: That of some hundred times ``lift(_:)``.
  public func provenLift(_ watch: @escaping (Stage) -> Void = { _ in }) async throws -> ProvenLift {
    let table = try read(watch)
    watch(.lift)
    return try await provenLift(table, try EncodedLog(table, plan: plan), watch)
  }

  private func provenLift(
    _ table: SessionTable, _ log: EncodedLog, _ watch: (Stage) -> Void
  ) async throws(RunError) -> ProvenLift {
    let lift = try LiftAnalysis(log, plan: plan)
    var rows = lift.run()
    watch(.diagnostics)
    let diagnostics = DiagnosticAnalysis(log, plan: plan, sampleRatio: lift.sampleRatio).run()
    rows.warn(of: diagnostics)
    watch(.proofs)
    let proofs = await ProofAnalysis(table, log, plan: plan, lift.sampleRatio, rows).sheets()
    for index in rows.indices { rows[index].proof = proofs[index].summary }
    return (lift.sampleRatio, rows, proofs, diagnostics)
  }

  /// The comparisons of arms with the checks of the experiment, without proofs.
  public func lift(
    _ watch: @escaping (Stage) -> Void = { _ in }
  ) throws -> (sampleRatio: SampleRatio, rows: [LiftRow], diagnostics: [DiagnosticRow]) {
    let log = try EncodedLog(try read(watch), plan: plan)
    let lift = try LiftAnalysis(log, plan: plan)
    var rows = lift.run()
    watch(.diagnostics)
    let diagnostics = DiagnosticAnalysis(log, plan: plan, sampleRatio: lift.sampleRatio).run()
    rows.warn(of: diagnostics)
    return (lift.sampleRatio, rows, diagnostics)
  }

  /// The checks of the experiment alone.
  public func diagnostics(
    _ watch: @escaping (Stage) -> Void = { _ in }
  ) throws -> (sampleRatio: SampleRatio, rows: [DiagnosticRow]) {
    let log = try EncodedLog(try read(watch), plan: plan)
    watch(.diagnostics)
    let sampleRatio = try SampleRatio(log, rows: log.rows(experimentOnly: true), plan: plan)
    return (sampleRatio, DiagnosticAnalysis(log, plan: plan, sampleRatio: sampleRatio).run())
  }

  /// What differs between customers, alone.
  public func segments(
    _ watch: @escaping (Stage) -> Void = { _ in }
  ) async throws -> (provenance: Provenance, findings: SegmentFindings) {
    let table = try read(watch)
    watch(.encoding)
    let log = try EncodedLog(table, plan: plan)
    watch(.segments)
    return (
      Provenance(plan, table.report, log), await SegmentAnalysis(log: log, plan: plan).run()
    )
  }

  /// What to show each customer, with the value of the policy that says so, alone.
  public func recommendations(
    _ watch: @escaping (Stage) -> Void = { _ in }
  ) async throws -> RecommendationReport {
    let table = try read(watch)
    watch(.encoding)
    let log = try EncodedLog(table, plan: plan)
    watch(.recommendations)
    let policy = SegmentAnalysis(log: log, plan: plan).policy()
    return RecommendationReport(
      provenance: Provenance(plan, table.report, log), policy: policy,
      recommendations: await Recommendations(log, plan: plan, policy: policy))
  }
}
