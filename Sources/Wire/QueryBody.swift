internal import Models
internal import Syntax

/// The form that query and ec2 send: each scalar under a name that spells out its way there.
struct QueryBody {
  /// What tells the two protocols apart: names, and how lists are spelt.
  enum Dialect { case query, ec2 }

  private let parameters: Parameters
  private let dialect: Dialect
  private var fields = OrderedFields<[UInt8]>(ignoringCase: false)

  /// Writes a call's operation, version and parameters.
  init(_ parameters: Parameters, _ dialect: Dialect) throws(WireFault) {
    self.parameters = parameters
    self.dialect = dialect
    fields[Array("Action".utf8)] = Array(parameters.operation.name.utf8)
    fields[Array("Version".utf8)] = Array(parameters.service.apiVersion.utf8)
    try structure(parameters.fields, under: [])
  }

  /// The form as it is sent.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for field in fields.fields {
      if !bytes.isEmpty { bytes.append(UInt8(ascii: "&")) }
      appendEncoded(field.name, .form, to: &bytes)
      bytes.append(UInt8(ascii: "="))
      appendEncoded(field.value, .form, to: &bytes)
    }
    return bytes
  }

  private var operation: Operation { parameters.operation }
  private var document: Document { parameters.document }

  // MARK: Values

  private mutating func structure(_ fields: [Field], under prefix: [UInt8]) throws(WireFault) {
    for field in fields {
      let name = join(prefix, wireName(field.member.traits) ?? field.member.name)
      try add(field.value, operation[field.member.shape], field.member.traits, as: name)
    }
  }

  private mutating func add(
    _ value: Value, _ shape: Shape, _ traits: TraitsID, as name: [UInt8]
  ) throws(WireFault) {
    let read = try parameters.read(value, as: shape.kind)
    switch read {
    case .null: break
    case .mapping(let node) where shape.kind == .structure:
      try structure(document.fields(of: node, in: shape), under: name)
    case .mapping(let node) where shape.kind == .map: try map(node, shape, traits, as: name)
    case .list(let node) where shape.kind == .list: try list(node, shape, traits, as: name)
    default:
      let format = parameters.timestampFormat(traits, default: .iso8601)
      guard let text = parameters.text(read, in: format) else { throw .unfit(value.node, .form) }
      fields[name] = text
    }
  }

  private mutating func list(
    _ node: NodeID, _ shape: Shape, _ traits: TraitsID, as name: [UInt8]
  ) throws(WireFault) {
    guard let element = shape.element.map({ operation[$0] }) else { return }
    var prefix = name
    if dialect == .query {
      guard document.count(of: node) > 0 else {
        fields[name] = []
        return
      }
      let itemName = operation[shape.elementTraits].locationName
      if !operation[traits].isFlattened {
        prefix = join(name, itemName ?? "member")
      } else if let itemName, !itemName.isEmpty {
        prefix = join(parent(of: name), itemName)
      }
    }
    var number = 0
    for item in document.items(of: node) {
      number += 1
      try add(.node(item), element, shape.elementTraits, as: join(prefix, String(number)))
    }
  }

  private mutating func map(
    _ node: NodeID, _ shape: Shape, _ traits: TraitsID, as name: [UInt8]
  ) throws(WireFault) {
    guard let key = shape.key.map({ operation[$0] }), let element = shape.element.map({ operation[$0] })
    else { return }
    let prefix = operation[traits].isFlattened ? name : join(name, "entry")
    var number = 0
    for entry in document.uniqueEntries(of: node) {
      number += 1
      let place = join(prefix, String(number))
      let keyName = join(place, wireName(shape.keyTraits) ?? "key")
      if key.kind == .string {
        fields[keyName] = Array(document.text(of: entry.key))
      } else {
        try add(.node(entry.key), key, shape.keyTraits, as: keyName)
      }
      let valueName = join(place, wireName(shape.elementTraits) ?? "value")
      try add(.node(entry.value), element, shape.elementTraits, as: valueName)
    }
  }

  // MARK: Names

  private func wireName(_ id: TraitsID) -> String? {
    let traits = operation[id]
    guard dialect == .ec2 else { return traits.locationName }
    return traits.queryName ?? traits.locationName.map { $0.prefix(1).uppercased() + $0.dropFirst() }
  }

  private func join(_ prefix: [UInt8], _ name: String) -> [UInt8] {
    prefix.isEmpty ? Array(name.utf8) : prefix + [UInt8(ascii: ".")] + name.utf8
  }

  private func parent(of name: [UInt8]) -> [UInt8] {
    name.lastIndex(of: UInt8(ascii: ".")).map { Array(name[..<$0]) } ?? []
  }
}

/// A request whose body is a form.
func formRequest(
  _ parameters: Parameters, _ dialect: QueryBody.Dialect
) throws(WireFault) -> HTTPRequest {
  HTTPRequest(
    method: parameters.operation.method, target: "/",
    headers: [HTTPRequest.Header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
    body: try QueryBody(parameters, dialect).bytes)
}
