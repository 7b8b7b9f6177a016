/// Reads a YAML stream and delivers every document as soon as it ends.
///
/// - Shape: after a fault, reading resumes at the next document that begins with `---`.
/// - Source: YAML 1.1 and 1.2 syntax as libyaml 0.2.5 accepts it.
func readYAML(
  _ source: SourceText, limits: Limits, map: SourceMap? = nil, keepsOutlines: Bool = false,
  each: (ParsedDocument) -> Void
) {
  source.bytes.withUnsafeBufferPointer { bytes in
    var start: Int? = 0
    var floods = tagFloods(in: bytes)[...]
    while let from = start {
      floods = floods.drop { Int($0.start) < from }
      let end = floods.first.map { Int($0.start) } ?? bytes.count
      var reader = YAMLTreeReader(
        source: source, bytes: bytes, limits: limits, map: map, start: from, keepsOutlines: keepsOutlines)
      let fault = withYAMLEvents(
        UnsafeBufferPointer(rebasing: bytes[..<end]), from: from, isASCII: source.isASCII
      ) { event in
        reader.take(event, each: each)
      }
      if let flood = floods.first, reader.issue == nil,
        fault.map({ $0.offset >= reader.documentStart }) ?? true
      {
        reader.issue = SyntaxIssue(
          kind: .limit, message: "a document has more than \(mostTagDirectives) %TAG directives", span: flood)
      }
      if let fault, reader.issue == nil { reader.issue = syntaxIssue(fault, in: bytes) }
      guard let issue = reader.issue else { return }
      start = nextDocumentStart(bytes, from: max(Int(issue.span.start), reader.lastEvent), beyond: from)
      reader.abandon(for: issue, endingAt: start ?? bytes.count, each: each)
    }
  }
}

/// More than any real document has; libyaml compares each one with all before it.
private let mostTagDirectives = 100

/// The first excess directive of each document.
private func tagFloods(in bytes: UnsafeBufferPointer<UInt8>) -> [ByteSpan] {
  guard bytes.firstIndex(of: UInt8(ascii: "%"), from: 0) != nil else { return [] }
  let name = Array("%TAG".utf8)
  var floods: [ByteSpan] = []
  var (place, count) = (0, 0)
  while let found = bytes.firstIndex(of: name, from: place) {
    if UnsafeBufferPointer(rebasing: bytes[place..<found]).contains(sequence: Array("\n---".utf8)) {
      count = 0
    }
    if found == 0 || isLineBreak(bytes[found - 1]) { count += 1 }
    if count == mostTagDirectives + 1 { floods.append(ByteSpan(found, found + name.count)) }
    place = found + name.count
  }
  return floods
}

/// Builds the documents of one run of libyaml.
private struct YAMLTreeReader {
  let source: SourceText
  let bytes: UnsafeBufferPointer<UInt8>
  let map: SourceMap?
  var builder: TreeBuilder
  private(set) var documentStart: Int
  var lastEvent: Int
  /// Why the run ended early.
  var issue: SyntaxIssue?
  private let keepsOutlines: Bool

  init(
    source: SourceText, bytes: UnsafeBufferPointer<UInt8>, limits: Limits, map: SourceMap?, start: Int,
    keepsOutlines: Bool
  ) {
    self.source = source
    self.bytes = bytes
    self.map = map
    self.keepsOutlines = keepsOutlines
    builder = TreeBuilder(limits: limits)
    documentStart = start
    lastEvent = start
  }

  /// Processes one event; `false` ends the run.
  mutating func take(_ event: YAMLEvent, each: (ParsedDocument) -> Void) -> Bool {
    lastEvent = Int(event.span.start)
    switch event.kind {
    case .streamStart, .streamEnd, .documentStart: break
    case .documentEnd:
      let span = ByteSpan(documentStart, Int(event.span.end))
      documentStart = Int(event.span.end)
      finish(span, each)
    case .alias: issue = builder.addAlias(event.anchor ?? "", span: event.span)
    case .scalar: addScalar(event)
    case .sequenceStart, .mappingStart:
      let tag = Node.Tag(event.tag, at: event.span, issue: &issue)
      issue =
        issue
        ?? builder.begin(
          event.kind == .mappingStart ? .mapping : .sequence, style: event.style, tag: tag,
          start: event.span.start,
          anchor: event.anchor)
    case .sequenceEnd, .mappingEnd: issue = builder.end(at: event.span.isEmpty ? nil : event.span.end)
    }
    return issue == nil
  }

  /// Delivers the document that has ended, or the limit that it exceeds.
  private mutating func finish(_ span: ByteSpan, _ each: (ParsedDocument) -> Void) {
    let document = builder.finish(source: source, notation: .yaml, span: span, map: map)
    guard let issue = document.limitIssue, !keepsOutlines else { return each(.document(document)) }
    each(.issue(issue))
  }

