internal import Models
internal import Syntax

/// `until` and the day behind it, in the text of a suppression.
///
/// - Shape: `until 2027-01-31` or `until: 2027-01-31`, in any case of the word.
public struct UntilClause: Equatable, Sendable {
  /// What keeps the day from being read.
  public struct Fault: Error, Equatable, Sendable {
    public let message: String
    /// Without any word of the text.
    let discreetMessage: String
    public let hint: String
    /// The word that is not a day, or `until` itself.
    public let range: Range<Int>
  }

  /// The last day, `2027-01-31`.
  public let day: String
  /// From the word to the end of the day.
  let range: Range<Int>
  let dayRange: Range<Int>

  /// Reads the clause of a text; `nil` where the word does not occur.
  ///
  /// - Parameters:
  ///   - text: ranges are in its indices.
  ///   - joinsHyphens: whether a hyphen is a letter of a word, as in the names of rules.
  public init?(in text: ArraySlice<UInt8>, joinsHyphens: Bool = false) throws(Fault) {
    guard let start = Self.nextWord(in: text, joinsHyphens) else {
      if let range = Self.misspeltWord(in: text) {
        throw Fault(
          message: "\(quote(String(decoding: text[range], as: UTF8.self))) before a day is not until",
          discreetMessage: "until is misspelt", hint: Self.dayHint, range: range)
      }
      return nil
    }
    let end = start + Self.word.count
    if let other = Self.nextWord(in: text[end...], joinsHyphens) {
      throw Fault(
        message: Self.twice, discreetMessage: Self.twice, hint: Self.hintOfTwo,
        range: other..<(other + Self.word.count))
    }
    var rest = text[end...].drop(while: Self.isBlank)
    if rest.first == UInt8(ascii: ":") { rest = rest.dropFirst().drop(while: Self.isBlank) }
    guard !rest.isEmpty else {
      throw Fault(
        message: Self.undated, discreetMessage: Self.undated, hint: Self.hint, range: start..<end)
    }
    let found = rest.prefix(10)
    guard isCalendarDate(String(decoding: found, as: UTF8.self)), Self.isEnd(rest.dropFirst(10)) else {
      let word = rest.prefix { !Self.isBlank($0) }
      throw Fault(
        message: "until is followed by \(quote(String(decoding: word, as: UTF8.self))), which is not a day",
        discreetMessage: Self.undated, hint: Self.hint, range: word.startIndex..<word.endIndex)
    }
    day = String(decoding: found, as: UTF8.self)
    range = start..<found.endIndex
    dayRange = found.startIndex..<found.endIndex
  }

  private static let word = Array("until".utf8)
  private static let undated = "until is not followed by a day"
  static let twice = "until is given twice"
  static let hintOfTwo = "keep one, followed by the last day, as in `until 2027-01-31`"
  private static let dayHint = "write the last day as in `until 2027-01-31`"
  private static let hint = "\(dayHint); without one, avoid the word until"

  /// Where the word occurs first, in any case and not as a part of another word.
  private static func nextWord(in text: ArraySlice<UInt8>, _ joinsHyphens: Bool) -> Int? {
    func joins(_ byte: UInt8?) -> Bool {
      guard let byte else { return false }
      return (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
        || joinsHyphens && byte == UInt8(ascii: "-")
    }
    var index = text.startIndex
    while index + word.count <= text.endIndex {
      let end = index + word.count
      if zip(text[index..<end], word).allSatisfy({ $0 | 0x20 == $1 }),
        !joins(text[..<index].last), !joins(text[end...].first)
      {
        return index
      }
      index += 1
    }
    return nil
  }

  /// A word right before a day that must mean `until`.
  private static func misspeltWord(in text: ArraySlice<UInt8>) -> Range<Int>? {
    func isPart(_ byte: UInt8) -> Bool {
      (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }
    func isGap(_ byte: UInt8) -> Bool { isBlank(byte) || ":=".utf8.contains(byte) }
    for start in text.indices.dropLast(9) where text[start...].first.map(isDigit) == true {
      let before = text[..<start]
      guard before.last.map(isGap) == true,
        isCalendarDate(String(decoding: text[start..<(start + 10)], as: UTF8.self))
      else { continue }
      let end = before.lastIndex { !isGap($0) }.map { $0 + 1 } ?? text.startIndex
      let begin = text[..<end].lastIndex { !isPart($0) }.map { $0 + 1 } ?? text.startIndex
      let word = String(decoding: text[begin..<end], as: UTF8.self).lowercased().filter { $0 != "_" }
      let isMeant = ["until", "till", "til", "expires", "expiry"].contains(word)
      if isMeant || word.utf8.count > 3 && suggestion(for: word, among: ["until"]) != nil {
        return begin..<end
      }
    }
    return nil
  }

  /// Whether a day may end before a text: at its end, a blank, or closing punctuation that no figure follows.
  private static func isEnd(_ rest: ArraySlice<UInt8>) -> Bool {
    guard let first = rest.first else { return true }
    let isPunctuation = ",;:.!?)]}\"'`".utf8.contains(first)
    let next = rest.dropFirst().first.map { (0x30...0x39).contains($0) } ?? false
    return isBlank(first) || isPunctuation && !next
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

/// Whether a text is a day of the calendar from year 1 on, such as `2027-01-31`.
public func isCalendarDate(_ text: String) -> Bool {
  text.utf8.count == 10 && !text.hasPrefix("0000") && Instant(rfc3339: text + "T00:00:00Z") != nil
}
