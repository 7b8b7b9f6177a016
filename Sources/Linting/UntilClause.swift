internal import Models
internal import Syntax

/// `until` and the day after it, in the text of a suppression.
///
/// - Shape: `until 2027-01-31` or `until: 2027-01-31`, in any case of the word.
package struct UntilClause: Equatable, Sendable {
  /// The reason that the day cannot be read.
  package struct Fault: Error, Equatable, Sendable {
    package let message: String
    /// The message without words of the text.
    let discreetMessage: String
    package let hint: String
    /// The word that is not a day, or `until` itself.
    package let range: Range<Int>
  }

  /// The last day, `2027-01-31`.
  package let day: String
  /// From the word `until` to the end of the day.
  let range: Range<Int>
  let dayRange: Range<Int>

  /// Finds the clause in a text; `nil` if the word does not occur.
  ///
  /// - Parameters:
  ///   - text: ranges use its indices.
  ///   - joinsHyphens: whether a hyphen belongs to a word, as in the names of rules.
  package init?(in text: ArraySlice<UInt8>, joinsHyphens: Bool = false) throws(Fault) {
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
    if let second = text.indices.first(where: { $0 >= found.endIndex && Self.isDay(text[$0...]) }) {
      throw Fault(
        message: Self.twoDays, discreetMessage: Self.twoDays, hint: Self.hintOfTwo,
        range: second..<(second + 10))
    }
    day = String(decoding: found, as: UTF8.self)
    range = start..<found.endIndex
    dayRange = found.startIndex..<found.endIndex
  }

  private static let word = Array("until".utf8)
  private static let undated = "until is not followed by a day"
  static let twice = "until is given twice"
  private static let twoDays = "until is followed by two days"
  static let hintOfTwo = "keep one, followed by the last day, as in `until 2027-01-31`"
  private static let dayHint = "write the last day as in `until 2027-01-31`"
  private static let hint = "\(dayHint); without one, avoid the word until"

  /// The first occurrence of the word, in any case and not as a part of another word.
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

  /// Words that introduce the last day, in languages that are common in comments.
  private static let endings: Set<String> = [
    "until", "till", "til", "expires", "expire", "expiry", "expiration", "ends", "ending", "through", "thru",
    "valid",
    "deadline", "due", "last", "remove", "delete", "drop", "bis",
  ]
  /// How many words before a day are checked, as in `expires on the 2027-01-31`.
  private static let reach = 3

  /// A word before a day that was probably meant as `until`.
  private static func misspeltWord(in text: ArraySlice<UInt8>) -> Range<Int>? {
    for start in text.indices where isDay(text[start...]) {
      let before = text[..<start]
      guard let last = before.last, isBlank(last) || ":=".utf8.contains(last) else { continue }
      let words = before.split { isBlank($0) || ",;:=()".utf8.contains($0) }.suffix(reach)
      for (place, word) in words.reversed().enumerated() {
        let name = folded(word)
        let isNear = place == 0 && name.utf8.count > 3 && suggestion(for: name, among: ["until"]) != nil
        if endings.contains(name) || isNear { return word.startIndex..<word.endIndex }
      }
    }
    return nil
  }

  /// Whether a text begins with a calendar day.
  private static func isDay(_ text: ArraySlice<UInt8>) -> Bool {
    text.first.map(isDigit) == true && text.count >= 10
      && isCalendarDate(String(decoding: text.prefix(10), as: UTF8.self))
  }

  /// A word in lower case, with full-width letters converted to normal ones.
  private static func folded(_ word: ArraySlice<UInt8>) -> String {
    let scalars = String(decoding: word, as: UTF8.self).unicodeScalars.map { scalar in
      (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
    }
    return String(String.UnicodeScalarView(scalars)).lowercased().filter { $0 != "_" }
  }

  /// Whether a day may end before a text: at its end, a blank, or closing punctuation that no digit follows.
  private static func isEnd(_ rest: ArraySlice<UInt8>) -> Bool {
    guard let first = rest.first else { return true }
    let isPunctuation = ",;:.!?)]}\"'`".utf8.contains(first)
    let next = rest.dropFirst().first.map { (0x30...0x39).contains($0) } ?? false
    return isBlank(first) || isPunctuation && !next
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

/// Whether a text is a calendar day from year 1 on, such as `2027-01-31`.
package func isCalendarDate(_ text: String) -> Bool {
  text.utf8.count == 10 && !text.hasPrefix("0000") && Instant(rfc3339: text + "T00:00:00Z") != nil
}
