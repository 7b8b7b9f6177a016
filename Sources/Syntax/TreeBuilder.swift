/// The size that aliases expand to, nested ones multiplied out.
///
/// - Units: nodes; bytes of the source.
struct AliasUse {
  var nodes = 0
  var bytes = 0

  static func += (left: inout AliasUse, right: AliasUse) {
    left.nodes += right.nodes
    left.bytes += right.bytes
  }

  static func -= (left: inout AliasUse, right: AliasUse) {
    left.nodes -= right.nodes
    left.bytes -= right.bytes
  }
}

/// Builds the flat node table of a document from events, within limits.
struct TreeBuilder {
  private struct Open {
    let index: Int
    let anchor: String?
    var children: UInt32 = 0
    /// Indices of the values of its merge keys.
    var mergeValues: [Int] = []
    /// The size that aliases inside it expand to, beyond the aliases themselves.
    var aliased = AliasUse()
    /// Levels below, aliases followed.
    var height = 0
  }

  private struct Anchor {
    let index: Int
    /// `nil` while the collection is still open.
    var size: AliasUse?
    var height: Int
  }

  let limits: Limits
  private var nodes: [Node] = []
  private var decoded: [UInt8] = []
  private var open: [Open] = []
  private var anchors: [String: Anchor] = [:]
  /// Indices of alias targets and of values inside merge keys.
  private var shared: Set<Int> = []

  /// The size that all aliases of the document expand to so far.
  private var aliased = AliasUse()
  /// The alias that expands to the most.
  private var largestAlias: (span: ByteSpan, size: AliasUse)?
  /// Open collections that are left out because they are nested too deep.
  private var skipped = 0
  /// The first limit that the document exceeds; anything beyond it is left out or replaced with null.
  private(set) var limitIssue: SyntaxIssue?

  init(limits: Limits) {
    self.limits = limits
    // Most requests are small enough that these never grow.
    nodes.reserveCapacity(32)
    open.reserveCapacity(8)
  }

  var isEmpty: Bool { nodes.isEmpty }
  var nodeCount: Int { nodes.count }
  var depth: Int { open.count }
  /// End of the last value added, in the source.
  private(set) var lastEnd: UInt32 = 0

  // MARK: Adding

  /// Adds a scalar whose text is a part of the source.
  ///
  /// - Parameter isMergeSign: whether it is a plain `<<`, which as a key merges other mappings into this one.
  mutating func addScalar(
    _ style: Node.Style, tag: Node.Tag, span: ByteSpan, text: Range<Int>, anchor: String? = nil,
    isMergeSign: Bool = false
  ) {
    guard skipped == 0 else { return }
    if isMergeSign, let parent = open.last, nodes[parent.index].kind == .mapping, parent.children % 2 == 0 {
      nodes[parent.index].flags.insert(.mergeKey)
      open[open.count - 1].mergeValues.append(nodes.count + 1)
    }
    add(
      Node(
        kind: .scalar, style: style, tag: tag, span: span, first: UInt32(text.lowerBound),
        second: UInt32(text.upperBound)),
      anchor: anchor)
  }

  /// Adds a scalar whose text differs from the source.
  mutating func addScalar(
    _ style: Node.Style, tag: Node.Tag, span: ByteSpan, decodedText: some Collection<UInt8>,
    anchor: String? = nil
  ) {
    guard skipped == 0 else { return }
    let start = decoded.count
    decoded.append(contentsOf: decodedText)
    add(
      Node(
        kind: .scalar, style: style, tag: tag, flags: .decoded, span: span, first: UInt32(start),
        second: UInt32(decoded.count)),
      anchor: anchor)
  }

