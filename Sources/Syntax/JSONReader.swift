/// Reads a JSON text.
///
/// - Shape: exactly one value; numbers keep their source text; escapes are decoded, positions kept.
/// - Source: RFC 8259; a byte order mark at the start is tolerated, as its section 8.1 permits.
/// - Parameters:
///   - map: leads from the text to the file if it is part of another text.
///   - keepsOutline: whether a text that exceeds a limit gives a document with a `limitIssue`, not just the issue.
package func readJSON(
  _ source: SourceText, limits: Limits, map: SourceMap? = nil, keepsOutline: Bool = false
) -> ParsedDocument {
  source.bytes.withUnsafeBufferPointer { bytes in
    var reader = JSONTreeReader(bytes: bytes, position: source.byteOrderMarkLength, limits: limits)
    do throws(JSONTreeReader.Stop) {
      try reader.readDocument()
    } catch {
      let isOverLimit = error.issue.kind == .limit || reader.builder.limitIssue != nil
      guard isOverLimit, reader.builder.abandon(for: error.issue) else {
        return .issue(map.map { error.issue.moved(by: $0) } ?? error.issue)
      }
    }
    let span = ByteSpan(0, bytes.count)
    let document = reader.builder.finish(source: source, notation: .json, span: span, map: map)
    guard let issue = document.limitIssue, !keepsOutline else { return .document(document) }
    return .issue(issue)
  }
}

private struct JSONTreeReader {
  struct Stop: Error { let issue: SyntaxIssue }

  /// What may come next.
  private enum Expectation { case value, firstItem, firstKey, key, separator }

  let bytes: UnsafeBufferPointer<UInt8>
  var position: Int
  var builder: TreeBuilder
  private var closers: [UInt8] = []
  private var unescaped: [UInt8] = []

  init(bytes: UnsafeBufferPointer<UInt8>, position: Int, limits: Limits) {
    self.bytes = bytes
    self.position = position
    builder = TreeBuilder(limits: limits)
  }

  mutating func readDocument() throws(Stop) {
    var expectation = Expectation.value
    while true {
      skipBlanks()
      if expectation == .separator, closers.isEmpty {
        guard position == bytes.count else { throw fault("text goes on after the end of the JSON value") }
        return
      }
      guard position < bytes.count else { throw fault("text ends inside the JSON value") }
      let byte = bytes[position]
      switch expectation {
      case .firstItem where byte == UInt8(ascii: "]"), .firstKey where byte == UInt8(ascii: "}"):
        try close()
        expectation = .separator
      case .firstKey, .key:
        guard byte == UInt8(ascii: "\"") else { throw fault("expected a key in double quotes") }
        try readString()
        skipBlanks()
        guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else {
          throw fault("expected ':' after the key")
        }
        position += 1
        expectation = .value
      case .value, .firstItem: expectation = try readValue(byte)
      case .separator:
        if byte == closers.last {
          try close()
        } else if byte == UInt8(ascii: ",") {
          position += 1
          expectation = closers.last == UInt8(ascii: "}") ? .key : .value
        } else {
          throw fault("expected ',' or '\(closers.last == UInt8(ascii: "}") ? "}" : "]")'")
        }
      }
    }
  }

  private mutating func readValue(_ byte: UInt8) throws(Stop) -> Expectation {
    switch byte {
    case UInt8(ascii: "{"):
      try open(.mapping, closer: UInt8(ascii: "}"))
      return .firstKey
    case UInt8(ascii: "["):
      try open(.sequence, closer: UInt8(ascii: "]"))
      return .firstItem
    case UInt8(ascii: "\""): try readString()
    case UInt8(ascii: "t"): try readWord("true")
    case UInt8(ascii: "f"): try readWord("false")
    case UInt8(ascii: "n"): try readWord("null")
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try readNumber()
    default: throw fault("expected a value")
    }
    return .separator
  }

  private mutating func open(_ kind: Node.Kind, closer: UInt8) throws(Stop) {
    if let issue = builder.begin(kind, style: .flow, tag: .none, start: UInt32(position)) {
      throw Stop(issue: issue)
    }
    closers.append(closer)
    position += 1
  }

  private mutating func close() throws(Stop) {
    closers.removeLast()
    position += 1
    if let issue = builder.end(at: UInt32(position)) { throw Stop(issue: issue) }
  }

  private mutating func readWord(_ word: StaticString) throws(Stop) {
    let start = position
    let count = word.utf8CodeUnitCount
    let fits =
      start + count <= bytes.count && (0..<count).allSatisfy { bytes[start + $0] == word.utf8Start[$0] }
    guard fits else { throw fault("expected a value") }
    position += count
    builder.addScalar(.plain, tag: .none, span: ByteSpan(start, position), text: start..<position)
  }

  private mutating func readNumber() throws(Stop) {
    let start = position
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    if position < bytes.count, bytes[position] == UInt8(ascii: "0") {
      position += 1
      if position < bytes.count, isDigit(bytes[position]) { throw fault("a number must not begin with 0") }
    } else {
      try readDigits()
    }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      try readDigits()
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
      {
        position += 1
      }
      try readDigits()
    }
    builder.addScalar(.plain, tag: .none, span: ByteSpan(start, position), text: start..<position)
  }

  private mutating func readDigits() throws(Stop) {
    let start = position
    while position < bytes.count, isDigit(bytes[position]) { position += 1 }
    guard position > start else { throw fault("expected a digit") }
  }

  private mutating func readString() throws(Stop) {
    let start = position
    position += 1
    var hasEscapes = false
    if !unescaped.isEmpty { unescaped.removeAll(keepingCapacity: true) }
    while true {
      guard position < bytes.count else { throw fault("text ends inside a string") }
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") { break }
      guard byte >= 0x20 else { throw fault("control character in a string must be escaped") }
      if byte == UInt8(ascii: "\\") {
        if !hasEscapes { unescaped.append(contentsOf: bytes[(start + 1)..<position]) }
        hasEscapes = true
        try readEscape()
      } else {
        if hasEscapes { unescaped.append(byte) }
        position += 1
      }
    }
    position += 1
    let span = ByteSpan(start, position)
    if hasEscapes {
      builder.addScalar(.doubleQuoted, tag: .none, span: span, decodedText: unescaped)
    } else {
      builder.addScalar(.doubleQuoted, tag: .none, span: span, text: (start + 1)..<(position - 1))
    }
  }

  private mutating func readEscape() throws(Stop) {
    let start = position
    guard let escape = JSONEscape(bytes, at: position) else {
      throw fault("no such escape in a JSON string", at: start)
    }
    unescaped.append(contentsOf: UTF8.encode(escape.scalar) ?? UTF8.encodedReplacementCharacter)
    position += escape.length
  }

  private mutating func skipBlanks() {
    while position < bytes.count, isYAMLBlank(bytes[position]) { position += 1 }
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  private func fault(_ message: String, at place: Int? = nil) -> Stop {
    let start = min(place ?? position, bytes.count)
    var end = min(start + 1, bytes.count)
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    let isMark =
      end - start == 3 && bytes[start] == 0xEF && bytes[start + 1] == 0xBB && bytes[start + 2] == 0xBF
    let message = isMark ? "byte order mark inside the JSON text" : message
    return Stop(issue: SyntaxIssue(kind: .syntax, message: message, span: ByteSpan(start, end)))
  }
}

