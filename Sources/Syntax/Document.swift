/// One parsed document: a located tree over the bytes of its source.
///
/// - Shape: `nodes` is in document order; a mapping is followed by key, value, key, value, …; every descendant of a
///   collection comes before the index that the collection stores as its end.
/// - Units: spans count bytes of `source`; `sourceSpan(_:)` gives bytes of the file, also for text in a scalar.
package struct Document: Sendable {
  /// The language of a document.
  package enum Notation: Sendable { case yaml, json }

  /// All parts of a document behind one reference.
  ///
  /// Documents are passed around everywhere; copies that counted references to four arrays cost a fifth of a lint run.
  private final class Storage: Sendable {
    let source: SourceText
    let notation: Notation
    let span: ByteSpan
    let nodes: [Node]
    let decoded: [UInt8]
    let sharedNodes: [Range<Int>]
    let map: SourceMap?
    let limitIssue: SyntaxIssue?
    let hasDynamic: Bool
    let origins: Origins?

    init(
      source: SourceText, notation: Notation, span: ByteSpan, nodes: [Node], decoded: [UInt8],
      sharedNodes: [Range<Int>], map: SourceMap?, limitIssue: SyntaxIssue?, hasDynamic: Bool,
      origins: Origins?
    ) {
      self.hasDynamic = hasDynamic
      self.origins = origins
      self.source = source
      self.notation = notation
      self.span = span
      self.nodes = nodes
      self.decoded = decoded
      self.sharedNodes = sharedNodes
      self.map = map
      self.limitIssue = limitIssue
    }
  }

  private let storage: Storage

  init(
    source: SourceText, notation: Notation, span: ByteSpan, nodes: [Node], decoded: [UInt8],
    sharedNodes: [Range<Int>], map: SourceMap?, limitIssue: SyntaxIssue? = nil, hasDynamic: Bool = false,
    origins: Origins? = nil
  ) {
    storage = Storage(
      source: source, notation: notation, span: span, nodes: nodes, decoded: decoded,
      sharedNodes: sharedNodes, map: map, limitIssue: limitIssue, hasDynamic: hasDynamic, origins: origins)
  }

  /// The same document with a different node table.
  func with(_ nodes: [Node], hasDynamic: Bool? = nil) -> Document {
    Document(
      source: source, notation: notation, span: span, nodes: nodes, decoded: decoded,
      sharedNodes: sharedNodes, map: map, limitIssue: limitIssue, hasDynamic: hasDynamic ?? self.hasDynamic,
      origins: origins)
  }

  package var source: SourceText { storage.source }
  package var notation: Notation { storage.notation }
  /// From the end of the previous document, including the comments above this one, to its own end.
  package var span: ByteSpan { storage.span }
  var nodes: [Node] { storage.nodes }
  var decoded: [UInt8] { storage.decoded }
  /// Nodes that aliases or merge keys also bring to other places: runs of the table, in order, no two of them adjacent.
  var sharedNodes: [Range<Int>] { storage.sharedNodes }
  /// Leads back to the file; set if the source is the value of a scalar.
  var map: SourceMap? { storage.map }

  /// The origins of nodes that were assembled from several texts; `nil` for a document of one text.
  var origins: Origins? { storage.origins }

  /// Whether any value is known only at run time.
  package var hasDynamic: Bool { storage.hasDynamic }

  /// The limit that the document exceeds; some values are then missing, so only its outline is usable.
  package var limitIssue: SyntaxIssue? { storage.limitIssue }

  /// How many scalars enclose the document: 0 for a document of the file itself.
  package var embeddingDepth: Int { map?.depth ?? 0 }

  /// Whether a node may be reachable in several ways, by aliases or merge keys.
  package var hasAliases: Bool { !sharedNodes.isEmpty }
  /// The outermost value.
  package var root: NodeID { NodeID(0) }
  package var nodeCount: Int { nodes.count }

  package subscript(id: NodeID) -> Node { nodes[id.index] }

  /// The target of an alias; any other node itself.
  package func resolve(_ id: NodeID) -> NodeID {
    let node = nodes[id.index]
    return node.kind == .alias ? NodeID(Int(node.first)) : id
  }

  /// Number of entries of a mapping as written, or of items of a sequence, without hidden ones.
  package func count(of id: NodeID) -> Int {
    let node = nodes[id.index]
    return node.kind == .mapping || node.kind == .sequence ? Int(node.second) : 0
  }

  /// The bytes of the file that a node's span covers.
  package func sourceSpan(of id: NodeID) -> ByteSpan { sourceSpan(nodes[id.index].span) }

  /// The bytes of the file that correspond to a span of the document's own source.
  package func sourceSpan(_ span: ByteSpan) -> ByteSpan { map?.outerSpan(span) ?? span }

  // MARK: Text

  /// The text of a scalar as UTF-8, unescaped and unfolded.
  package func text(of id: NodeID) -> ArraySlice<UInt8> {
    let node = nodes[id.index]
    guard node.kind == .scalar else { return [] }
    let range = Int(node.first)..<Int(node.second)
    return node.isDecoded ? decoded[range] : source.bytes[range]
  }

  /// Calls a body with a scalar's text, without making a slice; the text is empty for collections.
  package func withText<Value>(of id: NodeID, _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
    let node = nodes[id.index]
    let range = node.kind == .scalar ? Int(node.first)..<Int(node.second) : 0..<0
    return (node.isDecoded ? decoded : source.bytes).withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[range]))
    }
  }

  /// The length of a scalar's text in bytes; 0 for collections.
  package func textCount(of id: NodeID) -> Int {
    let node = nodes[id.index]
    return node.kind == .scalar ? Int(node.second - node.first) : 0
  }

  /// The first byte of a scalar's text; `nil` for collections and empty texts.
  package func firstByte(of id: NodeID) -> UInt8? {
    let node = nodes[id.index]
    guard node.kind == .scalar, node.second > node.first else { return nil }
    return node.isDecoded ? decoded[Int(node.first)] : source.bytes[Int(node.first)]
  }

  /// The text of a scalar; empty for collections.
  package func string(of id: NodeID) -> String {
    withText(of: id) { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether a scalar has exactly this text.
  ///
  /// Inlined where keys are compared, which saves 1,600 instructions per request.
  @inline(__always)
  package func hasText(_ text: String, at id: NodeID) -> Bool {
    let node = nodes[id.index]
    guard node.kind == .scalar, Int(node.second - node.first) == text.utf8.count else { return false }
    return spells(text, node)
  }

  /// Whether a scalar of the same length as a text has the same bytes.
  @inline(__always)
  private func spells(_ text: String, _ node: Node) -> Bool {
    node.isDecoded
      ? decoded.holds(text, at: Int(node.first)) : source.bytes.holds(text, at: Int(node.first))
  }

  // MARK: Children

  /// The items of a sequence, aliases resolved.
  package func items(of id: NodeID) -> Items {
    let node = nodes[id.index]
    guard node.kind == .sequence else { return Items(nodes: nodes, index: 0, end: 0, visible: nil) }
    guard node.flags.contains(.hiddenChildren) else {
      return Items(nodes: nodes, index: id.index + 1, end: Int(node.first), visible: nil)
    }
    return Items(nodes: nodes, index: 0, end: 0, visible: visibleItems(of: id)[...])
  }

  /// The entries of a mapping in written order, with aliases and merge keys resolved and without hidden ones.
  package func entries(of id: NodeID) -> Entries {
    let node = nodes[id.index]
    guard node.kind == .mapping else { return Entries(nodes: nodes, index: 0, end: 0, merged: nil) }
    let written = Entries(nodes: nodes, index: id.index + 1, end: Int(node.first), merged: nil)
    guard !node.flags.isDisjoint(with: .irregular) else { return written }
    return Entries(nodes: nodes, index: 0, end: 0, merged: mergedEntries(of: id)[...])
  }

  /// The entries of a mapping, including merged ones that others override.
  package func entriesAndOverridden(of id: NodeID) -> Entries {
    guard self[id].kind == .mapping, self[id].flags.contains(.mergeKey) else { return entries(of: id) }
    let merged = mergedEntries(of: id, keepsOverridden: true)
    return Entries(nodes: nodes, index: 0, end: 0, merged: merged[...])
  }

  /// The value of a key; the last one if the key is repeated, as in other readers.
  package func value(of key: String, in mapping: NodeID) -> NodeID? { entry(of: key, in: mapping)?.value }

  /// The entry of a key; the last one if the key is repeated.
  package func entry(of key: String, in mapping: NodeID) -> Entry? {
    let root = self[mapping]
    guard root.kind == .mapping, root.flags.isDisjoint(with: .irregular) else {
      return entries(of: mapping).filter { hasText(key, at: $0.key) }.last
    }
    let length = key.utf8.count
    // This is the most frequent lookup: an iterator would count references to the table each time.
    return nodes.withUnsafeBufferPointer { nodes in
      var found: Entry?
      var index = mapping.index + 1
      let end = Int(nodes[mapping.index].first)
      while index < end {
        let value = nodes.indexAfter(index)
        let name = nodes.resolved(index)
        let node = nodes[name.index]
        if node.kind == .scalar, Int(node.second - node.first) == length, spells(key, node) {
          found = Entry(key: name, value: nodes.resolved(value))
        }
        index = nodes.indexAfter(value)
      }
      return found
    }
  }

  /// The same document with some scalars read as in YAML 1.1, since only that reading fits their places.
  package func reading(asYAML11 ids: [NodeID]) -> Document {
    var nodes = nodes
    for id in ids { nodes[id.index].flags.insert(.yaml11) }
    return with(nodes)
  }

  /// The entries of a mapping as written: aliases are not followed, merge keys and hidden entries are included.
  package func writtenEntries(of id: NodeID) -> [Entry] {
    guard nodes[id.index].kind == .mapping else { return [] }
    var entries: [Entry] = []
    var index = id.index + 1
    while index < Int(nodes[id.index].first) {
      let value = nodes.indexAfter(index)
      entries.append(Entry(key: NodeID(index), value: NodeID(value)))
      index = nodes.indexAfter(value)
    }
    return entries
  }

  /// A node and all its descendants, as indices of the table.
  package func range(of id: NodeID) -> Range<Int> { id.index..<nodes.indexAfter(id.index) }

  /// Whether a plain scalar key is YAML's merge key.
  func isMergeKey(_ id: NodeID) -> Bool {
    notation == .yaml && nodes[id.index].style == .plain && hasText("<<", at: id)
  }

  /// The entries of a mapping and of all mappings that it merges, each visited once.
  private func mergedEntries(of id: NodeID, keepsOverridden: Bool = false) -> [Entry] {
    var merged: [Entry] = []
    var known: Set<ArraySlice<UInt8>> = []
    var open: [NodeID] = []
    var seen: Set<NodeID> = [id]
    func add(_ entries: some Sequence<Entry>, isOwn: Bool) {
      var sources: [NodeID] = []
      for entry in entries {
        if isMergeKey(entry.key) {
          let isList = self[entry.value].kind == .sequence
          sources += isList ? Array(items(of: entry.value)) : [entry.value]
        } else if known.insert(text(of: entry.key)).inserted || isOwn || keepsOverridden {
          merged.append(entry)
        }
      }
      open += sources.filter { self[$0].kind == .mapping }.reversed()
    }
    guard self[id].flags.contains(.mergeKey) else { return visibleEntries(of: id) }
    add(visibleEntries(of: id), isOwn: true)
    while let source = open.popLast() {
      guard seen.insert(source).inserted else { continue }
      add(visibleEntries(of: source), isOwn: false)
    }
    return merged
  }
}

extension Document {
  /// A key and its value; aliases are resolved unless the accessor says otherwise.
  package struct Entry: Sendable {
    package let key: NodeID
    package let value: NodeID
  }

  /// The items of a sequence.
  package struct Items: Sequence, IteratorProtocol, Sendable {
    let nodes: [Node]
    var index: Int
    let end: Int
    var visible: ArraySlice<NodeID>?

    package mutating func next() -> NodeID? {
      guard visible == nil else { return visible?.popFirst() }
      guard index < end else { return nil }
      defer { index = nodes.indexAfter(index) }
      return nodes.resolved(index)
    }
  }

  /// The entries of a mapping.
  package struct Entries: Sequence, IteratorProtocol, Sendable {
    let nodes: [Node]
    var index: Int
    let end: Int
    var merged: ArraySlice<Entry>?

    package mutating func next() -> Entry? {
      guard merged == nil else { return merged?.popFirst() }
      guard index < end else { return nil }
      let value = nodes.indexAfter(index)
      defer { index = nodes.indexAfter(value) }
      return Entry(key: nodes.resolved(index), value: nodes.resolved(value))
    }
  }
}

extension RandomAccessCollection<Node> where Index == Int {
  /// The index after a node and all its descendants.
  func indexAfter(_ index: Int) -> Int {
    switch self[index].kind {
    case .scalar, .alias: index + 1
    case .sequence, .mapping: Int(self[index].first)
    }
  }

  func resolved(_ index: Int) -> NodeID {
    self[index].kind == .alias ? NodeID(Int(self[index].first)) : NodeID(index)
  }
}

extension Document {
  /// Length of a scalar's text.
  ///
  /// - Units: Unicode scalar values.
  package func scalarCount(of id: NodeID) -> Int {
    if source.isASCII, !self[id].isDecoded { return textCount(of: id) }
    return text(of: id).reduce(0) { count, byte in byte & 0xC0 == 0x80 ? count : count + 1 }
  }
}