  /// Adds an alias and returns what is wrong with it, if anything.
  ///
  /// - Shape: beyond a limit null replaces it, so that it leads to nothing further.
  mutating func addAlias(_ name: String, span: ByteSpan) -> SyntaxIssue? {
    guard skipped == 0 else { return nil }
    guard let anchor = anchors[name] else {
      // The anchor may be in a part that was left out.
      if limitIssue != nil { return addNull(at: span) }
      return SyntaxIssue(
        kind: .syntax, message: "alias *\(name) has no anchor above it",
        discreetly: "an alias has no anchor above it", span: span)
    }
    guard let size = anchor.size else {
      let issue = SyntaxIssue(
        kind: .limit, message: "alias *\(name) stands inside the value that it names",
        discreetly: "an alias stands inside the value that it names", span: span)
      limitIssue = limitIssue ?? issue
      return addNull(at: span)
    }
    if !open.isEmpty {
      aliased += size
      if open.count + anchor.height > limits.nesting { limitIssue = limitIssue ?? nestingIssue(span) }
      limitIssue = limitIssue ?? aliasIssue(span)
      guard limitIssue == nil else {
        aliased -= size
        return addNull(at: span)
      }
      open[open.count - 1].aliased += size
      open[open.count - 1].height = max(open[open.count - 1].height, anchor.height)
      if size.nodes + size.bytes > (largestAlias.map { $0.size.nodes + $0.size.bytes } ?? 0) {
        largestAlias = (span, size)
      }
    }
    shared.insert(anchor.index)
    add(
      Node(kind: .alias, style: .plain, tag: .none, span: span, first: UInt32(anchor.index), second: 0),
      anchor: nil)
    return nil
  }

  /// Opens a collection; returns an issue if the nesting is too deep to read on.
  mutating func begin(
    _ kind: Node.Kind, style: Node.Style, tag: Node.Tag, start: UInt32, anchor: String? = nil
  ) -> SyntaxIssue? {
    let span = ByteSpan(start: start, end: start)
    guard skipped == 0, open.count < limits.nesting else { return skip(at: span) }
    let index = nodes.count
    countChild(end: start)
    nodes.append(Node(kind: kind, style: style, tag: tag, span: span, first: 0, second: 0))
    if let anchor { anchors[anchor] = Anchor(index: index, size: nil, height: 0) }
    open.append(Open(index: index, anchor: anchor))
    return nil
  }

  /// Leaves out a collection with its contents and keeps only its place.
  ///
  /// - Shape: returns an issue at twice the permitted depth, where libyaml starts to take quadratic time.
  private mutating func skip(at span: ByteSpan) -> SyntaxIssue? {
    if skipped == 0 {
      limitIssue = limitIssue ?? nestingIssue(span)
      _ = addNull(at: span)
    }
    skipped += 1
    return skipped > limits.nesting ? limitIssue : nil
  }

  private mutating func addNull(at span: ByteSpan) -> SyntaxIssue? {
    add(
      Node(kind: .scalar, style: .plain, tag: .null, span: span, first: 0, second: 0),
      anchor: nil)
    return nil
  }

  /// Closes everything that is open and returns whether there is an outline to keep.
  ///
  /// - Parameter issue: why the rest of the document is not read.
  mutating func abandon(for issue: SyntaxIssue) -> Bool {
    if issue.kind == .limit { limitIssue = limitIssue ?? issue }
    guard !nodes.isEmpty, limitIssue != nil else { return false }
    skipped = 0
    while let last = open.last {
      if nodes[last.index].kind == .mapping, last.children % 2 == 1 {
        _ = addNull(at: ByteSpan(start: lastEnd, end: lastEnd))
      }
      _ = end(at: nil)
    }
    return true
  }

  /// Closes the innermost collection; returns an issue if aliases made it too large.
  ///
  /// - Parameter end: the end of a flow collection; a block collection ends with its last child.
  mutating func end(at end: UInt32?) -> SyntaxIssue? {
    guard skipped == 0 else {
      skipped -= 1
      return nil
    }
    let closed = open.removeLast()
    let start = nodes[closed.index].span.start
    let spanEnd = max(end ?? lastEnd, start)
    nodes[closed.index].span = ByteSpan(start: start, end: spanEnd)
    nodes[closed.index].first = UInt32(nodes.count)
    let isMapping = nodes[closed.index].kind == .mapping
    shared.formUnion(closed.mergeValues)
    nodes[closed.index].second = isMapping ? closed.children / 2 : closed.children
    lastEnd = spanEnd
    if let anchor = closed.anchor {
      anchors[anchor] = Anchor(
        index: closed.index, size: size(of: closed), height: closed.height + 1)
    }
    if !open.isEmpty {
      open[open.count - 1].aliased += closed.aliased
      open[open.count - 1].height = max(open[open.count - 1].height, closed.height + 1)
    }
    // Beyond a limit null may replace a mapping.
    if limitIssue == nil, let faulty = closed.mergeValues.first(where: { !isMergeable($0) }) {
      return SyntaxIssue(
        kind: .syntax, message: "merge key << needs a mapping or a list of mappings", span: nodes[faulty].span
      )
    }
    return nil
  }

