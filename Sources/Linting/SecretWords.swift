internal import Models
internal import Syntax

/// Texts that must not be shown, and their words, to find other occurrences of them.
///
/// - Shape: in comments, words of at least four bytes; elsewhere only whole texts of at least seven bytes, or words of
///   misplaced texts, since shorter ones are names that may be shown.
package struct SecretWords: Sendable {
  private var words: Set<ArraySlice<UInt8>> = []
  private var commentWords: Set<ArraySlice<UInt8>> = []
  /// Whole texts of more than one word.
  private var phrases: Set<ArraySlice<UInt8>> = []
  /// Members whose values must not be shown; values that a comment assigns to them, misspelt or not, are hidden too.
  private var members: [SensitiveMembers] = []

  private static let leastCount = 4
  private static let leastElsewhere = 7
  private static let longText = 256
  /// Messages truncate values, so only the beginning of a long word can be compared.
  private static let comparedCount = 40
  private static let mostPhrases = 128
  private static let plainWords = Set(
    ["true", "false", "null", "none", "yes", "no"].map { ArraySlice($0.utf8) })

  package init() {}

  /// Whether there is nothing to hide.
  package var isEmpty: Bool { words.isEmpty && commentWords.isEmpty && phrases.isEmpty && members.isEmpty }

  mutating func formUnion(_ other: SecretWords) {
    words.formUnion(other.words)
    commentWords.formUnion(other.commentWords)
    phrases.formUnion(other.phrases)
    for names in other.members { add(members: names) }
  }

  /// - Parameters:
  ///   - isLoose: whether each word of the text counts everywhere.
  ///   - vocabulary: words that the model also has, which reveal nothing.
  mutating func add(_ text: ArraySlice<UInt8>, isLoose: Bool, vocabulary: Set<String>) {
    // The line break that ends a block scalar, and signs around a word, do not make a different text.
    let text = text.trimmed { isLineEnd($0) || isYAMLBlank($0) }
    let core = text.trimmed { !isWordByte($0) }
    var isFound = false
    var isWhole = false
    for token in Self.tokens(in: text) where token.count >= Self.leastCount {
      isFound = true
      let coversText = token.count == text.count || token == core
      isWhole = isWhole || token.count == text.count
      let word = token.prefix(Self.comparedCount)
      let isKnown =
        Self.plainWords.contains(ArraySlice(word.map { $0 | 0x20 }))
        || vocabulary.contains(String(decoding: token, as: UTF8.self))
      guard !isKnown else { continue }
      commentWords.insert(word)
      if isLoose || coversText, token.count >= Self.leastElsewhere { words.insert(word) }
    }
    let isPhrase =
      isFound
      ? !isWhole && text.count >= Self.leastElsewhere
      : text.count >= 3 && !Self.plainWords.contains(ArraySlice(text.map { $0 | 0x20 }))
    if isPhrase { add(phrase: text) }
  }

  /// Adds a text, or the beginning of a long one, both as it is and as messages quote it.
  private mutating func add(phrase text: ArraySlice<UInt8>) {
    guard phrases.count < Self.mostPhrases else { return }
    let text = text.prefix(Self.longText)
    phrases.insert(text)
    var quoted = quote(String(decoding: text, as: UTF8.self)).dropFirst().dropLast()
    if quoted.hasSuffix("…") { quoted.removeLast() }
    if quoted.utf8.count != text.count { phrases.insert(ArraySlice(quoted.utf8)) }
  }

  mutating func add(members names: SensitiveMembers) {
    guard !names.names.isEmpty, !members.contains(where: { $0 === names }) else { return }
    members.append(names)
  }

  // MARK: Finding

  /// The ranges of secret words in a text, in no particular order.
  func ranges(in text: ArraySlice<UInt8>, isComment: Bool = false) -> [Range<Int>] {
    guard !isEmpty else { return [] }
    let known = isComment ? commentWords : words
    var found =
      known.isEmpty
      ? []
      : Self.tokens(in: text).filter { token in
        token.count >= Self.leastCount && known.contains(token.prefix(Self.comparedCount))
      }.map { $0.startIndex..<$0.endIndex }
    for phrase in phrases where isComment || phrase.count >= Self.leastElsewhere {
      found += Self.places(of: phrase, in: text)
    }
    if isComment, assigns(text) { found.append(text.startIndex..<text.endIndex) }
    return found
  }

  /// How many words of a text are compared with members; a text with more counts as one that assigns values.
  private static let mostCompared = 128

  /// Whether a text seems to assign a value to a member: `Name: value`, `Name=value` or `--name value`.
  func assigns(_ text: ArraySlice<UInt8>) -> Bool {
    guard !members.isEmpty else { return false }
    var compared = 0
    for word in text.lazy.split(whereSeparator: { !isWordByte($0) && $0 != UInt8(ascii: "-") }) {
      let behind = text[word.endIndex...].drop { "\"' ".utf8.contains($0) }
      let isAssigned = behind.first.map { ":=".utf8.contains($0) } ?? false
      guard isAssigned || (word.starts(with: "--".utf8) && !behind.isEmpty) else { continue }
      compared += 1
      let name = String(decoding: word, as: UTF8.self)
      if compared > Self.mostCompared || members.contains(where: { $0.names.isNear(name) }) { return true }
    }
    return false
  }

  /// Whether a line of a file contains a secret word, inside or outside a comment.
  package func occur(in line: ArraySlice<UInt8>) -> Bool { !ranges(in: line, isComment: true).isEmpty }

  /// A reason without secret words; redacted if it has any, or is too long to search for each finding.
  func masking(reason: String) -> String {
    reason.utf8.count <= Self.mostReason && ranges(in: ArraySlice(reason.utf8), isComment: true).isEmpty
      ? reason : redacted
  }

  private static let mostReason = 2_048

  /// A message without secret words.
  ///
  /// - Shape: outside quotes, plain lower-case words are the message's own.
  func masking(_ message: String) -> String {
    let bytes = Array(message.utf8)
    let found = ranges(in: bytes[...]) + assignments(quotedIn: bytes)
    guard !found.isEmpty else { return message }
    var isQuoted = false
    let quoted = bytes.map { byte in
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      return isQuoted
    }
    let masked = found.filter { range in
      quoted[range.lowerBound] || !bytes[range].allSatisfy { (0x61...0x7A).contains($0) }
    }.sorted { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }
    var text: [UInt8] = []
    var end = 0
    for range in masked where range.lowerBound >= end {
      text += bytes[end..<range.lowerBound] + Array(redacted.utf8)
      end = range.upperBound
    }
    return String(decoding: text + bytes[end...], as: UTF8.self)
  }

  /// Quoted parts of a message that seem to assign a value to a member.
  private func assignments(quotedIn message: [UInt8]) -> [Range<Int>] {
    guard !members.isEmpty else { return [] }
    let quotes = message.indices.filter { message[$0] == UInt8(ascii: "\"") }
    return zip(quotes, quotes.dropFirst()).compactMap { start, end in
      assigns(message[(start + 1)..<end]) ? (start + 1)..<end : nil
    }
  }

  // MARK: Words

  /// Runs of letters and digits, and runs without blanks, quotes and brackets.
  private static func tokens(in text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    let words = text.split { !isWordByte($0) }
    let chunks = text.split(whereSeparator: isSeparator).compactMap { chunk in
      let end = chunk.lastIndex { !".:;!?".utf8.contains($0) } ?? chunk.startIndex
      let trimmed = chunk[chunk.startIndex...end]
      // A single word is already among the words.
      return trimmed.allSatisfy(isWordByte) ? nil : trimmed
    }
    return words + chunks
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte <= 0x20 || "\"'`,()[]{}<>".utf8.contains(byte)
  }

  private static func places(of phrase: ArraySlice<UInt8>, in text: ArraySlice<UInt8>) -> [Range<Int>] {
    guard let first = phrase.first, phrase.count <= text.count else { return [] }
    return (text.startIndex...(text.endIndex - phrase.count)).compactMap { start in
      guard text[start] == first, text[start...].starts(with: phrase) else { return nil }
      let end = start + phrase.count
      let isApart =
        (start == text.startIndex || !isWordByte(text[start - 1]) || !isWordByte(first))
        && (end == text.endIndex || !isWordByte(text[end]) || !isWordByte(text[end - 1])
          || phrase.count >= longText)
      return isApart ? start..<end : nil
    }
  }
}

/// Names of members whose values must not be shown.
///
/// A class, since every request of a document uses the same names: computing their union took most of the time of a
/// file with thousands of unknown operations.
final class SensitiveMembers: Sendable {
  let names: SensitiveNames

  init(_ names: SensitiveNames) { self.names = names }
}

extension ArraySlice<UInt8> {
  fileprivate func trimmed(where isDropped: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let rest = drop(while: isDropped)
    let end = rest.lastIndex { !isDropped($0) } ?? rest.startIndex - 1
    return rest[rest.startIndex..<(end + 1)]
  }
}
