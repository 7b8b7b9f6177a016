/// Leads from the text of a scalar back to the bytes of the file that spell it.
///
/// - Shape: runs in text order, without gaps.
package struct SourceMap: Sendable {
  private struct Run {
    /// Where the run begins in the text of the scalar.
    let text: Int
    let source: Int
    /// Length in source bytes of a run that is one unit there, such as an escape; 0 if both sides advance byte by byte.
    let unitLength: Int
  }

  private var runs: [Run] = []
  /// The map of the enclosing text, if that is the text of a scalar itself; an array for the indirection.
  private var around: [SourceMap] = []

  /// How many scalars enclose the text: 1 for the text of a scalar of the file.
  var depth: Int { 1 + (around.first?.depth ?? 0) }

  /// The bytes of the file for a span of the text.
  package func outerSpan(_ span: ByteSpan) -> ByteSpan {
    let start = offset(of: Int(span.start))
    let outer = ByteSpan(start, span.isEmpty ? start : max(start, end(before: Int(span.end))))
    return around.reduce(outer) { $1.outerSpan($0) }
  }

  private func offset(of text: Int) -> Int {
    let run = run(at: text)
    return run.unitLength > 0 ? run.source : run.source + text - run.text
  }

  private func end(before text: Int) -> Int {
    let run = run(at: text - 1)
    return run.source + (run.unitLength > 0 ? run.unitLength : text - run.text)
  }

  private func run(at text: Int) -> Run {
    runs[max(runs.partitioningIndex { $0.text > text } - 1, 0)]
  }
}

extension SourceMap {
  /// A part of a text with its source location.
  package struct Piece: Sendable {
    /// Bytes of the text.
    let count: Int
    /// Its location in the enclosing text.
    let source: ByteSpan
    /// Whether the part is written byte by byte, unlike a unit such as an escape.
    let isLinear: Bool

    /// A part that is written as it reads.
    package static func linear(_ source: ByteSpan) -> Piece {
      Piece(count: source.count, source: source, isLinear: true)
    }

    /// A part that is written differently, such as an escape.
    ///
    /// - Parameter count: bytes of the text.
    package static func unit(_ count: Int, _ source: ByteSpan) -> Piece {
      Piece(count: count, source: source, isLinear: false)
    }
  }

  /// The map of a text that another program reads out of the enclosing text, such as a shell word.
  ///
  /// - Parameters:
  ///   - pieces: in text order.
  ///   - start: the location of an empty text.
  ///   - around: the map of the enclosing text if that is itself read out of another.
  package init(_ pieces: [Piece], start: Int, around: SourceMap? = nil) {
    self.around = around.map { [$0] } ?? []
    var text = 0
    for piece in pieces where piece.count > 0 {
      runs.append(
        Run(
          text: text, source: Int(piece.source.start),
          unitLength: piece.isLinear ? 0 : max(piece.source.count, 1)))
      text += piece.count
    }
    if runs.isEmpty { runs = [Run(text: 0, source: start, unitLength: 0)] }
  }

  /// The map of a scalar, made by walking its source and its text in step.
  init(of id: NodeID, in document: Document) {
    if let origin = document.origins?[id] {
      self = origin.map
      return
    }
    let node = document[id]
    let span = node.span
    around = document.map.map { [$0] } ?? []
    guard node.isDecoded else {
      runs = [Run(text: 0, source: Int(node.first), unitLength: 0)]
      return
    }
    let source = document.source.bytes[span.range]
    switch node.style {
    case .literal, .folded: mapBlock(source, text: document.text(of: id), isFolded: node.style == .folded)
    case .singleQuoted, .doubleQuoted:
      mapFlow(source.dropFirst().dropLast(), style: node.style, document.notation)
    case .plain, .block, .flow: mapFlow(source, style: node.style, document.notation)
    }
    if runs.isEmpty { runs = [Run(text: 0, source: Int(span.start), unitLength: 0)] }
  }

  // MARK: Plain and quoted

