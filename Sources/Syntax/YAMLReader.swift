/// Reads a YAML stream and hands over every document as it ends.
///
/// - Shape: after a fault the next document that begins with `---` is read on.
/// - Source: YAML 1.1 and 1.2 syntax as libyaml 0.2.5 takes it.
func readYAML(_ source: SourceText, limits: Limits, map: SourceMap? = nil, each: (ParsedDocument) -> Void) {
  source.bytes.withUnsafeBufferPointer { bytes in
    var start: Int? = 0
    while let from = start {
      var reader = YAMLTreeReader(source: source, bytes: bytes, limits: limits, map: map, start: from)
      let fault = withYAMLEvents(bytes, from: from, isASCII: source.isASCII) { event in
        reader.take(event, each: each)
      }
      if let fault, reader.issue == nil { reader.issue = syntaxIssue(fault, in: bytes) }
      guard let issue = reader.issue else { return }
      each(.issue(map.map { issue.moved(by: $0) } ?? issue))
      start = nextDocumentStart(bytes, after: max(Int(issue.span.start), reader.lastEvent))
    }
  }
}

/// Builds the documents of one run of libyaml.
private struct YAMLTreeReader {
  let source: SourceText
  let bytes: UnsafeBufferPointer<UInt8>
  let map: SourceMap?
  var builder: TreeBuilder
  var documentStart: Int
  var lastEvent: Int
  /// What ended the run early.
  var issue: SyntaxIssue?

  init(source: SourceText, bytes: UnsafeBufferPointer<UInt8>, limits: Limits, map: SourceMap?, start: Int) {
    self.source = source
    self.bytes = bytes
    self.map = map
    builder = TreeBuilder(limits: limits)
    documentStart = start
    lastEvent = start
  }

  /// Takes one event; `false` ends the run.
  mutating func take(_ event: YAMLEvent, each: (ParsedDocument) -> Void) -> Bool {
    lastEvent = Int(event.span.start)
    switch event.kind {
    case .streamStart, .streamEnd, .documentStart: break
    case .documentEnd:
      let span = ByteSpan(documentStart, Int(event.span.end))
      documentStart = Int(event.span.end)
      each(.document(builder.finish(source: source, notation: .yaml, span: span, map: map)))
    case .alias: issue = builder.addAlias(event.anchor ?? "", span: event.span)
    case .scalar: addScalar(event)
    case .sequenceStart, .mappingStart:
      let tag = Node.Tag(event.tag, at: event.span, issue: &issue)
      issue =
        issue
        ?? builder.begin(
          event.kind == .mappingStart ? .mapping : .sequence, style: event.style, tag: tag, start: event.span.start,
          anchor: event.anchor)
    case .sequenceEnd, .mappingEnd: issue = builder.end(at: event.span.isEmpty ? nil : event.span.end)
    }
    return issue == nil
  }

  private mutating func addScalar(_ event: YAMLEvent) {
    let tag = Node.Tag(event.tag, at: event.span, issue: &issue)
    let style = event.style
    let span = style == .literal || style == .folded ? withoutTrailingBlanks(event.span) : event.span
    let text = event.text
    let inset = style == .singleQuoted || style == .doubleQuoted ? 1 : 0
    let inner = Int(span.start) + inset
    let isVerbatim =
      style != .literal && style != .folded && span.count == text.count + 2 * inset
      && text.elementsEqual(bytes[inner..<(inner + text.count)])
    if isVerbatim {
      let isMergeSign = style == .plain && text.count == 2 && text[0] == UInt8(ascii: "<") && text[1] == text[0]
      builder.addScalar(
        style, tag: tag, span: span, text: inner..<(inner + text.count), anchor: event.anchor, isMergeSign: isMergeSign)
    } else {
      builder.addScalar(style, tag: tag, span: span, decodedText: text, anchor: event.anchor)
    }
  }

  private func withoutTrailingBlanks(_ span: ByteSpan) -> ByteSpan {
    var end = Int(span.end)
    while end > Int(span.start), isYAMLBlank(bytes[end - 1]) { end -= 1 }
    return ByteSpan(Int(span.start), end)
  }
}

extension Node.Tag {
  /// The tag of an event; an unknown one is an issue, since no reader can construct its value.
  fileprivate init(_ tag: String?, at span: ByteSpan, issue: inout SyntaxIssue?) {
    switch tag {
    case nil: self = .none
    case "!", "tag:yaml.org,2002:str": self = .string
    case "tag:yaml.org,2002:null": self = .null
    case "tag:yaml.org,2002:bool": self = .boolean
    case "tag:yaml.org,2002:int": self = .integer
    case "tag:yaml.org,2002:float": self = .float
    case "tag:yaml.org,2002:timestamp": self = .timestamp
    case "tag:yaml.org,2002:binary": self = .binary
    case "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq": self = .collection
    case let other?:
      self = .unknown
      issue = issue ?? SyntaxIssue(kind: .syntax, message: "tag \(other) is unknown to YAML readers", span: span)
    }
  }
}

extension SyntaxIssue {
  fileprivate func moved(by map: SourceMap) -> SyntaxIssue {
    SyntaxIssue(kind: kind, message: message, span: map.outerSpan(span))
  }
}

/// A fault with the span of the character that it names, or of none at the end of the text.
private func syntaxIssue(_ fault: YAMLFault, in bytes: UnsafeBufferPointer<UInt8>) -> SyntaxIssue {
  var end = min(fault.offset + 1, bytes.count)
  while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
  let isLineBreak = fault.offset < bytes.count && (bytes[fault.offset] == 0x0A || bytes[fault.offset] == 0x0D)
  let span = ByteSpan(fault.offset, isLineBreak ? fault.offset : max(end, fault.offset))
  return SyntaxIssue(kind: .syntax, message: fault.problem, span: span)
}

/// Where a line with a document marker begins, after an offset.
private func nextDocumentStart(_ bytes: UnsafeBufferPointer<UInt8>, after offset: Int) -> Int? {
  var index = offset
  while index < bytes.count {
    while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
    index += 1
    guard index + 3 <= bytes.count else { return nil }
    let isMarker = (0..<3).allSatisfy { bytes[index + $0] == UInt8(ascii: "-") }
    if isMarker, index + 3 == bytes.count || isYAMLBlank(bytes[index + 3]) { return index }
  }
  return nil
}
