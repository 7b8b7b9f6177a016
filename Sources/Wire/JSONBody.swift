internal import Models
internal import Syntax

/// JSON as Python's `json.dumps` writes it: ASCII only, members in the order of the file.
struct JSONBody {
  /// What stands between items, and between a key and its value.
  enum Layout { case spaced, compact }

  private(set) var bytes: [UInt8] = []
  private let layout: Layout
  private let parameters: Parameters

  init(_ parameters: Parameters, _ layout: Layout = .spaced) {
    self.parameters = parameters
    self.layout = layout
  }

  private var operation: Operation { parameters.operation }
  private var document: Document { parameters.document }

  // MARK: Values of a shape

  /// Writes an object of members, by their names on the wire.
  mutating func structure(_ fields: [Field]) throws(WireFault) {
    append("{")
    var isFirst = true
    for field in fields {
      separate(&isFirst)
      key(ArraySlice((operation[field.member.traits].locationName ?? field.member.name).utf8))
      try value(field.value, operation[field.member.shape], field.member.traits)
    }
    append("}")
  }

  /// Writes a value as its shape asks; one of another type as it stands in the file.
  mutating func value(_ value: Value, _ shape: Shape, _ traits: TraitsID) throws(WireFault) {
    if shape.isDocument, let node = value.node { return try untyped(node) }
    switch try parameters.read(value, as: shape.kind) {
    case .mapping(let node) where shape.kind == .structure:
      try structure(document.fields(of: node, in: shape))
    case .mapping(let node):
      guard shape.kind == .map, let element = shape.element else { return try untyped(node) }
      try map(node, operation[element], shape.elementTraits)
    case .list(let node):
      guard shape.kind == .list, let element = shape.element else { return try untyped(node) }
      try list(node, operation[element], shape.elementTraits)
    case .float(let number) where !number.isFinite && (shape.kind == .float || shape.kind == .double):
      append("\"")
      appendFloat(number, to: &bytes)
      append("\"")
    case .timestamp(let time):
      let format = parameters.timestampFormat(traits, default: .unixTimestamp)
      let text = time.text(in: format)
      if format == .unixTimestamp { bytes += text } else { string(text[...]) }
    case .blob(let data): string(encodeBase64(data)[...])
    case let scalar: self.scalar(scalar)
    }
  }

  private mutating func map(_ node: NodeID, _ shape: Shape, _ traits: TraitsID) throws(WireFault) {
    append("{")
    var isFirst = true
    for entry in document.uniqueEntries(of: node) {
      separate(&isFirst)
      key(document.text(of: entry.key))
      try value(.node(entry.value), shape, traits)
    }
    append("}")
  }

  private mutating func list(_ node: NodeID, _ shape: Shape, _ traits: TraitsID) throws(WireFault) {
    append("[")
    var isFirst = true
    for item in document.items(of: node) {
      separate(&isFirst)
      try value(.node(item), shape, traits)
    }
    append("]")
  }

  // MARK: Values without a shape

  /// Writes a value as it stands in the file.
  mutating func untyped(_ node: NodeID) throws(WireFault) {
    switch try parameters.read(node, as: .string) {
    case .mapping(let node):
      append("{")
      var isFirst = true
      for entry in document.uniqueEntries(of: node) {
        separate(&isFirst)
        key(document.text(of: entry.key))
        try untyped(entry.value)
      }
      append("}")
    case .list(let node):
      append("[")
      var isFirst = true
      for item in document.items(of: node) {
        separate(&isFirst)
        try untyped(item)
      }
      append("]")
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

  private mutating func separate(_ isFirst: inout Bool) {
    if !isFirst { layout == .spaced ? append(", ") : append(",") }
    isFirst = false
  }

  private mutating func key(_ text: ArraySlice<UInt8>) {
    string(text)
    layout == .spaced ? append(": ") : append(":")
  }

  mutating func string(_ text: ArraySlice<UInt8>) {
    append("\"")
    if text.contains(where: { $0 >= 0x80 }) {
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
