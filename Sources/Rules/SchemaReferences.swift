internal import Syntax

/// References between the schemas of a document: where they lead, and whether they end.
struct SchemaReferences {
  private let document: Document
  private let root: NodeID
  /// The entries of large mappings that are targets of references.
  private var keyTables: [NodeID: [String: NodeID]] = [:]
  /// For each schema, the schemas that it applies to the same instance.
  private var inPlace: [Schema.ID: [Schema.ID]] = [:]

  init(document: Document, root: NodeID) {
    self.document = document
    self.root = root
  }

  /// The pointer of a `$ref`; `nil` if it does not lead to a place inside the same schema.
  static func pointer(_ reference: String) -> JSONPointer? {
    guard reference.hasPrefix("#") else { return nil }
    return JSONPointer(parsing: percentDecoded(reference.dropFirst()))
  }

  private static func percentDecoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"),
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The target of a reference; a large mapping is searched once for all references into it.
  mutating func target(of pointer: JSONPointer) -> NodeID? {
    pointer.tokens.reduce(root as NodeID?) { place, token in
      guard let place, document[place].kind == .mapping, document.count(of: place) > 16 else {
        return place.flatMap { document.follow(JSONPointer([token]), from: $0).value }
      }
      let known =
        keyTables[place]
        ?? Dictionary(document.entries(of: place).map { (document.string(of: $0.key), $0.value) }) { $1 }
      keyTables[place] = known
      return known[token]
    }
  }

  /// Adds a schema that judges the same instance as its parent.
  mutating func add(_ schema: Schema.ID, of parent: Schema.ID) {
    inPlace[parent, default: []].append(schema)
  }

  /// Whether a schema leads back to itself on the same instance, and so would never end.
  var areEndless: Bool {
    var isDone: [Schema.ID: Bool] = [:]
    // Uses an explicit stack, since a chain of references may have any length.
    for first in inPlace.keys {
      var open = [first]
      while let id = open.last {
        guard isDone[id] == nil else {
          isDone[id] = true
          open.removeLast()
          continue
        }
        isDone[id] = false
        for next in inPlace[id] ?? [] {
          if isDone[next] == false { return true }
          if isDone[next] == nil { open.append(next) }
        }
      }
    }
    return false
  }
}
