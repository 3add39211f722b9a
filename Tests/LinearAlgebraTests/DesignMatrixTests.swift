import LinearAlgebra
import TestSupport
import Testing

/// Every kind of design against the same design written out as plain numbers.
@Suite struct DesignMatrixTests {
  /// A kind of design, by name, with its elements written out row by row.
  struct Kind: CustomTestStringConvertible {
    let testDescription: String
    let design: any DesignMatrix
    let rows: [[Double]]
  }

  /// More than two blocks of 1,024 rows, so that the joints between blocks are crossed.
  static let rowCount = 2_100

  static let codes = (0..<rowCount).map { (row: Int) -> Int32 in Int32((row * 7 + row / 5) % 5) - 1
  }
  static let others = (0..<rowCount).map { (row: Int) -> Int32 in Int32((row * 3 + row / 11) % 3) }
  static let numbers = (0..<rowCount).map { (row: Int) -> [Double] in
    [Double((row * 37) % 101) / 50 - 1, Double(row % 13)]
  }

  static func indicators(_ codes: [Int32], _ levels: [Int32]) -> [[Double]] {
    codes.map { code in levels.map { $0 == code ? 1 : 0 } }
  }

  static func joined(_ left: [[Double]], _ right: [[Double]]) -> [[Double]] {
    zip(left, right).map { $0 + $1 }
  }

  /// The products of the columns of two designs, the second's fastest.
  static func products(_ left: [[Double]], _ right: [[Double]]) -> [[Double]] {
    zip(left, right).map { here, there in here.flatMap { x in there.map { x * $0 } } }
  }

  static let kinds: [Kind] = {
    let dense = DenseMatrix(rows: rowCount, columns: 2, elements: numbers.flatMap { $0 })
    let category = CategoricalMatrix(codes: codes, levelCount: 4)
    let other = CategoricalMatrix(codes: others, levelCount: 3, reference: 1)
    let ones = Array(repeating: [1.0], count: rowCount)
    let categoryRows = indicators(codes, [1, 2, 3])
    let otherRows = indicators(others, [0, 2])
    let crossedRows = zip(categoryRows, otherRows).map { a, b in a.flatMap { x in b.map { x * $0 } }
    }
    let wide = (0..<rowCount).map { (row: Int) -> [Double] in
      (0..<27).map { (column: Int) -> Double in Double((row * 31 + column * 17) % 97) / 48 - 1 }
    }
    let manyCodes = (0..<rowCount).map { Int32($0 * 7 % 311) - 1 }
    let many = CategoricalMatrix(codes: manyCodes, levelCount: 310, reference: nil)
    let interaction = InteractionMatrix(category, dense)
    let interactionRows = products(categoryRows, numbers)
    let manyRows = indicators(manyCodes, (0..<310).map { Int32($0) })
    let everyRow = [
      interactionRows, ones, otherRows, products(otherRows, numbers), numbers, manyRows, ones,
    ].reduce(Array(repeating: [], count: rowCount), joined)
    let (centers, scales): ([Double], [Double]) = ([0.5, 6, 0, 0.25, 0], [2, 3, 1, 0.5, 1])
    let standardizedRows = joined(numbers, categoryRows).map { (row: [Double]) -> [Double] in
      row.indices.map { (row[$0] - centers[$0]) / scales[$0] }
    }
    return [
      Kind(testDescription: "dense", design: dense, rows: numbers),
      Kind(
        testDescription: "27 numbers",
        design: DenseMatrix(rows: rowCount, columns: 27, elements: wide.flatMap { $0 }), rows: wide),
      Kind(
        testDescription: "310 levels", design: many, rows: manyRows),
      Kind(testDescription: "interaction", design: interaction, rows: interactionRows),
      Kind(
        testDescription: "every kind side by side",
        design: HorizontalMatrix([
          .interaction(interaction), .categorical(.intercept(rows: rowCount)), .categorical(other),
          .interaction(InteractionMatrix(other, dense)), .dense(dense), .categorical(many),
          .categorical(.intercept(rows: rowCount)),
        ]),
        rows: everyRow),
      Kind(
        testDescription: "shifted and scaled",
        design: StandardizedMatrix(
          HorizontalMatrix([.dense(dense), .categorical(category)]), centers: centers,
          scales: scales),
        rows: standardizedRows),
      Kind(testDescription: "categorical", design: category, rows: categoryRows),
      Kind(
        testDescription: "every level",
        design: CategoricalMatrix(codes: codes, levelCount: 4, reference: nil),
        rows: indicators(codes, [0, 1, 2, 3])),
      Kind(testDescription: "crossed", design: category.crossed(with: other), rows: crossedRows),
      Kind(
        testDescription: "side by side",
        design: HorizontalMatrix([
          .categorical(.intercept(rows: rowCount)), .dense(dense), .categorical(category),
          .categorical(other), .dense(dense),
        ]),
        rows: joined(
          joined(joined(ones, numbers), joined(categoryRows, otherRows)), numbers)),
    ]
  }()

