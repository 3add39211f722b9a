import LinearAlgebra
import Testing

@Suite struct MatrixTests {
  static let matrix: Matrix = {
    var matrix = Matrix(rows: 2, columns: 3)
    matrix.elements = [1, 4, 2, 5, 3, 6]
    return matrix
  }()

  @Test func elementsLieColumnAfterColumn() {
    #expect(Self.matrix[0, 2] == 3 && Self.matrix[1, 0] == 4)
  }

  @Test func productsFollowTheDefinition() {
    #expect(Self.matrix.multiplied(by: [1, 10, 100]) == [321, 654])
    #expect(Self.matrix.multiplied(by: Matrix.identity(3)) == Self.matrix)
    var square = Matrix(rows: 2, columns: 2)
    square.elements = [2, 1, 1, 3]
    #expect(square.quadraticForm([1, -2]) == 10)
    #expect(square.multiplied(by: Self.matrix).elements == [6, 13, 9, 17, 12, 21])
  }
}
