import Sessions
import Testing

@Suite struct TableTests {
  @Test func aMinimalLogNeedsOnlyAnArm() throws {
    let table = try read("offer\nnone\ndiscount\nnone\n", Schema(arm: ["offer"]))
    #expect(table.rowTexts == ["1|1|none", "2|2|discount", "3|3|none"])
    #expect(table.arms == ["none", "discount"])
    #expect(table.chunks.first?.times == nil)
    #expect(table.chunks.first?.propensities == nil)
  }

  @Test func everyRoleLandsInItsColumn() throws {
    let mapping = try schema(
      """
      {"session": "s", "customer": "c", "time": {"column": "t", "format": "epoch-seconds"},
       "arm": "o", "propensity": "p", "reason": "r", "reasonText": "x", "intent": "i",
       "outcome": {"column": "e", "words": {"kept": "deflected", "": "abandoned"}},
       "canceledAt": {"column": "ca", "format": "epoch-seconds"},
       "lastSeenAt": {"column": "ls", "format": "epoch-milliseconds"},
       "reward": {"column": "v", "values": {"Yes": 1, "No": 0}},
       "mrr": {"column": "m", "currency": "USD", "missing": [""]},
       "offerCost": {"column": "k", "currency": "USD"},
       "covariates": {"land": "category", "age": {"kind": "integer", "missing": ["NA"]}}}
      """)
    let table = try read(
      """
      s,c,t,o,p,r,x,i,e,ca,ls,v,m,k,land,age
      s1,c1,1,a,0.5,price,too dear,cancel,kept,,,Yes,9.5,0,DE,33
      s2,c1,2,a,0.25,,,,,3,4,No,,1.5,FR,NA
      """, mapping)
    #expect(
      table.rowTexts == [
        "s1|c1|a|1000000|0.5|price|cancel|too dear|deflected|–|–|1.0|9.5|0.0|33.0|DE",
        "s2|c1|a|2000000|0.25|–|–||abandoned|3000000|4000|0.0|–|1.5|–|FR",
      ])
    #expect(table.covariates.map(\.name) == ["age", "land"])
  }

  @Test func factorsMultiplyToArms() throws {
    let table = try read(
      "offer,place\na,x\nb,x\na,y\na,x\nb,y\n", Schema(arm: ["offer", "place"]))
    #expect(table.arms == ["a × x", "b × x", "a × y", "b × y"])
    #expect(table.armLevels == [[0, 0], [1, 0], [0, 1], [1, 1]])
    #expect(table.chunks.first?.arms == [0, 1, 2, 0, 3])
    #expect(table.chunks.first?.factors == [[0, 1, 0, 0, 1], [0, 0, 1, 0, 1]])
    // Levels that join to the same text stay two arms.
    let odd = try read("f,g\na × b,c\na,b × c\n", Schema(arm: ["f", "g"]))
    #expect(odd.arms == ["a × b × c", "a × b × c"])
    #expect(odd.chunks.first?.arms == [0, 1])
  }

  @Test func aRejectedRowLeavesNoLevelBehind() throws {
    var mapping = Schema(arm: ["offer"])
    mapping.propensity = .column("p")
    let table = try read("offer,p\na,0.5\nb,2\n", mapping)
    #expect(table.arms == ["a"])
    #expect(table.report.rejectedByCode == [.badPropensity: 1])
    #expect(table.report.warning(.noContrast) != nil)
  }

  @Test func aFilterKeepsAndCounts() throws {
    var mapping = Schema(arm: ["offer"])
    mapping.filter = ["campaign": ["all", "men"]]
    let table = try read("campaign,offer\nall,a\nwomen,b\nmen,c\nwomen,\n", mapping)
    #expect(table.rowTexts == ["1|1|a", "3|3|c"])
    #expect(table.report.rows == 4)
    #expect(table.report.filtered == 2)
    #expect(table.report.rejected == 0)
  }

  @Test func unknownColumnsAreToldAndMayBeKept() throws {
    var mapping = Schema(arm: ["offer"])
    mapping.ignore = ["x"]
    let text = "offer,x,land,\na,1,DE,0\nb,2,,0\n"
    let plain = try read(text, mapping)
    #expect(plain.report.warning(.unknownColumn)?.columns == ["land", ""])
    #expect(plain.covariates.isEmpty)
    mapping.keepUnknown = true
    let kept = try read(text, mapping)
    #expect(kept.covariates.map(\.name) == ["land", ""])
    #expect(kept.rowTexts == ["1|1|a|DE|0", "2|2|b|–|0"])
    let lines = try read(
      #"{"offer": "a", "land": "DE", "x": 1}"#, mapping, name: "log.jsonl")
    #expect(lines.covariates.map(\.name) == ["land"])
  }

  @Test(arguments: [
    ("t", "1,2"), ("p", "0.5,0.25"), ("k", "a,b"), ("n", "1,2"),
  ])
  func duplicatesDifferIfAnyRoleDoes(_ column: String, _ values: String) throws {
    let mapping = try schema(
      """
      {"session": "s", "arm": "o", "time": {"column": "t", "format": "epoch-seconds"},
       "propensity": "p", "covariates": {"k": "category", "n": "number"}, "ignore": ["at"]}
      """)
    var first = ["t": "1", "p": "0.5", "k": "a", "n": "1"]
    let pair = values.split(separator: ",").map(String.init)
    func row(_ at: Int) -> String {
      "s1,a,\(first["t", default: ""]),\(first["p", default: ""]),\(first["k", default: ""]),"
        + "\(first["n", default: ""]),\(at)\n"
    }
    first[column] = pair[0]
    let one = row(1)
    let again = row(2)
    first[column] = pair[1]
    let other = row(3)
    let header = "s,o,t,p,k,n,at\n"
    let tail = "s2,b,5,0.5,a,1,0\n"

    // The column that is ignored may differ.
    let exact = try read(header + one + again + tail, mapping)
    #expect(exact.report.exactDuplicates == 1)
    #expect(exact.rowCount == 2)

    let conflict = try read(header + one + again + other + one + tail, mapping)
    #expect(conflict.report.rejects.map(\.line) == [2, 4, 5])
    #expect(conflict.report.rejects.allSatisfy { $0.code == .conflictingDuplicate })
    #expect(conflict.report.exactDuplicates == 1)
    #expect(conflict.report.accepted == 1)
    #expect(conflict.rowTexts.map { $0.prefix(2) } == ["s2"])
  }

  /// Chunks fill to 65,536 rows, columns stay aligned, and a conflict reaches back into a chunk
  /// that is closed.
  @Test func chunksAreFilledOneAfterAnother() throws {
    var mapping = Schema(arm: ["offer"])
    mapping.session = "id"
    mapping.covariates = [
      "n": Schema.Covariate(kind: .integer, missing: [""]),
      "k": Schema.Covariate(kind: .category),
    ]
    let count = 2 * SessionChunk.capacity + 3
    var text = "id,offer,n,k\n"
    for row in 0..<count {
      text += "s\(row),\(row % 3 == 0 ? "a" : "b"),\(row % 5 == 0 ? "" : "\(row)"),k\(row % 7)\n"
    }
    let table = try read(text, mapping)
    #expect(table.chunks.map(\.rowCount) == [65_536, 65_536, 3])
    #expect(table.rowCount == count)
    var row = 0
    var wrong = 0
    for chunk in table.chunks {
      guard case .category(let codes) = chunk.covariates[0],
        case .number(let numbers) = chunk.covariates[1]
      else { return #expect(Bool(false), "the covariates are in another order") }
      for place in 0..<chunk.rowCount {
        let isRight =
          table.sessions[chunk.sessions[place]] == "s\(row)"
          && chunk.arms[place] == (row % 3 == 0 ? 0 : 1)
          && numbers[place] == (row % 5 == 0 ? nil : Double(row)) && codes[place] == row % 7
        if !isRight { wrong += 1 }
        row += 1
      }
    }
    #expect(wrong == 0)

    let conflict = try read(text + "s5,a,1,k1\ns65536,a,65536,k9\n", mapping)
    #expect(conflict.rowCount == count - 2)
    #expect(conflict.chunks.map(\.rowCount) == [65_535, 65_535, 3])
    #expect(conflict.report.rejects.map(\.line) == [7, 65_538, count + 2, count + 3])
    #expect(conflict.chunks[0].sessions[5] == 6)
  }

  @Test func oddRowsAreWarnedOf() throws {
    let mapping = try schema(
      """
      {"session": "s", "customer": "c", "arm": "o", "time": {"column": "t", "format": "epoch-seconds"},
       "propensity": "p", "canceledAt": {"column": "x", "format": "epoch-seconds"}}
      """)
    let table = try read(
      """
      s,c,o,t,p,x
      s1,c1,a,1700000000,0.5,1700000001
      s2,c1,b,1600000000,1e-7,1500000000
      s3 ,c2,b,1700000000,0.5,
      """, mapping)
    let report = table.report
    #expect(
      report.warnings.map(\.code) == [
        .suspiciousID, .extremeWeight, .crossoverCustomers, .outOfOrder, .outcomeBeforeExposure,
      ])
    #expect(report.warning(.outOfOrder)?.lines == [3])
    #expect(report.warning(.suspiciousID)?.columns == ["s"])
  }

  @Test func theShareOfRejectsIsWeighed() throws {
    var mapping = Schema(arm: ["offer"])
    mapping.propensity = .column("p")
    let report = try read("offer,p\na,0.5\nb,2\na,0.5\nb,0.5\n", mapping).report
    #expect(report.exceeds(maximumRejectedShare: 0))
    #expect(report.exceeds(maximumRejectedShare: 0.24))
    #expect(!report.exceeds(maximumRejectedShare: 0.25))
    #expect(!ReadReport().exceeds(maximumRejectedShare: 0))
  }

  @Test func noValueOfTheLogIsInAnyMessage() throws {
    var mapping = Schema(arm: ["offer"])
    mapping.session = "id"
    mapping.propensity = .column("p")
    let report = try read("id,offer,p\njane@example.com,a,secret\n", mapping).report
    #expect(!"\(report)".contains("jane"))
    #expect(!"\(report)".contains("secret"))
    #expect(report.rejects.first?.column == "p")
  }
}

@Suite struct NullableColumnTests {
  @Test(arguments: [0, 1, 63, 64, 65, 128, 200])
  func remembersWhatIsMissing(_ firstMissing: Int) {
    var column = NullableColumn<Double>()
    for row in 0..<300 {
      column.append(row == firstMissing || row % 67 == 66 ? nil : Double(row))
    }
    for row in 0..<300 {
      let expected = row == firstMissing || row % 67 == 66 ? nil : Double(row)
      #expect(column[row] == expected)
    }
    #expect(column.missingCount == (0..<300).count { column[$0] == nil })
  }

  @Test func keepsNoBitsWhileNothingIsMissing() {
    var column = NullableColumn<Int64>()
    for row in 0..<100 { column.append(Int64(row)) }
    #expect(column.validity.isEmpty)
    #expect(column[99] == 99)
  }
}
