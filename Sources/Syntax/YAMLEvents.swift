import CLibYAML

/// One event of libyaml with its place, valid only inside the closure that receives it.
struct YAMLEvent {
  enum Kind {
    case streamStart, streamEnd, documentStart, documentEnd, alias, scalar, sequenceStart, sequenceEnd,
      mappingStart, mappingEnd
  }

  let kind: Kind
  /// Bytes of the source; starts at the value itself, after anchor and tag.
  let span: ByteSpan
  private let raw: yaml_event_t

  init(_ raw: yaml_event_t, kind: Kind, span: ByteSpan) {
    self.raw = raw
    self.kind = kind
    self.span = span
  }

  var isImplicitDocument: Bool {
    switch kind {
    case .documentStart: raw.data.document_start.implicit != 0
    case .documentEnd: raw.data.document_end.implicit != 0
    default: false
    }
  }

  var anchor: String? {
    switch kind {
    case .alias: string(raw.data.alias.anchor)
    case .scalar: string(raw.data.scalar.anchor)
    case .sequenceStart: string(raw.data.sequence_start.anchor)
    case .mappingStart: string(raw.data.mapping_start.anchor)
    default: nil
    }
  }

  var tag: String? {
    switch kind {
    case .scalar: string(raw.data.scalar.tag)
    case .sequenceStart: string(raw.data.sequence_start.tag)
    case .mappingStart: string(raw.data.mapping_start.tag)
    default: nil
    }
  }

  /// The text of a scalar, UTF-8.
  var text: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: raw.data.scalar.value, count: kind == .scalar ? raw.data.scalar.length : 0)
  }

  var style: Node.Style {
    switch kind {
    case .scalar: Self.style(raw.data.scalar.style)
    case .sequenceStart: raw.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE ? .flow : .block
    case .mappingStart: raw.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE ? .flow : .block
    default: .plain
    }
  }

  private static func style(_ style: yaml_scalar_style_t) -> Node.Style {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }

  private func string(_ text: UnsafeMutablePointer<UInt8>?) -> String? { text.map { String(cString: $0) } }
}

/// A fault that libyaml reports, in its own words, with its offset.
struct YAMLFault {
  let problem: String
  /// Byte in the source.
  let offset: Int
}

/// Runs libyaml over a part of a source and delivers every event, until the stream ends or the body stops it.
///
/// - Shape: `start` never decreases from span to span.
/// - Source: libyaml's marks count Unicode scalar values from after the byte order mark; only their `index` is used,
///   since their `line` also breaks at U+0085, U+2028 and U+2029.
func withYAMLEvents(
  _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isASCII: Bool, body: (YAMLEvent) -> Bool
) -> YAMLFault? {
  var parser = yaml_parser_t()
  guard yaml_parser_initialize(&parser) != 0 else { preconditionFailure("libyaml is out of memory") }
  defer { yaml_parser_delete(&parser) }
  yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
  var cursor = MarkCursor(bytes: bytes, start: start, isASCII: isASCII)
  yaml_parser_set_input_string(
    &parser, bytes.baseAddress.map { $0 + cursor.origin }, bytes.count - cursor.origin)

  while true {
    var event = yaml_event_t()
    guard yaml_parser_parse(&parser, &event) != 0 else {
      precondition(parser.error != YAML_MEMORY_ERROR, "libyaml is out of memory")
      let isReaderFault = parser.error == YAML_READER_ERROR
      let offset =
        isReaderFault
        ? min(cursor.origin + parser.problem_offset, bytes.count)
        : cursor.offset(ofMark: parser.problem_mark.index)
      let problem = parser.problem.map { String(cString: $0) } ?? "cannot be read"
      return YAMLFault(problem: problem, offset: offset)
    }
    defer { yaml_event_delete(&event) }
    guard let kind = YAMLEvent.Kind(event.type) else { preconditionFailure("libyaml event \(event.type)") }
    var begin = cursor.offset(ofMark: event.start_mark.index)
    let end = cursor.offset(ofMark: event.end_mark.index)
    if kind.mayHaveProperties, begin < end { begin = skipProperties(bytes, from: begin, to: end) }
    guard body(YAMLEvent(event, kind: kind, span: ByteSpan(begin, max(begin, end)))), kind != .streamEnd
    else {
      return nil
    }
  }
}

extension YAMLEvent.Kind {
  fileprivate init?(_ type: yaml_event_type_t) {
    switch type {
    case YAML_STREAM_START_EVENT: self = .streamStart
    case YAML_STREAM_END_EVENT: self = .streamEnd
    case YAML_DOCUMENT_START_EVENT: self = .documentStart
    case YAML_DOCUMENT_END_EVENT: self = .documentEnd
    case YAML_ALIAS_EVENT: self = .alias
    case YAML_SCALAR_EVENT: self = .scalar
    case YAML_SEQUENCE_START_EVENT: self = .sequenceStart
    case YAML_SEQUENCE_END_EVENT: self = .sequenceEnd
    case YAML_MAPPING_START_EVENT: self = .mappingStart
    case YAML_MAPPING_END_EVENT: self = .mappingEnd
    default: return nil
    }
  }

  fileprivate var mayHaveProperties: Bool {
    self == .scalar || self == .sequenceStart || self == .mappingStart
  }
}

/// Skips anchor and tag, and everything between them and the value.
private func skipProperties(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int {
  var index = start
  while index < end, bytes[index] == UInt8(ascii: "&") || bytes[index] == UInt8(ascii: "!") {
    let isAnchor = bytes[index] == UInt8(ascii: "&")
    index += 1
    while index < end, isAnchor ? isAnchorByte(bytes[index]) : !isYAMLBlank(bytes[index]) { index += 1 }
    while index < end {
      if isYAMLBlank(bytes[index]) {
        index += 1
      } else if bytes[index] == UInt8(ascii: "#") {
        while index < end, bytes[index] != UInt8(ascii: "\n"), bytes[index] != UInt8(ascii: "\r") {
          index += 1
        }
      } else {
        break
      }
    }
  }
  return index
}

/// Whether libyaml accepts a byte in an anchor's name; a colon right after the name begins the value.
private func isAnchorByte(_ byte: UInt8) -> Bool {
  hexDigit(byte) != nil || (0x67...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    || byte == UInt8(ascii: "-")
}

@inlinable
package func isYAMLBlank(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
}

/// Converts libyaml's scalar counts to byte offsets, walking from the last one requested.
private struct MarkCursor {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// Where libyaml starts to count: after a byte order mark.
  let origin: Int
  private let isASCII: Bool
  private var byte: Int
  private var scalar = 0

  init(bytes: UnsafeBufferPointer<UInt8>, start: Int, isASCII: Bool) {
    self.bytes = bytes
    let hasMark = start == 0 && bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    origin = hasMark ? 3 : start
    self.isASCII = isASCII
    byte = origin
  }

  mutating func offset(ofMark index: Int) -> Int {
    if isASCII { return min(origin + index, bytes.count) }
    while scalar < index, byte < bytes.count {
      byte += 1
      while byte < bytes.count, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
      scalar += 1
    }
    while scalar > index {
      byte -= 1
      while bytes[byte] & 0xC0 == 0x80 { byte -= 1 }
      scalar -= 1
    }
    return byte
  }
}
