/// Leads from the text of a scalar back to the bytes of the file that spell it.
///
/// - Shape: runs in order of the text, without gaps.
public struct SourceMap: Sendable {
  private struct Run {
    /// Where the run begins in the text of the scalar.
    let text: Int
    let source: Int
    /// Bytes in the source of a run that is one unit there, such as an escape; 0 where both go byte by byte.
    let unitLength: Int
  }

  private var runs: [Run] = []

  /// Bytes of the file for a span of the text.
  public func outerSpan(_ span: ByteSpan) -> ByteSpan {
    let start = offset(of: Int(span.start))
    return ByteSpan(start, span.isEmpty ? start : max(start, end(before: Int(span.end))))
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
    var low = 0
    var high = runs.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].text <= text { low = middle } else { high = middle }
    }
    return runs[low]
  }
}

extension SourceMap {
  /// The map of a scalar, made by walking its spelling in the source beside its text.
  init(of id: NodeID, in document: Document) {
    let node = document[id]
    let span = node.span
    guard node.isDecoded else {
      runs = [Run(text: 0, source: Int(node.first), unitLength: 0)]
      return
    }
    let source = document.source.bytes[span.range]
    switch node.style {
    case .literal, .folded: mapBlock(source, text: document.text(of: id), isFolded: node.style == .folded)
    case .singleQuoted, .doubleQuoted: mapFlow(source.dropFirst().dropLast(), style: node.style, document.notation)
    case .plain, .block, .flow: mapFlow(source, style: node.style, document.notation)
    }
    if runs.isEmpty { runs = [Run(text: 0, source: Int(span.start), unitLength: 0)] }
  }

  // MARK: Plain and quoted

  private mutating func mapFlow(_ source: ArraySlice<UInt8>, style: Node.Style, _ notation: Document.Notation) {
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
      } else if let fold = Fold(source, at: index) {
        unit(fold.textLength, fold.sourceLength)
      } else {
        if !isLinear { runs.append(Run(text: text, source: index, unitLength: 0)) }
        isLinear = true
        text += 1
        index += 1
      }
    }
  }

  /// An escape of a double-quoted scalar, by its lengths.
  private struct Escape {
    let textLength: Int
    let sourceLength: Int

    init(_ source: ArraySlice<UInt8>, at index: Int, _ notation: Document.Notation) {
      if notation == .json, let escape = JSONEscape(source, at: index - source.startIndex) {
        self.init(textLength: UTF8.width(escape.scalar), sourceLength: escape.length)
        return
      }
      let kind = index + 1 < source.endIndex ? source[index + 1] : 0
      switch kind {
      case UInt8(ascii: "x"): self.init(hexDigits: 2, source, at: index)
      case UInt8(ascii: "u"): self.init(hexDigits: 4, source, at: index)
      case UInt8(ascii: "U"): self.init(hexDigits: 8, source, at: index)
      case UInt8(ascii: "N"), UInt8(ascii: "_"): self.init(textLength: 2, sourceLength: 2)
      case UInt8(ascii: "L"), UInt8(ascii: "P"): self.init(textLength: 3, sourceLength: 2)
      case 0x0A, 0x0D:
        self.init(textLength: 0, sourceLength: 1 + source[(index + 1)...].prefix(while: isYAMLBlank).count)
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

  /// A line break in a flow scalar with the blanks around it: one space, or one newline less than there are.
  private struct Fold {
    let textLength: Int
    let sourceLength: Int

    init?(_ source: ArraySlice<UInt8>, at index: Int) {
      guard isYAMLBlank(source[index]) else { return nil }
      let blanks = source[index...].prefix(while: isYAMLBlank)
      let breaks = blanks.indices.count { place in
        blanks[place] == 0x0A || (blanks[place] == 0x0D && !(place + 1 < blanks.endIndex && blanks[place + 1] == 0x0A))
      }
      guard breaks > 0 else { return nil }
      textLength = max(breaks - 1, 1)
      sourceLength = blanks.count
    }
  }

  // MARK: Literal and folded

  private mutating func mapBlock(_ source: ArraySlice<UInt8>, text: ArraySlice<UInt8>, isFolded: Bool) {
    let lines = Self.lines(source).dropFirst()
    guard let firstContent = lines.first(where: { !$0.allSatisfy { $0 == 0x20 } }) else { return }
    let leading = firstContent.prefix { $0 == 0x20 }.count
    let kept = text.drop { $0 == 0x0A }.prefix { $0 == 0x20 }.count
    let indentation = max(leading - kept, 0)

    var offset = 0
    var blankLines = 0
    var previous: ArraySlice<UInt8>?
    for line in lines {
      let content = line.dropFirst(min(indentation, line.prefix { $0 == 0x20 }.count))
      guard !content.isEmpty else {
        blankLines += 1
        continue
      }
      let isJoined = isFolded && !Self.isMoreIndented(content) && previous.map { !Self.isMoreIndented($0) } ?? false
      let gap = previous == nil ? blankLines : isJoined ? max(blankLines, 1) : blankLines + 1
      if gap > 0 {
        runs.append(Run(text: offset, source: previous?.endIndex ?? content.startIndex, unitLength: 1))
        offset += gap
      }
      runs.append(Run(text: offset, source: content.startIndex, unitLength: 0))
      offset += content.count
      blankLines = 0
      previous = content
    }
    if let previous { runs.append(Run(text: offset, source: previous.endIndex, unitLength: 1)) }
  }

  private static func isMoreIndented(_ content: ArraySlice<UInt8>) -> Bool {
    content.first == 0x20 || content.first == 0x09
  }

  private static func lines(_ source: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = source.startIndex
    var index = start
    while index < source.endIndex {
      let byte = source[index]
      let next = index + 1
      if byte == 0x0A || byte == 0x0D {
        lines.append(source[start..<index])
        let isPair = byte == 0x0D && next < source.endIndex && source[next] == 0x0A
        start = isPair ? next + 1 : next
        index = start
      } else {
        index = next
      }
    }
    lines.append(source[start...])
    return lines
  }
}

extension Document {
  /// Reads the text of a scalar as YAML of its own.
  ///
  /// - Shape: exactly one document; places in it lead back to the file.
  public func embeddedYAML(at id: NodeID, limits: Limits) -> ParsedDocument {
    let inner = SourceText(Array(text(of: id)))
    var parsed: [ParsedDocument] = []
    readYAML(inner, limits: limits, map: SourceMap(of: id, in: self)) { parsed.append($0) }
    for case .issue(let issue) in parsed { return .issue(issue) }
    guard parsed.count == 1 else {
      let problem = parsed.isEmpty ? "holds no YAML document" : "holds \(parsed.count) YAML documents instead of one"
      return .issue(SyntaxIssue(kind: .syntax, message: problem, span: sourceSpan(of: id)))
    }
    return parsed[0]
  }
}
