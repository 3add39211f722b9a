#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Probability

/// Evidence against a null: a number of zero or more whose mean under the null is 1 at most.
///
/// By Markov's inequality an e-value reaches `1/α` with a probability of `α` at most. E-values of
/// independent or successive data multiply, and any e-values of one null average, whatever their
/// dependence; p-values do neither. It is kept as its logarithm.
///
/// References: Vovk and Wang (2021), *Annals of Statistics* 49, 1736–1754; Shafer (2021), *Journal of the
/// Royal Statistical Society A* 184, 407–431.
public struct EValue: Hashable, Sendable {
  /// The logarithm of the e-value, in nats; −∞ for zero.
  public let log: Double

  /// Creates an e-value from its logarithm, such as a log likelihood ratio of an alternative, or a mixture
  /// of them, over a simple null.
  public init(logLikelihoodRatio log: Double) {
    precondition(!log.isNaN, "evidence is a number")
    self.log = log
  }

  /// Turns a p-value into an e-value, `κ p^(κ − 1)`.
  ///
  /// - Parameters:
  ///   - p: The p-value, in 0...1.
  ///   - exponent: `κ`, between 0 and 1: small ones are for small p-values.
  public init(pValue p: Double, exponent: Double = 0.5) {
    precondition(0 <= p && p <= 1, "a p-value lies in 0...1")
    precondition(0 < exponent && exponent < 1, "an exponent of calibration lies between 0 and 1")
    log = logarithm(exponent) + (exponent - 1) * logarithm(p)
  }

  /// Turns a p-value into an e-value without an exponent to choose: the mean of `κ p^(κ − 1)` over them,
  /// `(1 − p + p ln p)/(p (ln p)²)`.
  public init(averagingOverExponentsOf p: Double) {
    precondition(0 <= p && p <= 1, "a p-value lies in 0...1")
    let l = logarithm(p)
    if p == 0 {
      log = .infinity
    } else if l > -0.5 {
      // (e^x − 1 − x)/x² at x = −ln p, by its series.
      var (sum, term) = (0.0, 0.5)
      for k in 3...20 {
        sum += term
        term *= -l / Double(k)
      }
      log = logarithm(sum)
    } else {
      log = logarithm(1 - p + p * l) - l - 2 * logarithm(-l)
    }
  }

  /// The e-value itself, infinite where a double cannot hold it.
  public var value: Double { exp(log) }
  /// The p-value that it is worth, `min(1, 1/e)`.
  public var pValue: Double { min(1, exp(-log)) }

  /// The product of e-values from independent data, or each valid given the data of those before.
  public static func product(_ factors: some Sequence<EValue>) -> EValue {
    EValue(logLikelihoodRatio: factors.reduce(0) { $0 + $1.log })
  }

  /// The mean of e-values of one null, which may depend on one another.
  ///
  /// - Precondition: There is at least one.
  public static func mean(_ terms: some Collection<EValue>) -> EValue {
    precondition(!terms.isEmpty, "no e-values have no mean")
    return EValue(
      logLikelihoodRatio: logSumExp(terms.map(\.log)) - logarithm(Double(terms.count)))
  }
}

/// The natural logarithm, by a name that the stored property does not hide.
private func logarithm(_ x: Double) -> Double { log(x) }