  /// Returns the finished tree and starts over.
  mutating func finish(
    source: SourceText, notation: Document.Notation, span: ByteSpan, map: SourceMap?, origins: Origins? = nil
  ) -> Document {
    defer { self = TreeBuilder(limits: limits) }
    if let largestAlias, limitIssue == nil {
      limitIssue = aliasIssue(largestAlias.span, inDocumentOf: span.count)
    }
    return Document(
      source: source, notation: notation, span: span, nodes: nodes, decoded: decoded,
      sharedNodes: sharedRanges, map: map,
      limitIssue: limitIssue.map { issue in map.map { issue.moved(by: $0) } ?? issue }, origins: origins)
  }

  /// The outermost shared nodes with their descendants.
  private var sharedRanges: [Range<Int>] {
    guard !shared.isEmpty else { return [] }
    var ranges: [Range<Int>] = []
    for index in shared.sorted() where index >= ranges.last?.upperBound ?? 0 {
      let isCollection = nodes[index].kind == .mapping || nodes[index].kind == .sequence
      ranges.append(index..<(isCollection ? Int(nodes[index].first) : index + 1))
    }
    return ranges
  }

  // MARK: Inside

  /// Whether the value of a merge key is a mapping, or a list of only mappings.
  private func isMergeable(_ index: Int) -> Bool {
    func target(_ index: Int) -> Int { nodes[index].kind == .alias ? Int(nodes[index].first) : index }
    let value = target(index)
    guard nodes[value].kind == .sequence else { return nodes[value].kind == .mapping }
    var item = value + 1
    while item < Int(nodes[value].first) {
      guard nodes[target(item)].kind == .mapping else { return false }
      item = nodes[item].kind == .mapping ? Int(nodes[item].first) : item + 1
    }
    return true
  }

  private mutating func add(_ node: Node, anchor: String?) {
    countChild(end: node.span.end)
    if let anchor {
      anchors[anchor] = Anchor(
        index: nodes.count, size: AliasUse(nodes: 1, bytes: node.span.count), height: 0)
    }
    nodes.append(node)
  }

  private mutating func countChild(end: UInt32) {
    if !open.isEmpty { open[open.count - 1].children += 1 }
    lastEnd = end
  }

  /// The size that an alias to a just-closed collection expands to.
  private func size(of closed: Open) -> AliasUse {
    var size = closed.aliased
    size += AliasUse(nodes: nodes.count - closed.index, bytes: nodes[closed.index].span.count)
    return size
  }

  /// - Parameter size: bytes of the document, once known; a small document has a lower limit.
  private func aliasIssue(_ span: ByteSpan, inDocumentOf size: Int? = nil) -> SyntaxIssue? {
    let nodes = size.map { limits.aliasedNodes(inDocumentOf: $0) } ?? limits.aliasedNodes
    let bytes = size.map { limits.aliasedBytes(inDocumentOf: $0) } ?? limits.aliasedBytes
    if aliased.nodes > nodes {
      return SyntaxIssue(
        kind: .limit, message: "aliases stand for more than \(nodes) nodes", span: span, limit: .aliasedNodes)
    }
    guard aliased.bytes > bytes else { return nil }
    return SyntaxIssue(
      kind: .limit, message: "aliases stand for more than \(bytes) bytes", span: span, limit: .aliasedBytes)
  }

  private func nestingIssue(_ span: ByteSpan) -> SyntaxIssue {
    SyntaxIssue(
      kind: .limit, message: "nesting is deeper than \(limits.nesting) levels", span: span, limit: .nesting)
  }
}
