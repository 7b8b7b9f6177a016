internal import Syntax

/// A comment that suppresses findings: `# reqlint-ignore: RULE[, RULE] -- reason until 2027-01-31`.
struct SuppressionComment {
  /// A part of the comment with its place in the file.
  struct Word {
    let text: String
    let span: ByteSpan
  }

  /// A fault in a comment that was surely meant as a suppression; it suppresses nothing.
  struct Fault {
    let message: String
    /// The message without words of the comment; `nil` if the message has none.
    var discreetMessage: String?
    let hint: String
    let span: ByteSpan
  }

  /// The beginning of such a comment, even of a misspelt one.
  static let prefix = "reqlint-"
  private static let mark = "reqlint-ignore"

  private(set) var rules: [Word] = []
  private(set) var reason: String?
  /// The last day on which it applies.
  private(set) var until: Word?
  private(set) var fault: Fault?
  /// From the mark to the end of the comment.
  let span: ByteSpan

  /// - Parameter comment: from its `#` to the end of its line; the result is `nil` if it is an unrelated comment.
  init?(_ comment: ByteSpan, in source: SourceText) {
    let text = Scanned(source.bytes[comment.range].drop { $0 == UInt8(ascii: "#") }).trimmed
    guard text.bytes.starts(with: Self.prefix.utf8) else { return nil }
    let word = text.bytes.prefix { isWordByte($0) || $0 == UInt8(ascii: "-") }
    let rest = text.dropping(word.count)
    span = text.span
    guard word.elementsEqual(Self.mark.utf8) else {
      // Without a colon it may be any name.
      guard rest.bytes.first == UInt8(ascii: ":") else { return nil }
      let name = String(decoding: word, as: UTF8.self)
      fault = Fault(
        message: "there is no directive \(name)", discreetMessage: "there is no such directive",
        hint: Self.usage, span: Scanned(word).span)
      return
    }
    guard rest.bytes.first == UInt8(ascii: ":") else {
      fault = Fault(
        message: "suppression has no colon behind \(Self.mark)", hint: Self.usage, span: span)
      return
    }
    read(rest.dropping(1))
  }

  /// Whether its last day has passed.
  func isExpired(at now: Instant) -> Bool {
    guard let until, let start = Instant(rfc3339: until.text + "T00:00:00Z") else { return false }
    return start.milliseconds + 86_400_000 <= now.milliseconds
  }

  private static let usage =
    "write `# reqlint-ignore: RULE -- reason`, and behind that `until 2027-01-31` if you like"

  private mutating func read(_ text: Scanned) {
    let (list, remark) = text.split(at: "--")
    var rules = list
    do throws(UntilClause.Fault) {
      let clause = try UntilClause(in: list.bytes, joinsHyphens: true)
      if let clause { rules = list.without(clause) }
      if let remark { readReason(remark, try UntilClause(in: remark.bytes), outside: clause) }
      until = until ?? clause.map { Word(text: $0.day, span: ByteSpan($0.dayRange)) }
    } catch {
      fault = Fault(
        message: error.message, discreetMessage: error.discreetMessage, hint: error.hint,
        span: ByteSpan(error.range))
    }
    for part in rules.parts(at: UInt8(ascii: ",")) where fault == nil {
      let words = part.words
      if words.count > 1 {
        fault = Fault(
          message: "suppression goes on with \(quote(words[1].string)) behind a rule",
          discreetMessage: "suppression goes on behind a rule",
          hint: "write commas between rules, and -- before the reason", span: words[1].span)
      }
      if let word = words.first { self.rules.append(Word(text: word.string, span: word.span)) }
    }
    if self.rules.isEmpty, fault == nil {
      fault = Fault(message: "suppression names no rule", hint: Self.usage, span: span)
    }
  }

  /// - Parameter outside: the clause before the reason.
  private mutating func readReason(_ remark: Scanned, _ clause: UntilClause?, outside: UntilClause?) {
    if let clause, outside != nil {
      fault = Fault(
        message: UntilClause.twice, hint: UntilClause.hintOfTwo, span: ByteSpan(clause.range))
      return
    }
    until = clause.map { Word(text: $0.day, span: ByteSpan($0.dayRange)) }
    let text = clause.map { remark.without($0) } ?? remark
    reason = text.bytes.isEmpty ? nil : text.string
  }
}

extension ByteSpan {
  fileprivate init(_ range: Range<Int>) { self.init(range.lowerBound, range.upperBound) }
}

/// A part of the source; its indices are offsets in the file.
private struct Scanned {
  let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  var string: String { String(decoding: bytes, as: UTF8.self) }
  var span: ByteSpan { ByteSpan(bytes.startIndex, bytes.endIndex) }
  var trimmed: Scanned { trimmed(where: isBlank) }

  func dropping(_ count: Int) -> Scanned { Scanned(bytes.dropFirst(count)) }

  private func trimmed(where isDropped: (UInt8) -> Bool) -> Scanned {
    var rest = bytes.drop(while: isDropped)
    while let last = rest.last, isDropped(last) { rest.removeLast() }
    return Scanned(rest)
  }

  var words: [Scanned] { bytes.split(whereSeparator: isBlank).map { Scanned($0) } }

  func parts(at separator: UInt8) -> [Scanned] { bytes.split(separator: separator).map { Scanned($0) } }

  /// The text before and after a word, trimmed; the part after it is `nil` if the word does not occur.
  func split(at word: String) -> (before: Scanned, behind: Scanned?) {
    guard let found = words.first(where: { $0.bytes.elementsEqual(word.utf8) }) else { return (trimmed, nil) }
    return (
      Scanned(bytes[..<found.bytes.startIndex]).trimmed, Scanned(bytes[found.bytes.endIndex...]).trimmed
    )
  }

  /// The text without a clause at its end and the punctuation around it; the whole text if words follow the clause.
  func without(_ clause: UntilClause) -> Scanned {
    let isLast = !bytes[clause.range.upperBound...].contains { isWordByte($0) || $0 >= 0x80 }
    guard isLast else { return self }
    var before = Scanned(bytes[..<clause.range.lowerBound]).trimmed.bytes
    while let last = before.last, isBlank(last) || "([{,;:".utf8.contains(last) { before.removeLast() }
    return Scanned(before)
  }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
