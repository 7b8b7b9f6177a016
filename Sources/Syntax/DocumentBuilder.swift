/// Where the nodes of an assembled document come from.
struct Origins: Sendable {
  /// Where one scalar is spelled.
  enum Origin: Sendable {
    /// In a text of its own.
    case text(SourceMap)
    /// As a scalar of another document.
    case node(NodeID, Document)

    /// Leads from the text of the scalar to the file.
    var map: SourceMap {
      switch self {
      case .text(let map): map
      case .node(let id, let document): SourceMap(of: id, in: document)
      }
    }
  }

  fileprivate var byNode: [NodeID: Origin] = [:]

  subscript(id: NodeID) -> Origin? { byNode[id] }
}

/// Builds a document from parts of other texts, such as the words of a command and JSON in them.
///
/// - Shape: keys and values alternate in a mapping. Every node has its place in the file; a scalar whose map is known
///   can be read as a document of its own, and positions in that lead back to the file too.
package struct DocumentBuilder {
  private let source: SourceText
  private var tree: TreeBuilder
  private var origins = Origins()
  private var hidden: [NodeID] = []
  private var dynamic: [NodeID] = []
  private var start: UInt32?

  /// - Parameter source: the file.
  package init(source: SourceText, limits: Limits) {
    self.source = source
    tree = TreeBuilder(limits: limits)
  }

  // MARK: Collections

  /// Opens a mapping; its keys and values follow.
  ///
  /// - Parameter isOpen: whether it may have more entries than are added.
  package mutating func beginMapping(at span: ByteSpan, isOpen: Bool = false, isHidden: Bool = false) {
    begin(.mapping, at: span, isOpen: isOpen, isHidden: isHidden)
  }

  /// Opens a sequence; its items follow.
  ///
  /// - Parameter isOpen: whether it may have more items than are added.
  package mutating func beginSequence(at span: ByteSpan, isOpen: Bool = false, isHidden: Bool = false) {
    begin(.sequence, at: span, isOpen: isOpen, isHidden: isHidden)
  }

  private mutating func begin(_ kind: Node.Kind, at span: ByteSpan, isOpen: Bool, isHidden: Bool) {
    start = start ?? span.start
    let before = tree.nodeCount
    _ = tree.begin(kind, style: .flow, tag: .none, start: span.start)
    if tree.nodeCount > before { note(isDynamic: isOpen, isHidden: isHidden) }
  }

  /// Closes the innermost collection.
  ///
  /// - Parameter end: in the file, exclusive.
  package mutating func end(at end: UInt32) { _ = tree.end(at: end) }

  // MARK: Scalars

  /// Adds a key or a string value.
  ///
  /// - Parameters:
  ///   - span: in the file.
  ///   - map: leads from the text to the file; `nil` for a text that nobody reads as a document.
  ///   - isDynamic: whether the text is a placeholder for a value that is known only at run time.
  ///   - isHidden: for a key, whether it and its value belong to a frame.
  package mutating func string(
    _ text: some Collection<UInt8>, at span: ByteSpan, map: SourceMap? = nil, isDynamic: Bool = false,
    isHidden: Bool = false
  ) {
    start = start ?? span.start
    let before = tree.nodeCount
    tree.addScalar(.doubleQuoted, tag: .string, span: span, decodedText: text)
    guard tree.nodeCount > before else { return }
    if let map { origins.byNode[NodeID(before)] = .text(map) }
    note(isDynamic: isDynamic, isHidden: isHidden)
  }

  /// Adds a number, a boolean or null, spelled as in JSON.
  package mutating func plain(_ text: String, at span: ByteSpan) {
    start = start ?? span.start
    let before = tree.nodeCount
    tree.addScalar(.plain, tag: .none, span: span, decodedText: text.utf8)
    if tree.nodeCount > before { note(isDynamic: false, isHidden: false) }
  }

  /// Adds a value of another document with everything inside it; follows aliases and merge keys.
  package mutating func copy(_ id: NodeID, of document: Document) {
    let id = document.resolve(id)
    let span = document.sourceSpan(of: id)
    switch document[id].kind {
    case .mapping:
      begin(.mapping, at: span, isOpen: document[id].isDynamic, isHidden: false)
      for entry in document.entries(of: id) {
        copy(entry.key, of: document)
        copy(entry.value, of: document)
      }
      end(at: span.end)
    case .sequence:
      begin(.sequence, at: span, isOpen: document[id].isDynamic, isHidden: false)
      for item in document.items(of: id) { copy(item, of: document) }
      end(at: span.end)
    case .scalar, .alias:
      start = start ?? span.start
      let before = tree.nodeCount
      let node = document[id]
      tree.addScalar(node.style, tag: node.tag, span: span, decodedText: document.text(of: id))
      guard tree.nodeCount > before else { return }
      origins.byNode[NodeID(before)] = .node(id, document)
      note(isDynamic: node.isDynamic, isHidden: false)
    }
  }

  private mutating func note(isDynamic: Bool, isHidden: Bool) {
    let id = NodeID(tree.nodeCount - 1)
    if isDynamic { dynamic.append(id) }
    if isHidden { hidden.append(id) }
  }

  // MARK: End

  /// Returns the document, whose root value must be complete.
  ///
  /// - Parameter notation: of the texts that the values come from; decides how plain scalars are read.
  package mutating func finish(notation: Document.Notation) -> Document {
    precondition(!tree.isEmpty && tree.depth == 0, "the document is not complete")
    let span = ByteSpan(start: start ?? 0, end: max(start ?? 0, tree.lastEnd))
    let document = tree.finish(
      source: source, notation: notation, span: span, map: nil, origins: origins)
    return document.marking(hidden: hidden, dynamic: dynamic)
  }
}
