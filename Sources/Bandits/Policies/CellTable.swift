/// What a policy has learnt: one value for each cell and arm.
///
/// With one cell the context is ignored.
struct CellTable<Value: Sendable>: Sendable {
  let armCount: Int
  let cellCount: Int
  /// The values, cell after cell, each by arm index.
  private(set) var values: [Value]

  init(armCount: Int, cellCount: Int, repeating value: Value) {
    precondition(armCount > 0, "a policy needs an arm to show")
    precondition(cellCount > 0, "a policy needs a cell to learn in")
    self.armCount = armCount
    self.cellCount = cellCount
    values = Array(repeating: value, count: armCount * cellCount)
  }

  subscript(arm: Int, context: Context) -> Value {
    get { values[start(context) + arm] }
    _modify { yield &values[start(context) + arm] }
  }

  /// The values of a cell, by arm index from the slice's start.
  func row(_ context: Context) -> ArraySlice<Value> {
    values[start(context)..<start(context) + armCount]
  }

  /// Where the values of a cell start.
  @inline(__always)
  func start(_ context: Context) -> Int { cellCount == 1 ? 0 : context.cell * armCount }
}

extension CellTable: Equatable where Value: Equatable {}
extension CellTable: Hashable where Value: Hashable {}
