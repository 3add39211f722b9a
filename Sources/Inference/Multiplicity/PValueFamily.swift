/// The p-values that are there, from the least; ties in the order of their places.
struct PValueFamily {
  /// A p-value and its place among the arguments.
  struct Member {
    let place: Int
    let p: Double
  }

  let members: [Member]
  private let arguments: [Double?]

  init(_ pValues: [Double?]) {
    arguments = pValues
    var present: [Member] = []
    for case (let place, let p?) in pValues.enumerated() {
      precondition(0 <= p && p <= 1, "a p-value lies in 0...1")
      present.append(Member(place: place, p: p))
    }
    members = present.sorted { ($0.p, $0.place) < ($1.p, $1.place) }
  }

  /// The number of members, `m`.
  var count: Int { members.count }

  /// Adjusts each p-value by itself.
  func singleStep(_ adjust: (_ p: Double) -> Double) -> [Double?] {
    arguments.map { $0.map { min(1, adjust($0)) } }
  }

  /// Adjusts from the least p-value on; none becomes less than the one before it.
  func stepDown(_ adjust: (_ rank: Int, _ p: Double) -> Double) -> [Double?] {
    var adjusted = arguments
    var greatest = 0.0
    for (rank, member) in members.enumerated() {
      greatest = max(greatest, min(1, adjust(rank, member.p)))
      adjusted[member.place] = greatest
    }
    return adjusted
  }

  /// Adjusts from the greatest p-value on; none becomes greater than the one before it.
  func stepUp(_ adjust: (_ rank: Int, _ p: Double) -> Double) -> [Double?] {
    var adjusted = arguments
    var least = 1.0
    for (rank, member) in members.enumerated().reversed() {
      least = min(least, adjust(rank, member.p))
      adjusted[member.place] = least
    }
    return adjusted
  }
}