  private mutating func mapFlow(_ source: ArraySlice<UInt8>, style: Node.Style, _ notation: Document.Notation)
  {
    var text = 0
    var index = source.startIndex
    var isLinear = false
    func unit(_ textLength: Int, _ sourceLength: Int) {
      runs.append(Run(text: text, source: index, unitLength: max(sourceLength, 1)))
      text += textLength
      index += sourceLength
      isLinear = false
    }
    while index < source.endIndex {
      let byte = source[index]
      if byte == UInt8(ascii: "\\"), style == .doubleQuoted {
        let escape = Escape(source, at: index, notation)
        if escape.textLength > 0 {
          unit(escape.textLength, escape.sourceLength)
        } else {
          index += escape.sourceLength
          isLinear = false
        }
      } else if byte == UInt8(ascii: "'"), style == .singleQuoted {
        unit(1, 2)
      } else if let fold = Fold(source, at: index), fold.hasBreak {
        unit(fold.textLength, fold.sourceLength)
      } else {
        if !isLinear { runs.append(Run(text: text, source: index, unitLength: 0)) }
        isLinear = true
        let blanks = source[index...].prefix { $0 == 0x20 || $0 == 0x09 }.count
        text += max(blanks, 1)
        index += max(blanks, 1)
      }
    }
  }

  /// The lengths of an escape in a double-quoted scalar.
  private struct Escape {
    let textLength: Int
    let sourceLength: Int

    init(_ source: ArraySlice<UInt8>, at index: Int, _ notation: Document.Notation) {
      if notation == .json, let escape = JSONEscape(source, at: index - source.startIndex) {
        self.init(textLength: UTF8.width(escape.scalar), sourceLength: escape.length)
        return
      }
      if let fold = Fold(source, at: index + 1, isEscaped: true), fold.hasBreak {
        self.init(textLength: fold.textLength, sourceLength: 1 + fold.sourceLength)
        return
      }
      let kind = index + 1 < source.endIndex ? source[index + 1] : 0
      switch kind {
      case UInt8(ascii: "x"): self.init(hexDigits: 2, source, at: index)
      case UInt8(ascii: "u"): self.init(hexDigits: 4, source, at: index)
      case UInt8(ascii: "U"): self.init(hexDigits: 8, source, at: index)
      case UInt8(ascii: "N"), UInt8(ascii: "_"): self.init(textLength: 2, sourceLength: 2)
      case UInt8(ascii: "L"), UInt8(ascii: "P"): self.init(textLength: 3, sourceLength: 2)
      default: self.init(textLength: 1, sourceLength: 2)
      }
    }

    private init(hexDigits count: Int, _ source: ArraySlice<UInt8>, at index: Int) {
      let digits = source[(index + 2)...].prefix(count).compactMap { hexDigit($0) }
      let value = digits.reduce(0) { $0 << 4 | $1 }
      self.init(textLength: Unicode.Scalar(value).map { UTF8.width($0) } ?? 3, sourceLength: 2 + count)
    }

    private init(textLength: Int, sourceLength: Int) {
      self.textLength = textLength
      self.sourceLength = sourceLength
    }
  }

  /// A line break as libyaml reads it: U+0085 becomes a newline, U+2028 and U+2029 are kept.
  private struct LineBreak {
    let textLength: Int
    let sourceLength: Int

    init?(_ source: ArraySlice<UInt8>, at index: Int) {
      let bytes = source[index...].prefix(3)
      switch bytes.first {
      case 0x0A: (textLength, sourceLength) = (1, 1)
      case 0x0D: (textLength, sourceLength) = (1, bytes.starts(with: [0x0D, 0x0A]) ? 2 : 1)
      case 0xC2 where bytes.starts(with: [0xC2, 0x85]): (textLength, sourceLength) = (1, 2)
      case 0xE2 where bytes.elementsEqual([0xE2, 0x80, 0xA8]) || bytes.elementsEqual([0xE2, 0x80, 0xA9]):
        (textLength, sourceLength) = (3, 3)
      default: return nil
      }
    }
  }

  /// Line breaks in a flow scalar with the blanks around them.
  ///
  /// - Shape: one break becomes a space; more become one newline fewer; an escaped one disappears.
  private struct Fold {
    let textLength: Int
    let sourceLength: Int
    let hasBreak: Bool

