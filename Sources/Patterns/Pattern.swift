internal import ICUBridge

/// A compiled regular expression; owns ICU's object, so it stays with one worker.
///
/// - Source: ICU regular expressions, after translation from the dialect that the pattern is written in.
public final class Pattern {
  /// The language that a pattern is written in.
  public enum Dialect: Sendable {
    /// Java's, as service models write them.
    case java
    /// ECMA-262's, as JSON Schema writes them.
    case ecmaScript
  }

  /// What a match came to.
  public enum Outcome: Sendable {
    case match, noMatch
    /// The match ran out of its budget: neither pass nor fail.
    case unknown
  }

  /// Why a pattern does not compile.
  public struct Fault: Error, Equatable, Sendable {
    /// As it was given.
    public let pattern: String
    /// ICU's name for the fault, for example `U_REGEX_MISMATCHED_PAREN`.
    public let reason: String
  }

  /// ICU's time limit per match, in its units of roughly a millisecond of backtracking.
  private static let budget: Int32 = 50

  private let regex: OpaquePointer
  private var units: [UInt16] = []

  public init(_ source: String, dialect: Dialect) throws(Fault) {
    let translated = Array(translate(source, from: dialect).utf16)
    var status: Int32 = 0
    guard let opened = reqlint_regex_open(translated, Int32(translated.count), &status) else {
      throw Fault(pattern: source, reason: String(cString: reqlint_error_name(status)))
    }
    regex = opened
    reqlint_regex_set_time_limit(regex, Self.budget, &status)
  }

  deinit { reqlint_regex_close(regex) }

  /// Whether the whole text matches.
  public func matchesWhole(_ text: ArraySlice<UInt8>) -> Outcome { run(text, reqlint_regex_matches) }

  /// Whether some part of the text matches.
  public func isFound(in text: ArraySlice<UInt8>) -> Outcome { run(text, reqlint_regex_find) }

  private func run(
    _ text: ArraySlice<UInt8>, _ match: (OpaquePointer?, UnsafeMutablePointer<Int32>?) -> Int32
  ) -> Outcome {
    units.removeAll(keepingCapacity: true)
    if text.allSatisfy({ $0 < 0x80 }) {
      for byte in text { units.append(UInt16(byte)) }
    } else {
      units.append(contentsOf: String(decoding: text, as: UTF8.self).utf16)
    }
    var status: Int32 = 0
    return units.withUnsafeBufferPointer { buffer in
      withUnsafePointer(to: UInt16(0)) { empty in
        reqlint_regex_set_text(regex, buffer.baseAddress ?? empty, Int32(buffer.count), &status)
        let isMatch = match(regex, &status) != 0
        guard status <= 0 else { return .unknown }
        return isMatch ? .match : .noMatch
      }
    }
  }
}
