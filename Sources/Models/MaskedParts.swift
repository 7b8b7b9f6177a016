package import Syntax

/// The outermost values of a request that must not be shown.
package struct MaskedParts: Sendable {
  /// A masked value.
  package struct Part: Sendable {
    package let value: NodeID
    /// `nil` for an item of a list and for the parameters as a whole.
    package let entry: Document.Entry?
    /// Whether the value is out of place, so that its text may contain names and values.
    package let isMisplaced: Bool
  }

  package private(set) var parts: [Part] = []

  package init() {}

  /// Adds the masked parts of parameters, or of any other value.
  package mutating func add(_ root: NodeID, in document: Document, _ secrecy: Secrecy) {
    guard document[root].kind == .mapping else {
      return parts.append(Part(value: root, entry: nil, isMisplaced: true))
    }
    add(root, entry: nil, at: secrecy.root, in: document, secrecy)
  }

  /// Adds a value as a whole.
  package mutating func add(whole value: NodeID, entry: Document.Entry? = nil) {
    parts.append(Part(value: value, entry: entry, isMisplaced: true))
  }

  private mutating func add(
    _ id: NodeID, entry: Document.Entry?, at place: Secrecy.Place, in document: Document, _ secrecy: Secrecy
  ) {
    if secrecy.masks(id, at: place, in: document) {
      return parts.append(Part(value: id, entry: entry, isMisplaced: place.isMisfit(document[id].kind)))
    }
    if case .shape(let shape) = place, !shape.holdsSensitive, shape.isScalar, document[id].kind == .scalar {
      return
    }
    for inner in document.entriesAndOverridden(of: id) {
      if secrecy.hidesKey(of: inner, at: place, in: document) { add(whole: inner.key) }
      let place = secrecy.value(of: inner.key, at: place, in: document)
      add(inner.value, entry: inner, at: place, in: document, secrecy)
    }
    guard document[id].kind == .sequence else { return }
    let place = secrecy.item(at: place)
    for item in document.items(of: id) { add(item, entry: nil, at: place, in: document, secrecy) }
  }

  /// All nodes of the parts, including targets of aliases.
  package func nodes(in document: Document) -> MaskedNodes {
    MaskedNodes(document.rangesBehindAliases(of: parts.map(\.value)))
  }
}
