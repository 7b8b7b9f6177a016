internal import Models
internal import Syntax

/// Writes a request's parameters as JSON, sensitive values masked.
///
/// - Shape: members in the order of the file; a masked value is the string `(sensitive)`, whatever it was. A value that
///   an alias brings elsewhere is masked there too, and so is every unknown member of an operation with sensitive ones:
///   it may be a misspelt one.
struct ParameterWriter {
  let document: Document
  /// `nil` where the operation is not known: then every name that any service calls sensitive is masked.
  let operation: Operation?
  /// Names, in lower case, that make the value of a member of an unknown operation sensitive.
  let sensitiveNames: Set<String>
  private(set) var hasMasked = false
  /// Whether a sensitive value also stands where its shape is not sensitive, brought there by an alias.
  private(set) var sharesSecrets = false
  /// Values that are sensitive by their shape, in a document in which one node may stand in several places.
  private var secrets: Set<NodeID> = []

  init(document: Document, operation: Operation?, sensitiveNames: Set<String>) {
    self.document = document
    self.operation = operation
    self.sensitiveNames = sensitiveNames
  }

  /// Compact JSON of the parameters.
  mutating func write(_ parameters: NodeID) -> [UInt8] {
    let shape = operation.flatMap { operation in operation.input.map { operation[$0] } }
    if document.hasAliases, let shape { gather(parameters, shape) }
    var writer = JSONWriter(.compact)
    write(parameters, shape, to: &writer)
    return writer.bytes
  }

  private mutating func write(_ id: NodeID, _ shape: Shape?, to writer: inout JSONWriter) {
    guard shape?.isSensitive != true, secrets.isEmpty || !secrets.contains(id) else {
      hasMasked = true
      if shape?.isSensitive != true { sharesSecrets = true }
      writer.value(redacted)
      return
    }
    switch document[id].kind {
    case .mapping:
      writer.object { writer in
        for entry in document.entries(of: id) { write(entry, shape, to: &writer) }
      }
    case .sequence:
      let element = element(of: shape)
      writer.array { writer in
        for item in document.items(of: id) { write(item, element, to: &writer) }
      }
    case .scalar, .alias: writer.scalar(id, of: document)
    }
  }

  private mutating func write(_ entry: Document.Entry, _ shape: Shape?, to writer: inout JSONWriter) {
    let name = document.string(of: entry.key)
    writer.key(name)
    let isHidden: Bool
    let inner: Shape?
    if let shape, shape.kind == .structure, !shape.isDocument {
      inner = member(name, of: shape)
      isHidden = inner == nil && !sensitiveNames.isEmpty
    } else {
      inner = element(of: shape)
      isHidden = shape == nil && sensitiveNames.contains(name.lowercased())
    }
    guard isHidden else { return write(entry.value, inner, to: &writer) }
    hasMasked = true
    writer.value(redacted)
  }

  private mutating func gather(_ id: NodeID, _ shape: Shape) {
    if shape.isSensitive {
      secrets.insert(id)
      return
    }
    for entry in document.entries(of: id) {
      let inner =
        shape.kind == .structure
        ? member(document.string(of: entry.key), of: shape) : element(of: shape)
      if let inner { gather(entry.value, inner) }
    }
    guard let element = element(of: shape) else { return }
    for item in document.items(of: id) { gather(item, element) }
  }

  private func member(_ name: String, of shape: Shape) -> Shape? {
    shape.member(name).flatMap { operation?[$0.shape] }
  }

  private func element(of shape: Shape?) -> Shape? { shape?.element.flatMap { operation?[$0] } }
}

extension Document {
  /// Whether a value is a blob or holds one, by an operation's input.
  func hasBlob(at parameters: NodeID, _ operation: Operation) -> Bool {
    guard let input = operation.input, operation.shapes.contains(where: { $0.kind == .blob }) else {
      return false
    }
    var waiting = [(resolve(parameters), operation[input])]
    while let (id, shape) = waiting.popLast() {
      switch shape.kind {
      case .blob: return true
      case .structure:
        for entry in entries(of: id) {
          if let member = shape.member(string(of: entry.key)) {
            waiting.append((resolve(entry.value), operation[member.shape]))
          }
        }
      case .list, .map:
        guard let element = shape.element.map({ operation[$0] }) else { continue }
        waiting += items(of: id).map { (resolve($0), element) }
        waiting += entries(of: id).map { (resolve($0.value), element) }
      default: continue
      }
    }
    return false
  }
}
