/// A pattern that is only a row of ASCII character classes, each with a count: `[a-z][a-z0-9\-]{2,27}`.
///
/// Most patterns of models have this form. Matching one here takes a tenth of ICU's time, and ICU would first build its
/// Unicode tables, which takes two milliseconds of a run.
///
/// - Source: java.util.regex.Pattern, as far as this type goes; the syntax means the same in ECMA-262.
struct ClassSequence {
  /// A set of ASCII characters, one bit each.
  private struct Class {
    var low: UInt64 = 0
    var high: UInt64 = 0

    func contains(_ byte: UInt8) -> Bool {
      byte < 64 ? low >> UInt64(byte) & 1 == 1 : byte < 128 && high >> UInt64(byte - 64) & 1 == 1
    }

    mutating func insert(_ bytes: ClosedRange<UInt8>) {
      for byte in bytes { if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) } }
    }
  }

  private struct Part {
    let characters: Class
    var counts: ClosedRange<Int>
  }

  /// Ends of partial matches are bits of a word, one for each position in the text.
  private static let longestText = 63

  private var parts: [Part] = []
  /// Whether a match must begin at the start of the text, and end at its end.
  private let isAtStart: Bool
  private let isAtEnd: Bool

  /// `nil` for any other kind of pattern.
  init?(_ pattern: String) {
    guard pattern.utf8.count <= 256 else { return nil }
    var rest = Array(pattern.utf8)[...]
    isAtStart = rest.first == UInt8(ascii: "^")
    if isAtStart { rest.removeFirst() }
    isAtEnd = rest.last == UInt8(ascii: "$") && rest.dropLast().last != UInt8(ascii: "\\")
    if isAtEnd { rest.removeLast() }
    while let byte = rest.popFirst() {
      guard let characters = Self.characters(byte, &rest), let counts = Self.counts(&rest) else { return nil }
      parts.append(Part(characters: characters, counts: counts))
    }
  }

  /// Whether the whole text matches; `nil` for a text that is too long or not ASCII.
  func matchesWhole(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
    ends(in: text, from: 1).map { $0 >> UInt64(text.count) & 1 == 1 }
  }

  /// Whether some part of the text matches, with `$` as only the end of the text, as in ECMA-262.
  ///
  /// `nil` for a text that is too long or not ASCII.
  func isFound(in text: UnsafeBufferPointer<UInt8>) -> Bool? {
    let starts = isAtStart ? 1 : UInt64.max >> UInt64(max(0, Self.longestText - text.count))
    return ends(in: text, from: starts).map { isAtEnd ? $0 >> UInt64(text.count) & 1 == 1 : $0 != 0 }
  }

  /// The end positions of matches that begin at some positions of a text; one bit for each position.
  private func ends(in text: UnsafeBufferPointer<UInt8>, from starts: UInt64) -> UInt64? {
    guard text.count <= Self.longestText, text.allSatisfy({ $0 < 0x80 }) else { return nil }
    var places = starts
    for part in parts {
      var next: UInt64 = 0
      while places != 0 {
        let place = places.trailingZeroBitCount
        places &= places - 1
        var end = place
        let last = part.counts.upperBound < text.count - place ? place + part.counts.upperBound : text.count
        while end < last, part.characters.contains(text[end]) { end += 1 }
        let first = place + part.counts.lowerBound
        if first <= end { next |= (UInt64.max >> UInt64(63 - end)) & (UInt64.max << UInt64(first)) }
      }
      places = next
      if places == 0 { return 0 }
    }
    return places
  }

  // MARK: Reading

  private static func characters(_ byte: UInt8, _ rest: inout ArraySlice<UInt8>) -> Class? {
    var characters = Class()
    switch byte {
    case UInt8(ascii: "["):
      guard let found = characterClass(&rest) else { return nil }
      characters = found
    case UInt8(ascii: "\\"):
      guard let escaped = rest.popFirst(), isSign(escaped) else { return nil }
      characters.insert(escaped...escaped)
    case _ where isWord(byte) || "-:/_@,;=~%!\"'#<>& ".utf8.contains(byte): characters.insert(byte...byte)
    default: return nil
    }
    return characters
  }

  /// The contents of a class: single characters, and ranges between letters or between digits.
  private static func characterClass(_ rest: inout ArraySlice<UInt8>) -> Class? {
    var characters = Class()
    var isEmpty = true
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "]") { return isEmpty ? nil : characters }
      isEmpty = false
      if isWord(byte), byte != UInt8(ascii: "_"), rest.first == UInt8(ascii: "-"),
        let end = rest.dropFirst().first,
        end != UInt8(ascii: "]")
      {
        guard isWord(end), end >= byte, (end > 0x39) == (byte > 0x39) else { return nil }
        characters.insert(byte...end)
        rest = rest.dropFirst(2)
      } else if byte == UInt8(ascii: "\\") {
        guard let escaped = rest.popFirst(), isSign(escaped), isNoRange(rest) else { return nil }
        characters.insert(escaped...escaped)
      } else if byte == UInt8(ascii: "-") {
        // Dialects differ unless the hyphen is last.
        guard rest.first == UInt8(ascii: "]") else { return nil }
        characters.insert(byte...byte)
      } else {
        guard isWord(byte) || "./_:@+=,;*?()|$%#!<>{} ".utf8.contains(byte), isNoRange(rest) else {
          return nil
        }
        characters.insert(byte...byte)
      }
    }
    return nil
  }

  /// Whether the next character is not a hyphen that could form a range.
  private static func isNoRange(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.first != UInt8(ascii: "-") || rest.dropFirst().first == UInt8(ascii: "]")
  }

  private static func counts(_ rest: inout ArraySlice<UInt8>) -> ClosedRange<Int>? {
    var counts = 1...1
    switch rest.first {
    case UInt8(ascii: "*"): counts = 0...Int.max
    case UInt8(ascii: "+"): counts = 1...Int.max
    case UInt8(ascii: "?"): counts = 0...1
    case UInt8(ascii: "{"):
      guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { return nil }
      let bounds = rest[(rest.startIndex + 1)..<end].split(
        separator: UInt8(ascii: ","), maxSplits: 1, omittingEmptySubsequences: false)
      guard let low = number(bounds[0]) else { return nil }
      let isOpen = bounds.count == 2 && bounds[1].isEmpty
      guard let high = bounds.count == 1 ? low : isOpen ? Int.max : number(bounds[1]), low <= high else {
        return nil
      }
      counts = low...high
      rest = rest[end...]
    default: return counts
    }
    rest.removeFirst()
    // One more sign would make the count reluctant or possessive.
    return rest.first.map { "*+?{".utf8.contains($0) } ?? false ? nil : counts
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...6).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return digits.reduce(0) { 10 * $0 + Int($1 & 0x0F) }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte == 0x5F
  }

  /// Whether a byte is printable ASCII but no letter or digit, and so means itself after a backslash.
  private static func isSign(_ byte: UInt8) -> Bool {
    (0x20...0x7E).contains(byte) && (!isWord(byte) || byte == 0x5F)
  }
}
