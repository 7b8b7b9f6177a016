internal import ICUBridge

/// A compiled regular expression; owns ICU's objects, so it stays with one worker.
///
/// - Source: ICU regular expressions, after translation from the pattern's dialect.
package final class Pattern {
  /// The language that a pattern is written in.
  package enum Dialect: Sendable {
    /// Java's, as service models write them.
    case java
    /// ECMA-262's, as JSON Schema writes them.
    case ecmaScript
  }

  /// The result of a match.
  package enum Outcome: Sendable {
    case match, noMatch
    /// The match did not finish, for the reason in the budget; this counts as neither pass nor fail.
    case unknown
  }

  /// Why a pattern does not compile.
  package struct Fault: Error, Equatable, Sendable {
    /// As given.
    package let pattern: String
    /// Continues a sentence that begins with the pattern.
    ///
    /// For example `is no regular expression: a class is not closed`.
    package let reason: String
  }

  /// What ICU needs to match a pattern.
  private struct Compiled {
    let regex: Regex
    /// For searches, if `regex` takes linear time only when it matches the whole text.
    let searchTranslation: String?
    /// One step can compare any length of text with what a group matched.
    let hasReference: Bool
  }

  private let source: String
  private let dialect: Dialect
  /// Matches most texts without ICU; `nil` for patterns that are more than a row of classes.
  private let sequence: ClassSequence?
  private lazy var compiled = try? Self.compile(source, dialect)
  private lazy var searching: Regex? = compiled?.searchTranslation.flatMap { try? Regex($0, of: source) }
  private static let longestReferenceText = 5_000
  /// For a match outside any request.
  private static let singleMatch = MatchBudget(2_000)
  private var units: [UInt16] = []

  private init(lazily source: String, _ dialect: Dialect) {
    self.source = source
    self.dialect = dialect
    sequence = ClassSequence(source)
  }

  /// A pattern that is known to compile; it is compiled on first use.
  package convenience init(checked source: String, dialect: Dialect) { self.init(lazily: source, dialect) }

  package convenience init(_ source: String, dialect: Dialect) throws(Fault) {
    self.init(lazily: source, dialect)
    if sequence == nil { compiled = try Self.compile(source, dialect) }
  }

  private static func compile(_ source: String, _ dialect: Dialect) throws(Fault) -> Compiled {
    switch dialect {
    case .ecmaScript:
      var translation = ECMAScriptTranslation(source)
      return Compiled(
        regex: try Regex(translation.run(), of: source), searchTranslation: nil, hasReference: false)
    case .java:
      let facts: JavaPatternFacts
      let careful: String
      let linear: String?
      do throws(JavaTranslation.Problem) {
        var survey = try JavaTranslation(source, isCareful: false)
        let plain = try survey.run()
        facts = survey.facts
        var translation = try JavaTranslation(source, known: facts, isCareful: true)
        careful = try translation.run()
        linear = facts.isLinear && plain != careful ? plain : nil
      } catch {
        throw Fault(pattern: source, reason: error.reason)
      }
      return Compiled(
        regex: try Regex(linear ?? careful, of: source), searchTranslation: linear == nil ? nil : careful,
        hasReference: facts.hasReference)
    }
  }

  /// Whether the whole text matches.
  package func matchesWhole(_ text: ArraySlice<UInt8>) -> Outcome {
    var budget = Self.singleMatch
    return text.withUnsafeBufferPointer { matchesWhole($0, &budget) }
  }

  /// Whether the whole text matches; unknown if the budget is spent.
  package func matchesWhole(_ text: UnsafeBufferPointer<UInt8>, _ budget: inout MatchBudget) -> Outcome {
    if let isMatch = sequence?.matchesWhole(text) { return isMatch ? .match : .noMatch }
    guard let compiled else { return .unknown }
    return run(text, compiled.regex, compiled, isWhole: true, &budget)
  }

  /// Whether some part of the text matches.
  package func isFound(in text: ArraySlice<UInt8>) -> Outcome {
    var budget = Self.singleMatch
    return text.withUnsafeBufferPointer { isFound(in: $0, &budget) }
  }

  /// Whether some part of the text matches; unknown if the budget is spent.
  package func isFound(in text: UnsafeBufferPointer<UInt8>, _ budget: inout MatchBudget) -> Outcome {
    // Outside ECMA-262, `$` also matches before a final line break.
    if dialect == .ecmaScript, let isMatch = sequence?.isFound(in: text) {
      return isMatch ? .match : .noMatch
    }
    guard let compiled else { return .unknown }
    guard compiled.searchTranslation != nil else {
      return run(text, compiled.regex, compiled, isWhole: false, &budget)
    }
    guard let searching else { return .unknown }
    return run(text, searching, compiled, isWhole: false, &budget)
  }

  private func run(
    _ text: UnsafeBufferPointer<UInt8>, _ regex: Regex, _ compiled: Compiled, isWhole: Bool,
    _ budget: inout MatchBudget
  ) -> Outcome {
    let longest = compiled.hasReference ? Self.longestReferenceText : Int(Int32.max)
    guard text.count <= longest else {
      budget.stop = .length(longest: longest)
      return .unknown
    }
    guard !budget.isSpent else {
      budget.stop = .steps
      return .unknown
    }
    units.removeAll(keepingCapacity: units.capacity <= 1 << 16)
    if text.allSatisfy({ $0 < 0x80 }) {
      units.reserveCapacity(text.count)
      for byte in text { units.append(UInt16(byte)) }
    } else {
      units.append(contentsOf: String(decoding: text, as: UTF8.self).utf16)
    }
    // Comparing with what a group matched takes time in proportion to its length.
    let weight = regex.weight * (compiled.hasReference ? 1 + units.count / 64 : 1)
    let limit = max(10, min(budget.remaining, budget.longestMatch) / weight + 10)
    let (outcome, steps) = regex.match(units, isWhole: isWhole, limit: Int32(clamping: limit))
    budget.spend(steps * weight)
    if outcome == .unknown { budget.stop = steps >= limit / 10 * 10 ? .steps : .stack }
    return outcome
  }
}

