internal import Syntax

/// Pieces of GitHub Flavored Markdown in which no value of a file has an effect.
///
/// - Shape: one line each but for fenced blocks; control characters are spelt out.
/// - Source: CommonMark 0.31 and GFM 0.29: code spans, tables, autolinks.
enum MarkdownText {
  /// A value as a code span.
  ///
  /// - Shape: fit for a table cell: a vertical bar is spelt out, for no escape of it suits all code.
  static func code(_ value: String, limit: Int = 300) -> String {
    // By scalar value, for a bar that a combining mark follows is still a bar to Markdown.
    var text = ""
    for scalar in shortened(visible(value), to: limit).unicodeScalars {
      if scalar == "|" { text += "\\u{7C}" } else { text.unicodeScalars.append(scalar) }
    }
    guard !text.isEmpty else { return "(empty)" }
    let fence = String(repeating: "`", count: longestRun(in: text) + 1)
    let edges = [text.utf8.first, text.utf8.last]
    let needsBlanks = edges.contains(UInt8(ascii: "`")) || edges.contains(UInt8(ascii: " "))
    let blank = needsBlanks ? " " : ""
    return fence + blank + text + blank + fence
  }

  /// A sentence: plain words as they are, everything else as code.
  ///
  /// - Shape: must follow text of our own on its line, or its first word could begin a list.
  static func prose(_ sentence: String, limit: Int = 400) -> String {
    var pieces: [String] = []
    var pending: [Substring] = []
    for word in shortened(visible(sentence), to: limit).split(separator: " ") {
      if isPlain(word) {
        if !pending.isEmpty { pieces.append(words(pending)) }
        pending = []
        pieces.append(String(word))
      } else {
        pending.append(word)
      }
    }
    if !pending.isEmpty { pieces.append(words(pending)) }
    return pieces.joined(separator: " ")
  }

  /// Words as code, the sign that ends their clause left out of it.
  private static func words(_ words: [Substring]) -> String {
    var text = Substring(words.joined(separator: " "))
    guard let last = text.last, [",", ";", ":", ".", "?"].contains(last), text.count > 1 else {
      return code(String(text), limit: .max)
    }
    text.removeLast()
    return code(String(text), limit: .max) + String(last)
  }

  /// Lines as a block of code.
  ///
  /// - Shape: line breaks of a value are spelt out, so that no line of it stands alone, where a reader looking
  ///   for commands at line starts could find one.
  static func fenced(_ lines: [String], language: String = "", limit: Int) -> String {
    let text = shortened(lines.map { visible($0) }.joined(separator: "\n"), to: limit)
    let fence = String(repeating: "`", count: max(3, longestRun(in: text) + 1))
    return "\(fence)\(language)\n\(text)\n\(fence)\n"
  }

  /// A value inside raw HTML.
  static func html(_ value: String, limit: Int = 200) -> String {
    var text = "<code>"
    for scalar in shortened(visible(value), to: limit).unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "</code>"
  }

  private static func longestRun(in text: String) -> Int {
    var (longest, run) = (0, 0)
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }

  /// Whether a word is letters or a number, with punctuation around it that means nothing in Markdown.
  ///
  /// - Shape: a known-good list, so that what a reader makes of anything else need not be known.
  private static func isPlain(_ word: Substring) -> Bool {
    if ["-", "–", "—", "→", "=", "…"].contains(word) { return true }
    let opening: Set<Unicode.Scalar> = ["(", "\"", "'"]
    let closing: Set<Unicode.Scalar> = [")", "\"", "'", ",", ";", ":", ".", "?", "…"]
    var core = Substring.UnicodeScalarView(word.unicodeScalars)
    while let first = core.first, opening.contains(first) { core.removeFirst() }
    while let last = core.last, closing.contains(last) { core.removeLast() }
    if isHash(core) { return false }
    if core.allSatisfy({ $0.properties.isASCIIHexDigit && $0.value < 0x40 || $0 == "." || $0 == "," }) {
      return true
    }
    let parts = core.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "'" }
    return parts.allSatisfy { part in !part.isEmpty && part.allSatisfy(\.properties.isAlphabetic) }
  }

  /// Whether a word could name a commit.
  private static func isHash(_ word: Substring.UnicodeScalarView) -> Bool {
    word.count >= 7 && word.allSatisfy { $0.properties.isASCIIHexDigit }
  }
}

/// A page of Markdown that fits a comment.
struct MarkdownPage {
  /// GitHub takes 65,536 characters; what is left is for a line that a poster may add.
  static let limit = 65_000

  private(set) var text = ""
  /// UTF-16 code units, which no reader counts more of.
  private(set) var size = 0

  mutating func add(_ lines: String) {
    text += lines
    size += lines.utf16.count
  }

  /// Adds pieces from the first on as long as the page stays below a size.
  ///
  /// - Returns: how many did not fit.
  mutating func add(_ pieces: some Collection<String>, upTo limit: Int) -> Int {
    var left = pieces.count
    for piece in pieces {
      guard size + piece.utf16.count <= limit else { break }
      add(piece)
      left -= 1
    }
    return left
  }
}
