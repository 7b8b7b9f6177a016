internal import Models
internal import Syntax

/// XML as Python's `ElementTree` writes it: no declaration, no line breaks, ` />` after what is empty.
struct XMLBody {
  private(set) var bytes: [UInt8] = []
  private let parameters: Parameters

  init(_ parameters: Parameters) { self.parameters = parameters }

  private var operation: Operation { parameters.operation }
  private var document: Document { parameters.document }

  // MARK: Values

  /// Writes an element for a structure; members that are attributes stand in its tag.
  mutating func structure(_ fields: [Field], _ traits: WireTraits, as name: String) throws(WireFault) {
    openTag(name, traits)
    for field in fields where operation[field.member.traits].isXMLAttribute {
      let shape = operation[field.member.shape]
      let value = try parameters.read(field.value, as: shape.kind)
      if case .null = value { continue }
      let format = parameters.timestampFormat(field.member.traits, default: .iso8601)
      guard let text = parameters.text(value, in: format) else { throw .unfit(field.value.node, .xml) }
      attribute(operation[field.member.traits].locationName ?? field.member.name, text)
    }
    let start = endTag()
    for field in fields {
      let traits = operation[field.member.traits]
      guard !traits.isXMLAttribute else { continue }
      let name = traits.locationName ?? field.member.name
      try value(field.value, operation[field.member.shape], field.member.traits, as: name)
    }
    close(name, since: start)
  }

  /// Writes a value as one element, or as several where it is a flattened list or map; nothing for null.
  mutating func value(
    _ value: Value, _ shape: Shape, _ traits: TraitsID, as name: String
  ) throws(WireFault) {
    let read = try parameters.read(value, as: shape.kind)
    switch read {
    case .null: break
    case .mapping(let node) where shape.kind == .structure:
      try structure(document.fields(of: node, in: shape), operation[traits], as: name)
    case .mapping(let node) where shape.kind == .map: try map(node, shape, operation[traits], as: name)
    case .list(let node) where shape.kind == .list: try list(node, shape, operation[traits], as: name)
    default:
      let format = parameters.timestampFormat(traits, default: .iso8601)
      guard let text = parameters.text(read, in: format) else { throw .unfit(value.node, .xml) }
      element(text, operation[traits], as: name)
    }
  }

  private mutating func list(
    _ node: NodeID, _ shape: Shape, _ traits: WireTraits, as name: String
  ) throws(WireFault) {
    guard let element = shape.element.map({ operation[$0] }) else { return }
    let itemName = operation[shape.elementTraits].locationName ?? "member"
    var start = 0
    if !traits.isFlattened {
      openTag(name, traits)
      start = endTag()
    }
    for item in document.items(of: node) {
      try value(.node(item), element, shape.elementTraits, as: traits.isFlattened ? name : itemName)
    }
    if !traits.isFlattened { close(name, since: start) }
  }

  private mutating func map(
    _ node: NodeID, _ shape: Shape, _ traits: WireTraits, as name: String
  ) throws(WireFault) {
    guard let element = shape.element.map({ operation[$0] }) else { return }
    let entryName = traits.isFlattened ? name : "entry"
    var start = 0
    if !traits.isFlattened {
      openTag(name, traits)
      start = endTag()
    }
    for entry in document.uniqueEntries(of: node) {
      openTag(entryName, WireTraits())
      let entryStart = endTag()
      let keyTraits = operation[shape.keyTraits]
      self.element(Array(document.text(of: entry.key)), keyTraits, as: keyTraits.locationName ?? "key")
      let valueName = operation[shape.elementTraits].locationName ?? "value"
      try value(.node(entry.value), element, shape.elementTraits, as: valueName)
      close(entryName, since: entryStart)
    }
    if !traits.isFlattened { close(name, since: start) }
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

  /// Where the content begins.
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