/// One of ICU's objects.
private final class Regex {
  private let regex: OpaquePointer
  /// The cost of one step: about 20 nanoseconds, more in a long pattern.
  let weight: Int

  init(_ translated: String, of source: String) throws(Pattern.Fault) {
    let units = Array(translated.utf16)
    var status: Int32 = 0
    guard let opened = reqlint_regex_open(units, Int32(units.count), &status) else {
      throw Pattern.Fault(pattern: source, reason: reason(String(cString: reqlint_error_name(status))))
    }
    regex = opened
    weight = max(1, source.unicodeScalars.count / 500)
  }

  deinit { reqlint_regex_close(regex) }

  func match(_ units: [UInt16], isWhole: Bool, limit: Int32) -> (outcome: Pattern.Outcome, steps: Int) {
    var steps: Int32 = 0
    let result = units.withUnsafeBufferPointer { buffer in
      withUnsafePointer(to: UInt16(0)) { empty in
        reqlint_regex_match(
          regex, buffer.baseAddress ?? empty, Int32(buffer.count), isWhole ? 1 : 0, limit, &steps)
      }
    }
    let outcome: Pattern.Outcome = result < 0 ? .unknown : result > 0 ? .match : .noMatch
    return (outcome, Int(steps))
  }
}

/// ICU's name for a fault, as words.
private func reason(_ code: String) -> String {
  let details = [
    "U_REGEX_MISMATCHED_PAREN": "a parenthesis has no partner",
    "U_REGEX_MISSING_CLOSE_BRACKET": "a class is not closed",
    "U_REGEX_RULE_SYNTAX": "a character stands where none of its kind may",
    "U_REGEX_BAD_ESCAPE_SEQUENCE": "an escape means nothing",
    "U_REGEX_PROPERTY_SYNTAX": "there is no such property",
    "U_REGEX_BAD_INTERVAL": "a count of repetitions is not closed",
    "U_REGEX_MAX_LT_MIN": "a count of repetitions runs backwards",
    "U_REGEX_NUMBER_TOO_BIG": "a count of repetitions is too large",
    "U_REGEX_INVALID_RANGE": "a range in a class runs backwards",
    "U_REGEX_INVALID_BACK_REF": "a reference names no group",
    "U_REGEX_INVALID_CAPTURE_GROUP_NAME": "a group's name is malformed or names no group",
    "U_REGEX_INVALID_FLAG": "a flag means nothing",
  ]
  // Java and ECMA-262 accept it.
  if code == "U_REGEX_LOOK_BEHIND_LIMIT" {
    return "cannot be evaluated: a look-behind has no greatest length"
  }
  if code == "U_REGEX_INTERNAL_ERROR" { return "cannot be evaluated: its groups and classes nest too deeply" }
  return details[code].map { "is no regular expression: \($0)" } ?? "cannot be evaluated: \(code)"
}
