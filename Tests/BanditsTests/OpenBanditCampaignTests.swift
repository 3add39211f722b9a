import Bandits
import Foundation
import Probability
import TestSupport
import Testing

/// All campaigns of the Open Bandit sample, with the target's ranks from the prior that obp publishes.
///
/// `datasets/open_bandit/fetch` unpacks the files; this reads them from `open_bandit_small`.
@Suite(
  .enabled(
    if: OpenBanditSample.has("prior_bts.yaml") && OpenBanditSample.has("random_women.csv.gz"),
    "put open_bandit_small/{prior_bts.yaml,random_*.csv.gz,item_context_*.csv} under HOLDFAST_DATASETS"
  ))
struct OpenBanditCampaignTests {
  /// What is known of a campaign: values and standard errors by `Reference/obd_estimates.py` (SciPy 1.17.1), on
  /// reward models that have converged, and the values by obp 0.5.7, whose models stop early.
  struct Campaign: Sendable {
    let name: String
    let size: Double
    let figures: [(estimator: String, value: Double, error: Double?)]
    let obp: [String: Double]
  }

  static let campaigns = [
    Campaign(
      name: "all", size: 1643.2391264907974,
      figures: [
        ("IPS", 0.004562740851322114, 0.002091878430494572),
        ("SNIPS", 0.00478602534714454, 0.002187429005413905), ("DM", 0.0036231546107550953, nil),
        ("DR", 0.004829800594811442, 0.0020829700780909807),
        ("DRos", 0.0037455568061189916, 0.0004287562886375317),
        ("SWITCH", 0.003344938078135951, 0.0007315569304513394),
      ],
      obp: [
        "IPS": 0.00456274085132212, "SNIPS": 0.00478602534714456, "DR": 0.00483001244978793,
        "DRos": 0.00374597858240978, "SWITCH": 0.0033452497710183,
      ]),
    Campaign(
      name: "men", size: 2474.270859327808,
      figures: [
        ("IPS", 0.004540055783183178, 0.001182074820734628),
        ("SNIPS", 0.004610212965433043, 0.0011992628094746678), ("DM", 0.004162221395238887, nil),
        ("DR", 0.004522319416007796, 0.0011817942353935015),
        ("DRos", 0.0044450799678156854, 0.0005299570990423216),
        ("SWITCH", 0.004761355758520626, 0.0011814449682403115),
      ],
      obp: [
        "IPS": 0.00454005578318318, "SNIPS": 0.00461021296543306, "DR": 0.00452229737402103,
        "DRos": 0.00444504149053143, "SWITCH": 0.00476122018954728,
      ]),
    Campaign(
      name: "women", size: 1958.5512913351001,
      figures: [
        ("IPS", 0.0068041111288262525, 0.0018763858914700934),
        ("SNIPS", 0.00679973846825876, 0.001869933518832069), ("DM", 0.004511442159630726, nil),
        ("DR", 0.006879719333212965, 0.0018659445360383253),
        ("DRos", 0.005121918272657811, 0.0005555114849929592),
        ("SWITCH", 0.007237747138906798, 0.0018650697408076015),
      ],
      obp: [
        "IPS": 0.00680411112882625, "SNIPS": 0.00679973846825881, "DR": 0.00687982578063221,
        "DRos": 0.0051220037145095, "SWITCH": 0.00723786870845197,
      ]),
  ]

  /// The Bernoulli Thompson policy of a campaign.
  static func policy(_ campaign: String) throws -> SlateThompson {
    let path = try #require(OpenBanditSample.folder) + "/open_bandit_small/prior_bts.yaml"
    var lists: [String: [Double]] = [:]
    var (section, key) = ("", "")
    // campaign:, then alpha: and beta:, each with its list of numbers.
    for line in try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline)
    {
      let text = line.trimmingCharacters(in: .whitespaces)
      if text.hasPrefix("- ") {
        lists[section + key, default: []].append(try #require(Double(text.dropFirst(2))))
      } else if line.hasPrefix(" ") {
        key = "." + text.dropLast()
      } else {
        section = String(text.dropLast())
      }
    }
    let alphas = try #require(lists[campaign + ".alpha"])
    let betas = try #require(lists[campaign + ".beta"])
    return SlateThompson(
      priors: zip(alphas, betas).map { BetaDistribution(alpha: $0, beta: $1) }, slotCount: 3)
  }

  /// The probability of each item (rows) at each position (columns).
  static func shares(_ campaign: String) throws -> [[Double]] {
    let slots = try policy(campaign).slotPropensities(in: Context())
    return slots[0].indices.map { arm in slots.map { $0[arm] } }
  }

  @Test func theRanksAreThoseOfTheReference() throws {
    let reference = try ReferenceFile.numbers("obd_all_bts_action_dist_exact.csv")
    let shares = try Self.shares("all")
    #expect(shares.count == 80)
    for (row, expected) in zip(shares, reference) {
      for (found, expected) in zip(row, expected) { #expect(abs(found - expected) < 1e-12) }
    }
  }

  @Test(arguments: campaigns)
  func estimates(_ campaign: Campaign) throws {
    let sample = try OpenBanditSample(campaign.name, shares: try Self.shares(campaign.name))
    let (log, target, model) = try sample.bySession()
    let estimators: [any OffPolicyEstimator] = [
      ImportanceSampling(), SelfNormalizedImportanceSampling(),
      DirectMethod(model: model, floors: .none), DoublyRobust(model: model),
      ShrunkDoublyRobust(.optimistic(10), model: model),
      ShrunkDoublyRobust(.switched(above: 10), model: model),
    ]
    for (figure, estimator) in zip(campaign.figures, estimators) {
      #expect(figure.estimator == estimator.name)
      let estimate = try estimator.estimate(target, on: log)
      #expect(relativeError(estimate.value, figure.value) < 1e-11, "\(figure.estimator)")
      if let error = figure.error {
        #expect(relativeError(estimate.standardError, error) < 1e-11, "\(figure.estimator)")
      }
      if let published = campaign.obp[figure.estimator] {
        let tolerance = figure.estimator.hasSuffix("IPS") ? 1e-12 : 2e-4
        #expect(relativeError(estimate.value, published) < tolerance, "\(figure.estimator)")
      }
    }
    let plain = try ImportanceSampling().estimate(target, on: log)
    #expect(relativeError(plain.effectiveSampleSize, campaign.size) < 1e-11)
  }
}
