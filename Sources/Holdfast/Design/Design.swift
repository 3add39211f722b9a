internal import Inference

/// The answers to a plan of an experiment: a row for each combination of what it asks.
///
/// The rows depend on the plan, and on the log that it may name, alone.
public struct Design: Sendable {
  /// The plan.
  public let plan: DesignPlan

  /// Prepares the answers.
  public init(_ plan: DesignPlan) { self.plan = plan }

  /// The rows in the order of the plan's values; last come those that the plan did not ask for.
  ///
  /// Where sessions are solved for and shared otherwise than is best, the best shares are offered as
  /// one row more for each.
  ///
  /// - Throws: `SessionError` or ``RunError`` if a log is named and cannot be used.
  public func rows(_ watch: @escaping (Run.Stage) -> Void = { _ in }) throws -> [DesignRow] {
    let questions = plan.questions(try DesignEvidence(plan, watch))
    let asked = questions.map { DesignRow($0) }
    guard questions.count <= Self.longestOffer else { return asked }
    return asked + zip(questions, asked).compactMap(Self.offer)
  }

  private static let longestOffer = 10

  /// The same question with the best shares, if that saves sessions.
  private static func offer(_ question: DesignQuestion, _ row: DesignRow) -> DesignRow? {
    guard case .sessions = question.target, let total = row.total else { return nil }
    var best = question
    best.allocation = .optimal(offers: question.offers, question.baseline)
    guard best.allocation != question.allocation else { return nil }
    best.choice =
      "offered: the shares with the fewest sessions, "
      + "\(Decimals.percent(best.allocation.control, 1)) for the control"
    let offer = DesignRow(best)
    return (offer.total ?? total) < total ? offer : nil
  }
}
