internal import Inference

/// What each choice of a design costs: the sessions with it over those without it.
///
/// The choices are taken one after another, from equal arms that are compared once at the whole error
/// and whose sessions are independent; so the product of the factors is the whole price.
public struct DesignInflation: Hashable, Sendable {
  /// Unequal arms, over equal ones.
  public var allocation: Double?
  /// The correction for several offers.
  public var adjustment: Double?
  /// The looks before the last.
  public var looks: Double?
  /// Clusters of sessions: the design effect.
  public var clusters: Double?

  /// The product of all factors.
  public var total: Double? {
    let factors = [allocation, adjustment, looks, clusters].compactMap(\.self)
    return factors.isEmpty ? nil : factors.reduce(1, *)
  }

  /// Asks the question of a design again, with one choice more each time.
  init(_ question: DesignQuestion) {
    guard case .sessions = question.target, question.entry.greatestArm == nil else { return }
    var plain = question
    plain.allocation = .equal(offers: question.offers)
    plain.adjustment = .unadjusted
    plain.looks = nil
    plain.clusters = nil
    // A test that is valid at every look is, without its looks, the same statistic looked at once.
    if question.entry.looks == .always, let once = question.entry.lookedAtOnce {
      plain.entry = once
    }
    var before = Self.total(plain)
    func factor(_ change: (inout DesignQuestion) -> Void) -> Double? {
      change(&plain)
      let after = Self.total(plain)
      defer { before = after }
      guard let before, let after else { return nil }
      return after / before
    }
    if question.allocation != plain.allocation {
      allocation = factor { $0.allocation = question.allocation }
    }
    if question.offers > 1, question.adjustment != .unadjusted {
      adjustment = factor { $0.adjustment = question.adjustment }
    }
    if question.looks != nil || question.entry.looks == .always {
      looks = factor {
        $0.looks = question.looks
        $0.entry = question.entry
      }
    }
    if question.clusters != nil { clusters = factor { $0.clusters = question.clusters } }
  }

  private static func total(_ question: DesignQuestion) -> Double? {
    (try? DesignAnswer(question))?.exactTotal
  }
}

extension DesignCatalogue.Entry {
  /// The same statistic, looked at once, of a test that is valid at every look.
  fileprivate var lookedAtOnce: Self? {
    let name =
      switch (need, scale) {
      case (.rate, .difference): "unpooledZ"
      case (.moments, .difference): "welch"
      case (_, .relativeLift): "deltaLift"
      default: nil as String?
      }
    return name.flatMap { name in
      DesignCatalogue.all.first { $0.name == name && $0.need == need }
    }
  }
}
