internal import Syntax

/// The part of a source line around a finding, with sensitive values masked.
///
/// - Units: `text` holds at most `width` Unicode scalar values; `markStart` and `markCount` count those.
package struct Excerpt: Sendable {
  static let width = 110

  package let text: String
  /// The start of the finding in the text.
  package let markStart: Int
  /// The length of the finding in the text; 0 for a position between two characters.
  package let markCount: Int
  /// Whether the line has more text before or after this part.
  package let isCutBefore: Bool
  package let isCutAfter: Bool

  /// - Parameters:
  ///   - masks: spans whose text must not be shown; spaces in them are kept, so that the layout stays visible.
  ///   - words: words that must not be shown; a comment with one is masked completely.
  init(
    _ span: ByteSpan, in source: SourceText, _ lines: LineIndex, masks: [ByteSpan],
    words: SecretWords = SecretWords()
  ) {
    let line = lines.range(ofLine: lines.line(of: span.start))
    let bytes = source.bytes
    let mark = min(max(Int(span.start), line.lowerBound), line.upperBound)
    // A line that fits is shown from its start, a longer one from shortly before the mark.
    var start = line.lowerBound
    if Self.scalars(bytes[line].prefix(4 * Self.width + 4)) > Self.width || line.count > 4 * Self.width {
      start = max(line.lowerBound, Self.offset(mark, back: 30, in: bytes))
      if Self.scalars(bytes[line.lowerBound..<min(mark, line.lowerBound + 4 * Self.width)]) < Self.width - 30
      {
        start = line.lowerBound
      }
    }
    let end = min(line.upperBound, Self.offset(start, forward: Self.width, in: bytes))
    let markEnd = min(max(Int(span.end), mark), end)
    isCutBefore = start > line.lowerBound
    isCutAfter = end < line.upperBound
    markStart = Self.scalars(bytes[start..<max(start, min(mark, end))])
    markCount = mark < markEnd ? Self.scalars(bytes[mark..<markEnd]) : 0
    let secrets = words.isEmpty ? [] : Self.secrets(start..<end, of: bytes[line], words)
    text = Self.masked(start..<end, of: bytes, masks + secrets)
  }

  /// How many bytes before the shown part are searched for the start of a comment.
  private static let commentReach = 1 << 14

  /// The ranges of secret words in a part of a line.
  private static func secrets(
    _ range: Range<Int>, of line: ArraySlice<UInt8>, _ words: SecretWords
  ) -> [ByteSpan] {
    // Words may begin before the part and end after it.
    let start = max(line.startIndex, range.lowerBound - width)
    let end = min(line.endIndex, range.upperBound + width)
    var found = words.ranges(in: line[start..<end])
    func beginsComment(_ index: Int) -> Bool {
      line[index] == UInt8(ascii: "#") && (index == line.startIndex || isYAMLBlank(line[index - 1]))
    }
    var comments = (start..<end).filter(beginsComment)
    let before = max(line.startIndex, start - commentReach)..<start
    if before.lowerBound > line.startIndex || before.contains(where: beginsComment) {
      comments.insert(start, at: 0)
    }
    if let comment = comments.first(where: { !words.ranges(in: line[$0..<end], isComment: true).isEmpty }) {
      found.append((line[comment] == UInt8(ascii: "#") ? comment + 1 : comment)..<end)
    }
    return found.map { ByteSpan($0.lowerBound, $0.upperBound) }
  }

  init(text: String, markStart: Int, markCount: Int) {
    self.text = text
    self.markStart = markStart
    self.markCount = markCount
    isCutBefore = false
    isCutAfter = false
  }

  private static func masked(_ range: Range<Int>, of bytes: [UInt8], _ masks: [ByteSpan]) -> String {
    let touching = masks.filter { Int($0.start) < range.upperBound && Int($0.end) > range.lowerBound }
    var kept: [UInt8] = []
    for index in range {
      if bytes[index] == 0x20 || !touching.contains(where: { $0.range.contains(index) }) {
        kept.append(bytes[index])
      } else if bytes[index] & 0xC0 != 0x80 {
        kept.append(UInt8(ascii: "*"))
      }
    }
    return String(decoding: kept, as: UTF8.self)
  }

  private static func scalars(_ bytes: ArraySlice<UInt8>) -> Int { bytes.count { $0 & 0xC0 != 0x80 } }

  private static func offset(_ start: Int, back count: Int, in bytes: [UInt8]) -> Int {
    var (offset, left) = (start, count)
    while offset > 0, left > 0 {
      offset -= 1
      if bytes[offset] & 0xC0 != 0x80 { left -= 1 }
    }
    return offset
  }

  private static func offset(_ start: Int, forward count: Int, in bytes: [UInt8]) -> Int {
    var (offset, left) = (start, count)
    while offset < bytes.count, left > 0 || bytes[offset] & 0xC0 == 0x80 {
      if bytes[offset] & 0xC0 != 0x80 { left -= 1 }
      offset += 1
    }
    return offset
  }
}
