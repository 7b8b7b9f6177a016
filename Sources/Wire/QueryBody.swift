internal import Models
internal import Syntax

/// The form that query and ec2 send: each scalar under a name that spells out its path.
struct QueryBody {
  /// The differences between the two protocols: names, and how lists are spelled.
  enum Dialect { case query, ec2 }

  /// A value that remains to be written; nesting must not use stack.
  private struct Step {
    let value: Value
    let reference: Reference
    let name: [UInt8]
  }

  private let parameters: Parameters
  private let operation: Operation
  private let document: Document
  private let dialect: Dialect
  private var fields = OrderedFields<[UInt8]>(ignoringCase: false)
  /// A stack: the last step is next.
  private var steps: [Step] = []

  /// Writes a call's operation, version and parameters.
  init(_ parameters: Parameters, _ dialect: Dialect) throws(WireFault) {
    self.parameters = parameters
    self.dialect = dialect
    operation = parameters.operation
    document = parameters.document
    fields[Array("Action".utf8)] = Array(parameters.operation.name.utf8)
    fields[Array("Version".utf8)] = Array(parameters.service.apiVersion.utf8)
    structure(parameters.fields, under: [])
    steps.reverse()
    while let step = steps.popLast() {
      let start = steps.count
      try write(step.value, step.reference, as: step.name)
      steps[start...].reverse()
    }
  }

  /// The form in its wire format.
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

  // MARK: Values

  private mutating func add(_ value: Value, _ reference: Reference?, as name: [UInt8]) {
    if let reference { steps.append(Step(value: value, reference: reference, name: name)) }
  }

  private mutating func structure(_ fields: [Field], under prefix: [UInt8]) {
    for field in fields {
      let name = join(prefix, wireName(field.member.traits) ?? field.member.name)
      add(field.value, field.member.reference, as: name)
    }
  }

  private mutating func write(
    _ value: Value, _ reference: Reference, as name: [UInt8]
  ) throws(WireFault) {
    let shape = operation[reference.shape]
    let read = try parameters.read(value, as: shape.kind)
    switch read {
    case .null: break
    case .mapping(let node) where shape.kind == .structure:
      structure(document.fields(of: node, in: shape), under: name)
    case .mapping(let node) where shape.kind == .map: map(node, shape, reference.traits, as: name)
    case .list(let node) where shape.kind == .list: list(node, shape, reference.traits, as: name)
    default:
      let format = parameters.timestampFormat(reference.traits, default: .iso8601)
      guard let text = parameters.text(read, in: format) else { throw .unfit(value.node, .form) }
      fields[name] = text
    }
  }

  private mutating func list(_ node: NodeID, _ shape: Shape, _ traits: TraitsID, as name: [UInt8]) {
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
    for (place, item) in document.items(of: node).enumerated() {
      add(.node(item), shape.elementReference, as: join(prefix, String(place + 1)))
    }
  }

  private mutating func map(_ node: NodeID, _ shape: Shape, _ traits: TraitsID, as name: [UInt8]) {
    let prefix = operation[traits].isFlattened ? name : join(name, "entry")
    for (place, entry) in document.uniqueEntries(of: node).enumerated() {
      let prefix = join(prefix, String(place + 1))
      add(
        .text(document.string(of: entry.key)), shape.keyReference,
        as: join(prefix, wireName(shape.keyTraits) ?? "key"))
      add(
        .node(entry.value), shape.elementReference,
        as: join(prefix, wireName(shape.elementTraits) ?? "value"))
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
    method: parameters.operation.method, path: "/",
    headers: [HTTPRequest.Header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
    body: try QueryBody(parameters, dialect).bytes)
}
