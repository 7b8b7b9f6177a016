internal import Models
internal import Syntax

/// JSON as Python's `json.dumps` writes it: ASCII only, members in file order.
struct JSONBody {
  /// The separators between items, and between a key and its value.
  enum Layout { case spaced, compact }

  /// Work that remains to be done; nesting must not use stack.
  private enum Step {
    case value(Value, Reference)
    case untyped(NodeID)
    case key(ArraySlice<UInt8>)
    case name(String)
    case separator
    case end(StaticString)
  }

  private(set) var bytes: [UInt8] = []
  private let layout: Layout
  private let parameters: Parameters
  private let operation: Operation
  private let document: Document
  /// A stack: the last step is next.
  private var steps: [Step] = []

  init(_ parameters: Parameters, _ layout: Layout = .spaced) {
    self.parameters = parameters
    self.layout = layout
    operation = parameters.operation
    document = parameters.document
  }

  /// Writes an object of members under their wire names.
  mutating func structure(_ fields: [Field]) throws(WireFault) {
    begin(fields)
    try finish()
  }

  /// Writes a value as its shape requires, or as in the file if it has another type.
  mutating func value(of field: Field) throws(WireFault) {
    steps.append(.value(field.value, field.member.reference))
    try finish()
  }

  /// Writes a value as in the file.
  mutating func untyped(_ node: NodeID) throws(WireFault) {
    steps.append(.untyped(node))
    try finish()
  }

  private mutating func finish() throws(WireFault) {
    while let step = steps.popLast() {
      switch step {
      case .value(let value, let reference): try write(value, reference)
      case .untyped(let node): try write(node)
      case .key(let text): key(text)
      case .name(let text): key(text.utf8)
      case .separator: layout == .spaced ? append(", ") : append(",")
      case .end(let bracket): append(bracket)
      }
    }
  }

  // MARK: Values of a shape

  private mutating func write(_ value: Value, _ reference: Reference) throws(WireFault) {
    let shape = operation[reference.shape]
    if shape.isDocument, let node = value.node { return try write(node) }
    switch try parameters.read(value, as: shape.kind) {
    case .mapping(let node) where shape.kind == .structure: begin(document.fields(of: node, in: shape))
    case .mapping(let node):
      beginObject(node, shape.kind == .map ? shape.elementReference : nil)
    case .list(let node):
      beginArray(node, shape.kind == .list ? shape.elementReference : nil)
    case .float(let number) where !number.isFinite && (shape.kind == .float || shape.kind == .double):
      append("\"")
      appendFloat(number, to: &bytes)
      append("\"")
    case .timestamp(let time):
      let format = parameters.timestampFormat(reference.traits, default: .unixTimestamp)
      let text = time.text(in: format)
      if format.isNumber { bytes += text } else { string(text[...]) }
    case .blob(let data): string(encodeBase64(data)[...])
    case let scalar: self.scalar(scalar)
    }
  }

  private mutating func begin(_ fields: [Field]) {
    append("{")
    if steps.isEmpty { steps.reserveCapacity(3 * fields.count + 1) }
    steps.append(.end("}"))
    for (index, field) in fields.enumerated().reversed() {
      steps.append(.value(field.value, field.member.reference))
      steps.append(.name(operation[field.member.traits].locationName ?? field.member.name))
      if index > 0 { steps.append(.separator) }
    }
  }

  /// - Parameter element: the shape of the values; `nil` for values without a shape.
  private mutating func beginObject(_ node: NodeID, _ element: Reference?) {
    append("{")
    steps.append(.end("}"))
    for (index, entry) in document.uniqueEntries(of: node).enumerated().reversed() {
      steps.append(element.map { .value(.node(entry.value), $0) } ?? .untyped(entry.value))
      steps.append(.key(document.text(of: entry.key)))
      if index > 0 { steps.append(.separator) }
    }
  }

  private mutating func beginArray(_ node: NodeID, _ element: Reference?) {
    append("[")
    steps.append(.end("]"))
    for (index, item) in document.items(of: node).enumerated().reversed() {
      steps.append(element.map { .value(.node(item), $0) } ?? .untyped(item))
      if index > 0 { steps.append(.separator) }
    }
  }

  // MARK: Values without a shape

  private mutating func write(_ node: NodeID) throws(WireFault) {
    switch try parameters.read(node, as: .string) {
    case .mapping(let node): beginObject(node, nil)
    case .list(let node): beginArray(node, nil)
    case let scalar: self.scalar(scalar)
    }
  }

  private mutating func scalar(_ value: WireValue) {
    switch value {
    case .boolean(let flag): append(flag ? "true" : "false")
    case .integer(let digits): bytes += digits
    case .float(let number): appendFloat(number, to: &bytes)
    case .text(let text): string(text)
    case .null, .blob, .timestamp, .list, .mapping: append("null")
    }
  }

  // MARK: Characters

  private mutating func append(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func key(_ text: some Collection<UInt8>) {
    string(text)
    layout == .spaced ? append(": ") : append(":")
  }

  private mutating func string(_ text: some Collection<UInt8>) {
    append("\"")
    if text.allSatisfy({ Self.isPlain($0) }) {
      bytes += text
    } else if text.contains(where: { $0 >= 0x80 }) {
      for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
        if let ascii = UInt8(exactly: scalar.value), ascii < 0x80 {
          character(ascii)
        } else {
          for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter { escape(unit) }
        }
      }
    } else {
      for byte in text { character(byte) }
    }
    append("\"")
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private mutating func character(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"")
    case UInt8(ascii: "\\"): append("\\\\")
    case 0x20..<0x7F: bytes.append(byte)
    case 0x08: append("\\b")
    case 0x09: append("\\t")
    case 0x0A: append("\\n")
    case 0x0C: append("\\f")
    case 0x0D: append("\\r")
    default: escape(UInt16(byte))
    }
  }

  private mutating func escape(_ unit: UInt16) {
    append("\\u")
    for shift in [12, 8, 4, 0] { bytes.append(hexDigit(UInt8(unit >> UInt16(shift) & 0x0F), upper: false)) }
  }
}
