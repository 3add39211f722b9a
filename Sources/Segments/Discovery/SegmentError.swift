/// Why sessions cannot be searched for segments.
public enum SegmentError: Error, Hashable {
  /// A column has another length than there are sessions.
  case lengthMismatch(column: String, count: Int, sessions: Int)
  /// A session's arm is none of those named.
  case unknownArm(row: Int, code: Int32)
  /// A session's level is none of those named.
  case unknownLevel(covariate: String, row: Int, code: Int32)
  /// A reward is not finite.
  case rewardNotFinite(row: Int)
  /// A number that is said to be present is not finite.
  case numberNotFinite(covariate: String, row: Int)
  /// Two levels of a covariate read alike, so that a rule could not tell them apart.
  case duplicateLevel(covariate: String, level: String)
  /// Two covariates carry one name.
  case duplicateCovariate(String)
  /// No covariate has this name.
  case unknownCovariate(String)
  /// A covariate of a rule is a category where the rule compares numbers, or the reverse.
  case wrongKind(covariate: String)
  /// There are fewer than two arms with sessions.
  case tooFewArms(Int)
  /// The baseline has no session.
  case noBaseline(arm: String)
  /// A score is not finite.
  case scoreNotFinite(row: Int, arm: String)
  /// A chance of being shown an arm lies outside 0...1, or is zero.
  case propensityOutOfRange(row: Int, arm: String)
  /// No session that a model learns from was shown this arm.
  case noSessions(arm: String)
  /// There are fewer sessions, or customers, than the answer needs.
  case tooFewSessions(count: Int, needed: Int)
  /// A regression that an answer rests on could not be fitted.
  case regression(FitError)
}
