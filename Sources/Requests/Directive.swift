internal import Syntax

/// A comment that binds the bare input below it: `# reqlint: SERVICE.OPERATION region=… account=…`.
struct Directive {
  struct Word {
    let text: String
    let span: ByteSpan
  }

  let operation: Word?
  let settings: [(key: String, value: Word)]
  /// Words that are neither.
  let strays: [Word]
  let span: ByteSpan

  /// Every directive in the comments above a document's value, in order.
  static func all(in document: Document) -> [Directive] {
    document.leadingComments.compactMap { Directive($0, in: document) }
  }

  private init?(_ comment: ByteSpan, in document: Document) {
    let words = Self.words(of: comment, in: document)
    guard let first = words.first, first.text == "reqlint:" else { return nil }
    var operation: Word?
    var settings: [(String, Word)] = []
    var strays: [Word] = []
    for word in words.dropFirst() {
      if let sign = word.text.firstIndex(of: "=") {
        settings.append((String(word.text[..<sign]), Word(text: String(word.text[word.text.index(after: sign)...]), span: word.span)))
      } else if operation == nil, settings.isEmpty {
        operation = word
      } else {
        strays.append(word)
      }
    }
    self.operation = operation
    self.settings = settings
    self.strays = strays
    span = ByteSpan(start: first.span.start, end: words[words.count - 1].span.end)
  }

  private static func words(of comment: ByteSpan, in document: Document) -> [Word] {
    let bytes = document.source.bytes
    var words: [Word] = []
    var index = Int(comment.start)
    while index < Int(comment.end), bytes[index] == UInt8(ascii: "#") { index += 1 }
    while index < Int(comment.end) {
      while index < Int(comment.end), bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
      let start = index
      while index < Int(comment.end), bytes[index] != 0x20, bytes[index] != 0x09 { index += 1 }
      if index > start {
        words.append(Word(text: String(decoding: bytes[start..<index], as: UTF8.self), span: ByteSpan(start, index)))
      }
    }
    return words
  }
}
