internal import Models
internal import Syntax

/// XML as Python's `ElementTree` writes it: no declaration, no line breaks, ` />` for empty elements.
struct XMLBody {
  /// Work that remains to be done; nesting must not use stack.
  private enum Step {
    case value(Value, Reference, name: String)
    case entry(key: NodeID, value: NodeID, of: ShapeID, name: String)
    case close(String, since: Int)
  }

  private(set) var bytes: [UInt8] = []
  private let parameters: Parameters
  private let operation: Operation
  private let document: Document
  /// A stack: the last step is next.
  private var steps: [Step] = []

  init(_ parameters: Parameters) {
    self.parameters = parameters
    operation = parameters.operation
    document = parameters.document
  }

  /// Writes an element for a structure; attribute members go into its tag.
  mutating func structure(_ fields: [Field], _ traits: WireTraits, as name: String) throws(WireFault) {
    try begin(fields, traits, as: name)
    try finish()
  }

  /// Writes a value as one element, or as several for a flattened list or map; writes nothing for null.
  mutating func value(of field: Field, as name: String) throws(WireFault) {
    try write(field.value, field.member.reference, as: name)
    try finish()
  }

  private mutating func finish() throws(WireFault) {
    while let step = steps.popLast() {
      switch step {
      case .value(let value, let reference, let name): try write(value, reference, as: name)
      case .entry(let key, let value, let map, let name): try begin(key, value, operation[map], as: name)
      case .close(let name, let start): close(name, since: start)
      }
    }
  }

  // MARK: Values

  private mutating func write(
    _ value: Value, _ reference: Reference, as name: String
  ) throws(WireFault) {
    let shape = operation[reference.shape]
    let traits = operation[reference.traits]
    let read = try parameters.read(value, as: shape.kind)
    switch read {
    case .null: break
    case .mapping(let node) where shape.kind == .structure:
      try begin(document.fields(of: node, in: shape), traits, as: name)
    case .mapping(let node) where shape.kind == .map:
      let entryName = traits.isFlattened ? name : "entry"
      begin(
        traits, as: name,
        document.uniqueEntries(of: node).map {
          .entry(key: $0.key, value: $0.value, of: reference.shape, name: entryName)
        })
    case .list(let node) where shape.kind == .list:
      guard let element = shape.elementReference else { return }
      let itemName = traits.isFlattened ? name : operation[element.traits].locationName ?? "member"
      begin(
        traits, as: name, document.items(of: node).map { .value(.node($0), element, name: itemName) })
    default:
      let format = parameters.timestampFormat(reference.traits, default: .iso8601)
      element(try text(read, of: value, in: format), traits, as: name)
    }
  }

  private mutating func begin(
    _ fields: [Field], _ traits: WireTraits, as name: String
  ) throws(WireFault) {
    openTag(name, traits)
    var content: [Step] = []
    for field in fields {
      let traits = operation[field.member.traits]
      let name = traits.locationName ?? field.member.name
      guard traits.isXMLAttribute else {
        content.append(.value(field.value, field.member.reference, name: name))
        continue
      }
      let value = try parameters.read(field.value, as: operation[field.member.shape].kind)
      if case .null = value { continue }
      let format = parameters.timestampFormat(field.member.traits, default: .iso8601)
      attribute(name, try text(value, of: field.value, in: format))
    }
    steps.append(.close(name, since: endTag()))
    steps += content.reversed()
  }

  /// Writes items or entries, inside an element unless they are flattened.
  private mutating func begin(_ traits: WireTraits, as name: String, _ content: [Step]) {
    if !traits.isFlattened {
      openTag(name, traits)
      steps.append(.close(name, since: endTag()))
    }
    steps += content.reversed()
  }

  private mutating func begin(
    _ key: NodeID, _ value: NodeID, _ map: Shape, as name: String
  ) throws(WireFault) {
    let text = try text(.text(document.text(of: key)), of: .node(key), in: .iso8601)
    openTag(name, WireTraits())
    steps.append(.close(name, since: endTag()))
    let keyTraits = operation[map.keyTraits]
    element(text, keyTraits, as: keyTraits.locationName ?? "key")
    guard let element = map.elementReference else { return }
    let valueName = operation[element.traits].locationName ?? "value"
    steps.append(.value(.node(value), element, name: valueName))
  }

  /// A scalar as text; if its value is known only at run time, the written text need not be valid in XML.
  private func text(
    _ read: WireValue, of value: Value, in format: TimestampFormat
  ) throws(WireFault) -> [UInt8] {
    guard let text = parameters.text(read, in: format),
      characterForbiddenInXML(text) == nil || parameters.isUnknown(value)
    else { throw .unfit(value.node, .xml) }
    return text
  }

  // MARK: Markup

  private mutating func element(_ text: [UInt8], _ traits: WireTraits, as name: String) {
    openTag(name, traits)
    let start = endTag()
    for byte in text {
      switch byte {
      case UInt8(ascii: "&"): bytes += "&amp;".utf8
      case UInt8(ascii: "<"): bytes += "&lt;".utf8
      case UInt8(ascii: ">"): bytes += "&gt;".utf8
      default: bytes.append(byte)
      }
    }
    close(name, since: start)
  }

  private mutating func openTag(_ name: String, _ traits: WireTraits) {
    bytes.append(UInt8(ascii: "<"))
    bytes += name.utf8
    guard let namespace = traits.xmlNamespace else { return }
    let prefix = namespace.prefix.map { $0.isEmpty ? "" : ":\($0)" } ?? ""
    attribute("xmlns\(prefix)", Array(namespace.uri.utf8))
  }

  private mutating func attribute(_ name: String, _ text: [UInt8]) {
    bytes += " \(name)=\"".utf8
    for byte in text {
      switch byte {
      case UInt8(ascii: "&"): bytes += "&amp;".utf8
      case UInt8(ascii: "<"): bytes += "&lt;".utf8
      case UInt8(ascii: ">"): bytes += "&gt;".utf8
      case UInt8(ascii: "\""): bytes += "&quot;".utf8
      case 0x09: bytes += "&#09;".utf8
      case 0x0A: bytes += "&#10;".utf8
      case 0x0D: bytes += "&#13;".utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Ends a start tag and returns where the content begins.
  private mutating func endTag() -> Int {
    bytes.append(UInt8(ascii: ">"))
    return bytes.count
  }

  private mutating func close(_ name: String, since start: Int) {
    guard bytes.count == start else {
      bytes += "</\(name)>".utf8
      return
    }
    bytes.removeLast()
    bytes += " />".utf8
  }
}
