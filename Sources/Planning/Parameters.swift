internal import Models
internal import Syntax

/// Writes a request's parameters as JSON, sensitive values masked.
///
/// - Shape: members in the order of the file; a masked value is the string `(sensitive)`, whatever it was.
struct ParameterWriter {
  let document: Document
  /// `nil` where the operation is not known: then every name that any service calls sensitive is masked.
  let operation: Operation?
  /// Names, in lower case, that make the value of an unknown member sensitive.
  let sensitiveNames: Set<String>
  private(set) var hasMasked = false

  init(document: Document, operation: Operation?, sensitiveNames: Set<String>) {
    self.document = document
    self.operation = operation
    self.sensitiveNames = sensitiveNames
  }

  /// Compact JSON of the parameters.
  mutating func write(_ parameters: NodeID) -> [UInt8] {
    var writer = JSONWriter(.compact)
    write(parameters, operation.flatMap { operation in operation.input.map { operation[$0] } }, to: &writer)
    return writer.bytes
  }

  private mutating func write(_ id: NodeID, _ shape: Shape?, to writer: inout JSONWriter) {
    guard shape?.isSensitive != true else {
      hasMasked = true
      writer.value(redacted)
      return
    }
    switch document[id].kind {
    case .mapping:
      writer.object { writer in
        for entry in document.entries(of: id) { write(entry, shape, to: &writer) }
      }
    case .sequence:
      let element = shape?.element.flatMap { operation?[$0] }
      writer.array { writer in
        for item in document.items(of: id) { write(item, element, to: &writer) }
      }
    case .scalar, .alias: writer.scalar(id, of: document)
    }
  }

  private mutating func write(_ entry: Document.Entry, _ shape: Shape?, to writer: inout JSONWriter) {
    let name = document.string(of: entry.key)
    writer.key(name)
    let inner: Shape?
    if shape?.kind == .structure, let member = shape?.member(name) {
      inner = operation?[member.shape]
    } else {
      inner = shape?.element.flatMap { operation?[$0] }
      if inner == nil, sensitiveNames.contains(name.lowercased()) {
        hasMasked = true
        writer.value(redacted)
        return
      }
    }
    write(entry.value, inner, to: &writer)
  }
}
