/// The levels by which sessions are told apart in a check: those of a column, weekdays, or periods.
struct Dimension: Sendable {
  /// The name.
  let name: String
  /// The names of the levels.
  let levels: [String]
  /// The score of each level where they are ordered.
  let scores: [Double]?
  private let codes: [Int32]
  /// The level of a code, by the code plus one: a missing code is −1.
  private let places: [Int]

  /// The level of a row; nil where it belongs to none.
  func level(_ row: Int) -> Int? {
    let place = places[Int(codes[row]) + 1]
    return place < 0 ? nil : place
  }

  /// Levels that are numbered already; a code of −1 belongs to none.
  init(name: String, codes: [Int32], levels: [String], scores: [Double]? = nil) {
    self.name = name
    self.codes = codes
    self.levels = levels
    self.scores = scores
    places = Array(-1..<levels.count)
  }

  /// The most frequent levels of a column, the rest as one; a missing level is a level.
  init(_ column: CategoryCodes, rows: [Int]) {
    var counts = Array(repeating: 0, count: column.levels.count + 1)
    for row in rows { counts[Int(column.codes[row]) + 1] += 1 }
    let seen = counts.indices.filter { counts[$0] > 0 }
    let kept = seen.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(Self.limit).sorted()
    var levels: [String] = []
    var places = Array(repeating: -1, count: counts.count)
    for code in kept {
      places[code] = levels.count
      levels.append(code == 0 ? "missing" : column.levels[code - 1])
    }
    if seen.count > kept.count {
      for code in seen where places[code] < 0 { places[code] = levels.count }
      levels.append("other levels")
    }
    name = column.name
    codes = column.codes
    self.levels = levels
    self.places = places
    scores = nil
  }

  /// The number of levels beyond which rare ones are looked at together.
  private static let limit = 50
}

extension Dimension {
  /// The weekdays of instants, UTC.
  static func weekdays(_ times: [Int64]) -> Dimension {
    Dimension(
      name: "weekday",
      codes: times.map { time in
        // 1970-01-01 was a Thursday; days before it are negative.
        Int32(((day(time) + 3) % 7 + 7) % 7)
      },
      levels: [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
      ])
  }

  /// Periods of equal length since the first of some rows.
  static func periods(_ times: [Int64], rows: [Int], days length: Int?) -> Dimension {
    let first = rows.reduce(Int64.max) { min($0, times[$1]) }
    let last = rows.reduce(Int64.min) { max($0, times[$1]) }
    guard first <= last else {
      return Dimension(
        name: "days since the start", codes: times.map { _ in -1 }, levels: [], scores: [])
    }
    let span = Int((last - first) / dayLength) + 1
    // Whole weeks, where there are three, so that no period has more weekends than another.
    let natural = span >= 21 ? 7 * ((span + 69) / 70) : (span + 9) / 10
    let length = length ?? natural
    let count = (span + length - 1) / length
    return Dimension(
      name: "days since the start",
      codes: times.map { time in
        let day = Int((time - first) / dayLength)
        return time < first || day >= count * length ? -1 : Int32(day / length)
      },
      levels: (0..<count).map { period in
        length == 1 ? "\(period)" : "\(period * length) to \((period + 1) * length - 1)"
      }, scores: (0..<count).map { (Double($0) + 0.5) * Double(length) })
  }

  /// The days since a customer's first session among some rows.
  static func exposure(_ times: [Int64], customers: [Int32], rows: [Int]) -> Dimension {
    let count = rows.reduce(0) { max($0, Int(customers[$1]) + 1) }
    var first = Array(repeating: Int64.max, count: count)
    for row in rows { first[Int(customers[row])] = min(first[Int(customers[row])], times[row]) }
    var codes = Array(repeating: Int32(-1), count: times.count)
    for row in rows {
      let day = Int((times[row] - first[Int(customers[row])]) / dayLength)
      codes[row] = Int32(exposureStarts.count { $0 <= day } - 1)
    }
    return Dimension(
      name: "days since the customer's first session", codes: codes,
      levels: ["0", "1 to 6", "7 to 13", "14 to 27", "28 and more"], scores: [0, 1, 2, 3, 4])
  }

  private static let exposureStarts = [0, 1, 7, 14, 28]
  private static let dayLength: Int64 = 86_400_000_000

  /// The day of an instant since 1970 UTC.
  private static func day(_ time: Int64) -> Int {
    Int(time >= 0 ? time / dayLength : (time + 1) / dayLength - 1)
  }
}
