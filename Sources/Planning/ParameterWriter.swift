internal import Models
internal import Syntax

/// Writes a request's parameters as JSON, sensitive values masked.
///
/// - Shape: members in the order of the file; a masked value is the string `(sensitive)`, whatever it was. A value that
///   an alias brings elsewhere is masked there too.
struct ParameterWriter {
  let document: Document
  let secrecy: Secrecy
  /// Values that are masked wherever an alias brings them.
  let shared: MaskedNodes
  private(set) var hasMasked = false
  /// Whether something is masked for another reason than its own shape.
  private(set) var masksMore = false
  /// Numbers among what is shown that JSON lacks.
  private(set) var nonFiniteNumbers: [NodeID] = []

  init(document: Document, secrecy: Secrecy, shared: MaskedNodes) {
    self.document = document
    self.secrecy = secrecy
    self.shared = shared
  }

  /// Compact JSON of the parameters.
  mutating func write(_ parameters: NodeID) -> [UInt8] {
    var writer = JSONWriter(.compact)
    if document[parameters].kind == .mapping {
      write(parameters, at: secrecy.root, to: &writer)
    } else {
      mask(&writer)
    }
    nonFiniteNumbers = writer.nonFiniteNumbers
    return writer.bytes
  }

  private mutating func mask(_ writer: inout JSONWriter, isMore: Bool = true) {
    hasMasked = true
    if isMore { masksMore = true }
    writer.value(redacted)
  }

  private mutating func write(_ id: NodeID, at place: Secrecy.Place, to writer: inout JSONWriter) {
    let kind = document[id].kind
    if secrecy.masks(id, at: place, in: document) { return mask(&writer, isMore: place.isMisfit(kind)) }
    if shared.contains(id) { return mask(&writer) }
    switch kind {
    case .mapping:
      var masks: MaskedKeys?
      writer.object { writer in
        for entry in document.entries(of: id) {
          let isHidden =
            secrecy.hidesKey(of: entry, at: place, in: document)
            || shared.contains(document.resolve(entry.key))
          if isHidden {
            (hasMasked, masksMore) = (true, true)
            var names = masks ?? MaskedKeys(of: document.entries(of: id), in: document)
            writer.key(names.next())
            masks = names
          } else {
            writer.key(document.string(of: entry.key))
          }
          write(entry.value, at: secrecy.value(of: entry.key, at: place, in: document), to: &writer)
        }
      }
    case .sequence:
      let item = secrecy.item(at: place)
      writer.array { writer in
        for node in document.items(of: id) { write(node, at: item, to: &writer) }
      }
    case .scalar, .alias: writer.scalar(id, of: document)
    }
  }
}

/// What the masked keys of one mapping become: names that no other of its keys has.
private struct MaskedKeys {
  private let entries: Document.Entries
  private let document: Document
  private var count = 0
  private var taken: Set<String>?

  init(of entries: Document.Entries, in document: Document) {
    (self.entries, self.document) = (entries, document)
  }

  mutating func next() -> String {
    let taken = taken ?? Set(entries.lazy.map { [document] in document.string(of: $0.key) })
    self.taken = taken
    var name: String
    repeat {
      count += 1
      name = count == 1 ? redacted : "\(redacted) \(count)"
    } while taken.contains(name)
    return name
  }
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
