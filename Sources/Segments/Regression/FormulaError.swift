/// Why a formula cannot be read, or does not fit a table. Columns are characters of the text, from 1.
public enum FormulaError: Error, Hashable {
  /// A character that cannot stand where it does.
  case unexpected(Character, column: Int)
  /// The text ends where a variable should follow.
  case incomplete(column: Int)
  /// A parenthesis or a backtick that is never closed.
  case unclosed(column: Int)
  /// A function other than `log`, `log1p` and `sqrt`.
  case unknownFunction(String, column: Int)
  /// More parentheses within each other than 64.
  case tooDeep(column: Int)
  /// Products that come to more than 10,000 terms.
  case tooManyTerms(column: Int)
  /// The response is among the variables that explain it.
  case responseAmongTerms(column: Int)
  /// The table has no such column.
  case unknownVariable(String, column: Int)
  /// A function of a category.
  case functionOfCategory(String, column: Int)
  /// A function has no value at the number of a row.
  case undefined(String, row: Int, column: Int)
  /// A response is missing, or is a category of other than two levels.
  case unusableResponse(String, row: Int?)
}