/// One escape of a JSON string.
///
/// - Source: RFC 8259, section 7; a surrogate counts only as a pair, since UTF-8 cannot hold a lone one.
struct JSONEscape {
  let scalar: Unicode.Scalar
  /// Length of the escape in the source, in bytes.
  let length: Int

  init?(_ bytes: some RandomAccessCollection<UInt8>, at start: Int) {
    func byte(_ offset: Int) -> UInt8? {
      let index = bytes.index(bytes.startIndex, offsetBy: start + offset, limitedBy: bytes.endIndex)
      return index.flatMap { $0 < bytes.endIndex ? bytes[$0] : nil }
    }
    func unit(_ offset: Int) -> UInt32? {
      var value: UInt32 = 0
      for index in offset..<(offset + 4) {
        guard let digit = byte(index).flatMap({ hexDigit($0) }) else { return nil }
        value = value << 4 | digit
      }
      return value
    }
    guard let kind = byte(1) else { return nil }
    if kind == UInt8(ascii: "u") {
      guard let first = unit(2) else { return nil }
      if let scalar = Unicode.Scalar(first) {
        self.init(scalar: scalar, length: 6)
        return
      }
      guard first < 0xDC00, byte(6) == UInt8(ascii: "\\"), byte(7) == UInt8(ascii: "u"), let second = unit(8),
        (0xDC00...0xDFFF).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      else { return nil }
      self.init(scalar: scalar, length: 12)
      return
    }
    let scalar: Unicode.Scalar
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scalar = Unicode.Scalar(kind)
    case UInt8(ascii: "b"): scalar = "\u{8}"
    case UInt8(ascii: "f"): scalar = "\u{C}"
    case UInt8(ascii: "n"): scalar = "\n"
    case UInt8(ascii: "r"): scalar = "\r"
    case UInt8(ascii: "t"): scalar = "\t"
    default: return nil
    }
    self.init(scalar: scalar, length: 2)
  }

  private init(scalar: Unicode.Scalar, length: Int) {
    self.scalar = scalar
    self.length = length
  }
}

func hexDigit(_ byte: UInt8) -> UInt32? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
  default: nil
  }
}