    init?(_ source: ArraySlice<UInt8>, at start: Int, isEscaped: Bool = false) {
      var index = start
      var first: LineBreak?
      var rest = 0
      while index < source.endIndex {
        if let lineBreak = LineBreak(source, at: index) {
          if first != nil { rest += lineBreak.textLength }
          first = first ?? lineBreak
          index += lineBreak.sourceLength
        } else if source[index] == 0x20 || source[index] == 0x09 {
          // A blank after a backslash is a character, not the end of a line.
          if isEscaped, first == nil { return nil }
          index += 1
        } else {
          break
        }
      }
      let kept = first.map { $0.textLength > 1 ? $0.textLength + rest : max(rest, 1) } ?? 0
      textLength = isEscaped ? rest : kept
      sourceLength = index - start
      hasBreak = first != nil
    }
  }

  // MARK: Literal and folded

  private mutating func mapBlock(_ source: ArraySlice<UInt8>, text: ArraySlice<UInt8>, isFolded: Bool) {
    let lines = Self.lines(source).dropFirst()
    guard let firstContent = lines.first(where: { !$0.isBlank }),
      let firstByte = text.firstIndex(where: { $0 != 0x20 && $0 != 0x0A })
    else { return }
    let kept = text[..<firstByte].reversed().prefix { $0 == 0x20 }.count
    let indentation = max(firstContent.leadingSpaces - kept, 0)

    var offset = 0
    /// Bytes of text for the line breaks of blank lines so far.
    var blankBreaks = 0
    var previous: (line: Line, content: ArraySlice<UInt8>)?
    for line in lines {
      let content = line.bytes.dropFirst(min(indentation, line.leadingSpaces))
      guard !content.isEmpty else {
        blankBreaks += line.breakLength
        continue
      }
      var gap = blankBreaks
      if let previous {
        let isJoined =
          isFolded && previous.line.breakLength == 1 && !Self.isMoreIndented(content)
          && !Self.isMoreIndented(previous.content)
        gap = isJoined ? max(blankBreaks, 1) : previous.line.breakLength + blankBreaks
      }
      if gap > 0 {
        runs.append(
          Run(text: offset, source: previous?.content.endIndex ?? content.startIndex, unitLength: 1))
        offset += gap
      }
      runs.append(Run(text: offset, source: content.startIndex, unitLength: 0))
      offset += content.count
      blankBreaks = 0
      previous = (line, content)
    }
    if let previous { runs.append(Run(text: offset, source: previous.content.endIndex, unitLength: 1)) }
  }

  private static func isMoreIndented(_ content: ArraySlice<UInt8>) -> Bool {
    content.first == 0x20 || content.first == 0x09
  }

  private struct Line {
    let bytes: ArraySlice<UInt8>
    /// Bytes of text that its line break becomes.
    let breakLength: Int

    var leadingSpaces: Int { bytes.prefix { $0 == 0x20 }.count }
    var isBlank: Bool { leadingSpaces == bytes.count }
  }

  private static func lines(_ source: ArraySlice<UInt8>) -> [Line] {
    var lines: [Line] = []
    var start = source.startIndex
    var index = start
    while index < source.endIndex {
      guard let lineBreak = LineBreak(source, at: index) else {
        index += 1
        continue
      }
      lines.append(Line(bytes: source[start..<index], breakLength: lineBreak.textLength))
      index += lineBreak.sourceLength
      start = index
    }
    lines.append(Line(bytes: source[start...], breakLength: 0))
    return lines
  }
}

extension Document {
  /// Reads the text of a scalar as YAML of its own.
  ///
  /// - Shape: exactly one document within its own limits; positions in it lead back to the file.
  package func embeddedYAML(at id: NodeID, limits: Limits) -> ParsedDocument {
    let inner = SourceText(Array(text(of: id)))
    var parsed: [ParsedDocument] = []
    readYAML(inner, limits: limits, map: SourceMap(of: id, in: self)) { parsed.append($0) }
    for case .issue(let issue) in parsed { return .issue(issue) }
    guard parsed.count == 1 else {
      let problem =
        parsed.isEmpty ? "holds no YAML document" : "holds \(parsed.count) YAML documents instead of one"
      return .issue(SyntaxIssue(kind: .syntax, message: problem, span: sourceSpan(of: id)))
    }
    return parsed[0]
  }
}
