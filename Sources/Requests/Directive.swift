internal import Models
internal import Syntax

/// A comment that binds the bare input below it: `# reqlint: SERVICE.OPERATION region=… account=…`.
struct Directive {
  struct Word {
    let text: String
    let span: ByteSpan

    /// The first bytes of the word.
    func prefix(_ count: Int) -> Word {
      Word(
        text: String(decoding: text.utf8.prefix(count), as: UTF8.self),
        span: ByteSpan(Int(span.start), Int(span.start) + count))
    }

    /// The word without its first bytes.
    func dropping(_ count: Int) -> Word {
      Word(
        text: String(decoding: text.utf8.dropFirst(count), as: UTF8.self),
        span: ByteSpan(Int(span.start) + count, Int(span.end)))
    }
  }

  static let mark = "reqlint:"

  let operation: Word?
  let settings: [(key: Word, value: Word)]
  /// Words that are neither operation nor settings.
  let strays: [Word]
  let span: ByteSpan

  init?(_ comment: ByteSpan, in document: Document) {
    guard Self.isMarked(comment, in: document) else { return nil }
    var words = Self.words(of: comment, in: document)
    let first = words[0]
    words[0] = first.dropping(Self.mark.utf8.count)
    if words[0].text.isEmpty { words.removeFirst() }
    Self.joinCommand(&words)
    var operation: Word?
    var settings: [(Word, Word)] = []
    var strays: [Word] = []
    for word in words {
      if let sign = word.text.utf8.firstIndex(of: UInt8(ascii: "=")) {
        let length = word.text.utf8.distance(from: word.text.startIndex, to: sign)
        settings.append((word.prefix(length), word.dropping(length + 1)))
      } else if operation == nil, settings.isEmpty {
        operation = word
      } else {
        strays.append(word)
      }
    }
    self.operation = operation
    self.settings = settings
    self.strays = strays
    span = ByteSpan(start: first.span.start, end: words.last?.span.end ?? first.span.end)
  }

  /// Whether a comment begins with the mark; checked without splitting it into words.
  private static func isMarked(_ comment: ByteSpan, in document: Document) -> Bool {
    let text = document.source.bytes[comment.range].drop { $0 == UInt8(ascii: "#") }
      .drop { $0 == 0x20 || $0 == 0x09 }
    return text.begins(with: mark)
  }

  /// Joins the words of `aws SERVICE OPERATION` into one.
  static func joinCommand(_ words: inout [Word]) {
    guard words.count >= 3, words[0].text == "aws" else { return }
    let text = words[..<3].map(\.text).joined(separator: " ")
    guard OperationID(command: text) != nil else { return }
    words[0] = Word(text: text, span: ByteSpan(start: words[0].span.start, end: words[2].span.end))
    words.removeSubrange(1...2)
  }

  static func words(of comment: ByteSpan, in document: Document) -> [Word] {
    let bytes = document.source.bytes
    var words: [Word] = []
    var index = Int(comment.start)
    while index < Int(comment.end), bytes[index] == UInt8(ascii: "#") { index += 1 }
    while index < Int(comment.end) {
      while index < Int(comment.end), bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
      let start = index
      while index < Int(comment.end), bytes[index] != 0x20, bytes[index] != 0x09 { index += 1 }
      if index > start {
        words.append(
          Word(text: String(decoding: bytes[start..<index], as: UTF8.self), span: ByteSpan(start, index)))
      }
    }
    return words
  }
}
