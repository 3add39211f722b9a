internal import ArgumentParser
internal import Foundation
internal import Probability
internal import Segments
internal import StudyTables

/// Qini and uplift areas of one log in many orders.
struct QiniCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "qini",
    abstract: "Qini and AUUC do not depend on the order of the log, and rank nobody by a constant.")

  @OptionGroup var options: StudyOptions

  @Option(help: "The number of orders.")
  var orders = 100

  @Option(help: "The sessions of the log.")
  var sessions = 10_000

  func validate() throws {
    guard orders > 1, sessions > 1 else {
      throw ValidationError("--orders and --sessions take a number from 2")
    }
  }

  func run() throws {
    let data = try HiddenSegmentWorld().log(sessions: sessions, seed: options.seed)
    // Sums of these money rewards round, so that an order could show.
    let money = try SegmentData(
      arms: data.arms, armNames: data.armNames,
      rewards: data.rewards.indices.map { data.rewards[$0] * (0.1 + 0.01 * Double($0 % 97)) },
      covariates: data.covariates, units: data.units)
    var table = StudyTable(
      "Areas of one log in \(orders) orders, \(sessions) sessions, seed \(options.seed)")
    func add(_ what: String, _ wanted: ClosedRange<Double>, _ found: Double) {
      table.add(StudyRow(what: what, source: "", found: found, error: 0, criterion: .range(wanted)))
    }
    let inside = try HiddenSegmentWorld().segments.map { try $0.contains(data) }
    let tied = data.arms.indices.map { row in Double(inside.count { $0[row] }) }
    let most = Double(orders)
    for (name, log, scores) in [
      ("four scores, saved or not", data, tied), ("four scores, money", money, tied),
      ("a constant, money", money, tied.map { _ in 0 }),
    ] {
      let curves = try permutations().map { rows in
        try UpliftCurve(
          scores: rows.map { scores[$0] }, log.subset(rows), arm: 1, baseline: 0)
      }
      for (area, values) in [
        ("Qini", curves.map(\.areaUnderQini)), ("AUUC", curves.map(\.areaUnderUplift)),
      ] {
        add("\(name): distinct \(area)", 1...1, Double(Set(values.map(\.bitPattern)).count))
      }
      add("\(name): distinct curves", 1...1, Double(Set(curves).count))
      add(
        "\(name), control: distinct Qini where ties keep the log's order", 2...most,
        Double(Set(permutations().map { Self.naiveArea($0, scores, log).bitPattern }).count))
    }
    let constant = try UpliftCurve(
      scores: tied.map { _ in 0 }, data, arm: 1, baseline: 0)
    add("a constant: Qini coefficient", 0...0, constant.qiniCoefficient ?? .infinity)
    add("a constant: uplift coefficient", 0...0, constant.upliftCoefficient ?? .infinity)
    try endRun(failures: table.failures)
  }

  /// The log's own order, then random ones.
  private func permutations() -> [[Int]] {
    (0..<orders).map { order in
      var rows = Array(0..<sessions)
      guard order > 0 else { return rows }
      var rng = Philox(
        StreamKey(seed: options.seed, purpose: .permutation, index: UInt64(order)))
      for place in stride(from: sessions - 1, to: 0, by: -1) {
        rows.swapAt(place, rng.index(below: place + 1))
      }
      return rows
    }
  }

  /// The area under a Qini curve of one point a session, as it is often drawn.
  private static func naiveArea(_ order: [Int], _ scores: [Double], _ data: SegmentData) -> Double {
    let ranked = order.indices.sorted {
      (scores[order[$1]], $0) < (scores[order[$0]], $1)
    }.map { order[$0] }
    var (treated, control, gains, losses, area, before) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for row in ranked {
      if data.arms[row] == 1 {
        treated += 1
        gains += data.rewards[row]
      } else {
        control += 1
        losses += data.rewards[row]
      }
      let here = control == 0 ? gains : gains - losses * treated / control
      area += (before + here) / 2
      before = here
    }
    return area
  }
}
