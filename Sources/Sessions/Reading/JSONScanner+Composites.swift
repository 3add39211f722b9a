extension JSONScanner {
  /// Takes an array or object with all that is in it; one bit a level says which of both it is.
  mutating func skipComposite(depth: Int) throws(Fault) {
    var level = depth
    var objects: UInt64 = 0
    repeat {
      // A value begins here.
      let isArray = try take(UInt8(ascii: "["))
      if isArray || peek() == UInt8(ascii: "{") {
        if !isArray { index += 1 }
        guard level < depthLimit else { throw .tooDeep }
        objects = isArray ? objects & ~(1 << UInt64(level)) : objects | 1 << UInt64(level)
        level += 1
        if try !take(isArray ? UInt8(ascii: "]") : UInt8(ascii: "}")) {
          if !isArray { try key() }
          continue
        }
        level -= 1
      } else {
        _ = try value(depth: level)
      }
      // A value has ended: so may what is around it, or the next value comes.
      while level > depth {
        let inObject = objects >> UInt64(level - 1) & 1 == 1
        if try take(UInt8(ascii: ",")) {
          if inObject { try key() }
          break
        }
        try expect(inObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
        level -= 1
      }
    } while level > depth
  }

  private mutating func key() throws(Fault) {
    _ = try string()
    try expect(UInt8(ascii: ":"))
  }
}