  /// Plain sums of about a thousand terms of size 10 round by far less than this.
  static let tolerance = 1e-12

  @Test(arguments: kinds)
  func productsMatchTheElements(_ kind: Kind) {
    let (rows, p) = (kind.rows, kind.design.columnCount)
    #expect(kind.design.rowCount == rows.count)
    #expect(rows.allSatisfy { $0.count == p })

    let beta = (0..<p).map { Double($0) * 0.3 - 0.7 }
    let predictor = kind.design.multiplied(by: beta)
    for (row, elements) in rows.enumerated() {
      let expected = zip(elements, beta).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(predictor[row] - expected) < Self.tolerance * 10)
    }

    let residuals = rows.indices.map { Double($0 % 7) - 3.5 }
    let weights = rows.indices.map { Double($0 % 4) / 2 }
    let score = kind.design.transposeMultiplied(by: residuals)
    let gram = kind.design.weightedGram(weights)
    for j in 0..<p {
      let sum = rows.indices.reduce(0) { $0 + rows[$1][j] * residuals[$1] }
      #expect(abs(score[j] - sum) < Self.tolerance * 1e4)
      // Of many columns some pairs will do.
      for k in stride(from: j, through: 0, by: p > 40 ? -29 : -1) {
        let terms = rows.indices.map { rows[$0][j] * weights[$0] * rows[$0][k] }
        let sum = terms.reduce(0, +)
        let bound = terms.reduce(0) { $0 + abs($1) }
        #expect(abs(gram[j, k] - sum) <= Self.tolerance * bound)
        #expect(gram[j, k] == gram[k, j])
      }
    }
  }

  @Test(arguments: kinds)
  func aNewtonPassFormsTheThreeProductsAtOnce(_ kind: Kind) {
    let beta = (0..<kind.design.columnCount).map { 0.1 * Double($0) - 0.2 }
    let sums = kind.design.newtonSums(at: beta) { rows, predictor, weights, residuals in
      for index in 0..<rows.count {
        weights[index] = predictor[index] * predictor[index]
        residuals[index] = predictor[index] - 1
      }
      return Double(rows.count)
    }
    #expect(sums.value == Double(kind.rows.count))
    let information = sums.information ?? Matrix(rows: 0, columns: 0)
    let predictor = kind.design.multiplied(by: beta)
    let score = kind.design.transposeMultiplied(by: predictor.map { $0 - 1 })
    let gram = kind.design.weightedGram(predictor.map { $0 * $0 })
    for j in score.indices {
      #expect(abs(sums.score[j] - score[j]) < 1e-8)
      for k in score.indices {
        #expect(
          abs(information[j, k] - gram[j, k])
            <= Self.tolerance * (gram[j, j] * gram[k, k]).squareRoot())
      }
    }
  }

  @Test(arguments: [1, 2, 3, 7])
  func anyNumberOfThreadsGivesTheSameBits(_ threads: Int) {
    let design = HorizontalMatrix([
      .categorical(.intercept(rows: 40_000)),
      .dense(
        DenseMatrix(rows: 40_000, columns: 3, elements: (0..<120_000).map { Double($0 * 29 % 83) })),
      .categorical(
        CategoricalMatrix(codes: (0..<40_000).map { Int32($0 * 11 % 6) }, levelCount: 6)),
    ])
    let sums = [1, threads].map { threads in
      design.newtonSums(at: Array(repeating: 0.01, count: 9), threads: threads) {
        rows, predictor, weights, residuals in
        for index in 0..<rows.count {
          weights[index] = 1 / (1 + predictor[index] * predictor[index])
          residuals[index] = predictor[index] / 3
        }
        return predictor[0] / 7
      }
    }
    #expect(sums[0] == sums[1])
  }

  @Test func standardizedColumnsHaveMeanZeroAndUnitVariance() {
    let dense = DenseMatrix(rows: Self.rowCount, columns: 2, elements: Self.numbers.flatMap { $0 })
    let base = HorizontalMatrix([.categorical(.intercept(rows: Self.rowCount)), .dense(dense)])
    let weights = (0..<Self.rowCount).map { Double($0 % 3) }
    let design = StandardizedMatrix(standardizing: base, weights: weights)
    let (means, gram) = (design.transposeMultiplied(by: weights), design.weightedGram(weights))
    let total = weights.reduce(0, +)
    #expect(design.centers[0] == 0 && design.scales[0] == 1)
    for column in 1...2 {
      #expect(abs(means[column]) < 1e-9 && abs(gram[column, column] - total) < 1e-9)
    }
    let (own, constant) = design.unstandardized([0.5, 2, -1])
    let (here, there) = (design.multiplied(by: [0.5, 2, -1]), base.multiplied(by: own))
    for row in here.indices { #expect(abs(here[row] - there[row] - constant) < 1e-12) }
  }

  @Test func aStrideReadsOneBlockInSo() {
    let ones = CategoricalMatrix.intercept(rows: 2_500)
    let sums = ones.newtonSums(at: [0], stride: 2) { rows, _, weights, residuals in
      for index in 0..<rows.count { (weights[index], residuals[index]) = (1, 1) }
      return Double(rows.lowerBound)
    }
    #expect(sums.value == 2_048)
    #expect(sums.score == [1_476] && sums.information?[0, 0] == 1_476)
  }

  @Test func columnsAndRowsMakeTheSameDesign() {
    let columns = [(0..<100).map { Double($0) }, (0..<100).map { -Double($0) / 3 }]
    let design = DenseMatrix(columns: columns)
    #expect(design.column(0) == columns[0] && design.column(1) == columns[1])
    #expect(
      design
        == DenseMatrix(
          rows: 100, columns: 2, elements: (0..<100).flatMap { [columns[0][$0], columns[1][$0]] }))
  }

  @Test func columnsThatNoRowFillsCanBeDropped() {
    let design = CategoricalMatrix(codes: [3, -1, 1, 3], levelCount: 5, reference: nil)
    let (matrix, kept) = design.droppingEmptyColumns()
    #expect(kept == [1, 3])
    #expect(
      matrix == CategoricalMatrix(codes: [1, -1, 0, 1], levelCount: 2, reference: nil))
  }

  @Test func anEmptyDesignHasEmptyProducts() {
    let design = DenseMatrix(rows: 0, columns: 2, elements: [])
    #expect(design.multiplied(by: [1, 2]).isEmpty)
    #expect(design.transposeMultiplied(by: []) == [0, 0])
    #expect(design.weightedGram([]) == Matrix(rows: 2, columns: 2))
  }
}