  /// Delivers the issue that ended the run; a document that had already exceeded a limit keeps its outline.
  ///
  /// - Parameter end: where the next document begins.
  mutating func abandon(for issue: SyntaxIssue, endingAt end: Int, each: (ParsedDocument) -> Void) {
    let isOverLimit = issue.kind == .limit || builder.limitIssue != nil
    let hasOutline = isOverLimit && builder.abandon(for: issue)
    if hasOutline { finish(ByteSpan(documentStart, end), each) }
    guard !hasOutline || issue.kind == .syntax else { return }
    each(.issue(map.map { issue.moved(by: $0) } ?? issue))
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
      let isMergeSign =
        style == .plain && text.count == 2 && text[0] == UInt8(ascii: "<") && text[1] == text[0]
      builder.addScalar(
        style, tag: tag, span: span, text: inner..<(inner + text.count), anchor: event.anchor,
        isMergeSign: isMergeSign)
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
  /// The tag of an event; an unknown tag is an issue, since no reader can construct its value.
  fileprivate init(_ tag: String?, at span: ByteSpan, issue: inout SyntaxIssue?) {
    switch tag {
    case nil: self = .none
    case "!": self = .nonSpecific
    case "tag:yaml.org,2002:str": self = .string
    case "tag:yaml.org,2002:null": self = .null
    case "tag:yaml.org,2002:bool": self = .boolean
    case "tag:yaml.org,2002:int": self = .integer
    case "tag:yaml.org,2002:float": self = .float
    case "tag:yaml.org,2002:timestamp": self = .timestamp
    case "tag:yaml.org,2002:binary": self = .binary
    case "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq": self = .collection
    case let other?:
      self = .unknown
      issue =
        issue
        ?? SyntaxIssue(
          kind: .syntax, message: "tag \(visible(other)) is unknown to YAML readers",
          discreetly: "a tag is unknown to YAML readers", span: span)
    }
  }
}

/// A fault with the span of the character that it names, or an empty span at the end of the text.
private func syntaxIssue(_ fault: YAMLFault, in bytes: UnsafeBufferPointer<UInt8>) -> SyntaxIssue {
  var end = min(fault.offset + 1, bytes.count)
  while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
  let isAtBreak = fault.offset < bytes.count && isLineBreak(bytes[fault.offset])
  let span = ByteSpan(fault.offset, isAtBreak ? fault.offset : max(end, fault.offset))
  return SyntaxIssue(kind: .syntax, message: fault.problem, span: span)
}

/// The start of the next document at or after an offset: its marker, or the directives above that.
///
/// - Parameter start: where the run that found the fault began; the result lies after it.
private func nextDocumentStart(
  _ bytes: UnsafeBufferPointer<UInt8>, from offset: Int, beyond start: Int
) -> Int? {
  // The fault may be that the next document begins too early: then its marker is where the fault is.
  var index = offset > 0 && isLineBreak(bytes[offset - 1]) ? offset : endOfLine(bytes, from: offset)
  /// After a `...`, as long as only directives, comments and blank lines follow.
  var directives: Int?
  while index < bytes.count {
    let next = endOfLine(bytes, from: index)
    if isMarker("-", bytes, at: index), index > start { return directives ?? index }
    if isMarker(".", bytes, at: index) {
      directives = next
    } else if !["%", "#", "\n", "\r"].contains(Unicode.Scalar(bytes[index])) {
      directives = nil
    }
    index = next
  }
  return nil
}

/// The start of the last document that is sure to begin in a text, whatever follows the text.
///
/// - Parameter limit: the latest permitted start.
/// - Shape: `nil` if no document is known to end before it; comments and directives above its marker belong to it if
///   `...` closes the previous document.
/// - Source: YAML 1.2.2, section 9: a line that begins with `---` or `...` ends whatever was open.
package func lastDocumentStart(in text: [UInt8], upTo limit: Int = .max) -> Int? {
  text.withUnsafeBufferPointer { bytes in
    var index = min(bytes.count - 4, limit)
    while index > 0 {
      if bytes[index] == UInt8(ascii: "-"), isLineBreak(bytes[index - 1]), isMarker("-", bytes, at: index) {
        return start(ofDocumentMarkedAt: index, in: bytes)
      }
      index -= 1
    }
    return nil
  }
}

/// The start of the first document after the beginning of a text; `nil` if that cannot be decided yet.
///
/// - Parameter isComplete: whether nothing follows the text.
package func nextDocumentStart(in text: [UInt8], isComplete: Bool) -> Int? {
  text.withUnsafeBufferPointer { bytes in
    let start = nextDocumentStart(bytes, from: 0, beyond: 0)
    // The marker's line may go on.
    return start.flatMap { isComplete || $0 + 4 <= bytes.count ? $0 : nil }
  }
}

/// Where the document of a marker begins; `nil` for the first document of a text.
private func start(ofDocumentMarkedAt marker: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
  var start = marker
  while start > 0 {
    var line = start - 1
    while line > 0, !isLineBreak(bytes[line - 1]) { line -= 1 }
    if isMarker(".", bytes, at: line) { return start }
    guard ["%", "#", "\n", "\r"].contains(Unicode.Scalar(bytes[line])) else { return marker }
    start = line
  }
  return nil
}

/// The start of the next line.
private func endOfLine(_ bytes: UnsafeBufferPointer<UInt8>, from offset: Int) -> Int {
  var index = offset
  while index < bytes.count, !isLineBreak(bytes[index]) { index += 1 }
  return min(index + 1, bytes.count)
}

private func isLineBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

/// Whether the line that begins at an index is `---` or `...`.
private func isMarker(_ sign: Unicode.Scalar, _ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
  let end = index + 3
  guard end <= bytes.count, bytes[index..<end].allSatisfy({ $0 == UInt8(ascii: sign) }) else { return false }
  return end == bytes.count || isYAMLBlank(bytes[end])
}
