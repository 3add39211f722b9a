internal import Inference

/// A question about the arms: why it is asked, of which sessions, and how it is answered.
struct LiftQuestion: Sendable {
  /// The name of the method while there is no answer.
  let title: String
  /// Why it is asked, and why so, in words that a row can carry.
  let reason: String
  /// Whether it counts how long sessions were watched, and not the metric.
  var countsWatches = false
  /// Whether a difference is one of days, and not of the metric.
  var measuresDays = false
  /// What is compared, where it is not the metric.
  var metric: String?
  /// Whether sessions of one customer may depend on each other.
  var allowsClusters = false
  /// Asks the evidence; one reply is one row.
  let ask: @Sendable (LiftEvidence) -> [Reply]

  /// One reply: of whom, and what.
  struct Reply: Sendable {
    let subject: Subject
    let outcome: Outcome
  }

  /// Whom a reply is about.
  enum Subject: Sendable {
    /// One arm, compared with the baseline.
    case arm(Int)
    /// All arms, or a factor of theirs, by name.
    case several(String)
  }

  /// An answer, or why there is none.
  enum Outcome: Sendable {
    case answer(LiftAnswer)
    case refusal(String)
  }

  /// The name that rows about all arms have in the column `arm`.
  static let allArms = "all arms"
}

extension LiftQuestion {
  /// A question that every arm but the baseline is asked by itself.
  init(
    _ title: String, reason: String,
    eachArm:
      @escaping @Sendable (LiftEvidence, Int)
      throws(InferenceError) -> LiftAnswer
  ) {
    self.init(title: title, reason: reason) { evidence in
      evidence.offers.map { arm in
        do throws(InferenceError) {
          return Reply(subject: .arm(arm), outcome: .answer(try eachArm(evidence, arm)))
        } catch {
          let sentence = Refusal.sentence(
            error, arm: evidence.names[arm], baseline: evidence.names[0])
          return Reply(subject: .arm(arm), outcome: .refusal(sentence))
        }
      }
    }
  }

  /// A question about all arms at once.
  init(
    _ title: String, reason: String,
    allArms: @escaping @Sendable (LiftEvidence) throws(InferenceError) -> LiftAnswer
  ) {
    self.init(title: title, reason: reason) { evidence in
      do throws(InferenceError) {
        return [Reply(subject: .several(Self.allArms), outcome: .answer(try allArms(evidence)))]
      } catch {
        let sentence = evidence.sentence(error)
        return [Reply(subject: .several(Self.allArms), outcome: .refusal(sentence))]
      }
    }
  }
}

extension LiftQuestion {
  /// Everything that a plan asks of its metric; where it names no tests, what suits the data.
  static func questions(_ evidence: LiftEvidence) -> [LiftQuestion] {
    LiftChoice.choices(
      evidence.plan.lift, evidence.arms, customersRepeat: evidence.customersRepeat
    ).map(\.asQuestion)
      + (evidence.plan.lift.strata.isEmpty || !evidence.isBinary ? [] : [.homogeneity])
      + simultaneous(evidence) + factorial(evidence) + competing(evidence)
      + bayesian(evidence) + looks(evidence) + resampled(evidence)
  }

  /// What is asked of the revenue: the mean, and that of several offers together.
  static func questions(ofRevenue evidence: LiftEvidence) -> [LiftQuestion] {
    (LiftChoice.clusters(
      evidence.plan.lift, customersRepeat: evidence.customersRepeat)
      + LiftChoice.standard(ofNumbers: evidence.arms))
      .map(\.asQuestion) + simultaneous(evidence)
  }
}
