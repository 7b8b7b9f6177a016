public import Syntax

/// Decides what of a request's parameters must not be shown.
///
/// Everything that prints, logs or hashes parameters asks here.
///
/// - Shape: masked are values of sensitive shapes, maps whose keys are sensitive, values of the wrong type where the
///   shape is or contains something sensitive, and members that do not exist where they may be misspelt sensitive ones.
public struct Secrecy: Sendable {
  /// What is known about the value at a place.
  public enum Place: Sendable {
    case shape(Shape)
    /// Everything here is masked.
    case masked
    /// No shape is known; only names tell.
    case named
    /// Nothing is known of the parameters: keys are shown, and no value is.
    case unjudged
  }

  private let operation: Operation?
  private let names: SensitiveNames
  private let masksUnknown: Bool

  /// For a request of a known operation.
  ///
  /// - Parameters:
  ///   - masksUnknown: whether members that do not exist are masked, since they may be misspelt.
  ///   - names: where they are not, those that are masked nevertheless, misspelt or not.
  public init(_ operation: Operation, masksUnknown: Bool, names: SensitiveNames = SensitiveNames()) {
    self.operation = operation
    self.masksUnknown = masksUnknown
    self.names = names
  }

  /// For parameters of an unknown operation: any value may be a secret.
  public static let unknownOperation = Secrecy()

  private init() {
    operation = nil
    masksUnknown = true
    names = SensitiveNames()
  }

  /// The place of the parameters.
  public var root: Place {
    guard let operation else { return .unjudged }
    return operation.input.map { .shape(operation[$0]) } ?? unknown
  }

  private var unknown: Place { masksUnknown ? .masked : .named }

  /// Whether a value is masked as a whole, its keys included.
  public func masks(_ id: NodeID, at place: Place, in document: Document) -> Bool {
    switch place {
    case .masked: true
    case .shape(let shape):
      shape.masks(document[id].kind) || operation?.masks(text: id, for: shape, in: document) == true
    case .named: names.isMentioned(by: id, in: document)
    case .unjudged: document[id].kind != .mapping
    }
  }

  /// The place below a key.
  public func value(of key: NodeID, at place: Place, in document: Document) -> Place {
    switch place {
    case .masked, .unjudged: return .masked
    case .named: return names.isValue(document.string(of: key)) ? .masked : .named
    case .shape(let shape):
      guard !shape.isDocument else { return place }
      switch shape.kind {
      case .structure: return member(key, of: shape, in: document)
      case .map: return element(of: shape)
      default: return unknown
      }
    }
  }

  /// Whether a key holds more than the name of a member, such as the value that belongs behind it.
  public func hidesKey(of entry: Document.Entry, at place: Place, in document: Document) -> Bool {
    switch place {
    case .masked: return false
    case .named:
      guard !names.isEmpty else { return false }
      return document[entry.key].kind == .scalar
        ? names.isMentioned(by: entry.key, in: document)
        : names.isNamed(in: document.source.bytes[document.sourceSpan(of: entry.key).range])
    case .shape(let shape):
      guard operation?.hasSensitive == true, !shape.isDocument, shape.kind != .map else { return false }
      return shape.member(at: entry.key, in: document) == nil && !document.isNameOfValue(entry)
    case .unjudged: return !document.isNameOfValue(entry)
    }
  }

  /// The place of a list's items.
  public func item(at place: Place) -> Place {
    guard case .shape(let shape) = place, !shape.isDocument else { return place }
    return shape.kind == .list ? element(of: shape) : unknown
  }

  private func element(of shape: Shape) -> Place {
    guard let operation, let element = shape.element else { return unknown }
    return .shape(operation[element])
  }

  /// - Shape: a name in other casing or with other separators counts as the member's own.
  private func member(_ key: NodeID, of shape: Shape, in document: Document) -> Place {
    guard let operation else { return unknown }
    if let member = shape.member(at: key, in: document) {
      return .shape(operation[member.shape])
    }
    let name = document.string(of: key)
    if let input = operation.input, operation[input] === shape {
      if let member = operation.member(forAlias: name, of: shape) {
        return .shape(operation[member.shape])
      }
      if let own = operation.clientMember(name) { return .shape(own) }
    }
    let near = shape.members.count > mostNames ? [] : shape.members.filter { isRespelling($0.name, of: name) }
    guard let member = near.first(where: { operation[$0.shape].holdsSensitive }) ?? near.first else {
      return shape.holdsSensitive || names.isNear(name) ? .masked : unknown
    }
    return .shape(operation[member.shape])
  }
}

extension Document {
  /// Runs of the table that hold values, and what their aliases lead to.
  public func rangesBehindAliases(of values: [NodeID]) -> [Range<Int>] {
    var ranges = values.map { range(of: $0) }
    guard hasAliases else { return ranges }
    var seen: Set<NodeID> = []
    var open = ranges
    while let inner = open.popLast() {
      for index in inner {
        let node = resolve(NodeID(index))
        guard node.index != index, seen.insert(node).inserted else { continue }
        ranges.append(range(of: node))
        open.append(range(of: node))
      }
    }
    return ranges
  }

  /// Whether a key may be a member's name, and no value that has lost its own.
  ///
  /// - Shape: in `{Name: a, SecretString, b}` each name is a key without a value.
  fileprivate func isNameOfValue(_ entry: Entry) -> Bool {
    self[entry.key].kind == .scalar && text(of: entry.key).allSatisfy(isNameByte)
      && !sourceSpan(of: entry.value).isEmpty
  }
}

/// Whether a byte may be part of a member's name, well or badly spelt.
private func isNameByte(_ byte: UInt8) -> Bool {
  isWordByte(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
}

/// Names of members whose values must not be shown, in lower case.
public struct SensitiveNames: Sendable {
  /// Members that are sensitive, or whose keys, items or values are.
  public private(set) var values: Set<String>
  /// Members that contain such members.
  public private(set) var owners: Set<String>
  /// The values without separators.
  private var folded: Set<[UInt32]>

  public init(values: Set<String> = [], owners: Set<String> = []) {
    self.values = values
    self.owners = owners
    folded = Set(values.map(foldedName))
  }

  public var isEmpty: Bool { values.isEmpty }

  /// Whether a name is one of these, or a misspelling of one.
  public func isNear(_ name: String) -> Bool {
    guard !isEmpty else { return false }
    let name = name.lowercased()
    if values.contains(name) || owners.contains(name) { return true }
    guard values.count + owners.count <= mostNames else { return true }
    let written = foldedName(name)
    if written.isEmpty { return false }
    if folded.contains(written) { return true }
    return folded.contains { isMisspelt(written, $0) }
      || owners.contains { isMisspelt(written, foldedName($0)) }
  }

  /// Whether a name is that of a value, or a misspelling of one.
  public func isValue(_ name: String) -> Bool {
    guard !isEmpty else { return false }
    let written = foldedName(name)
    if folded.contains(written) { return true }
    guard written.count >= Self.leastMisspelt else { return false }
    guard folded.count <= mostNames else { return true }
    return folded.contains { known in
      known.count >= Self.leastMisspelt && editDistance(written, known, atMost: written.count / 4) != nil
    }
  }

  /// Shorter names are near too many others.
  private static let leastMisspelt = 5

  public mutating func formUnion(_ other: SensitiveNames) {
    guard !isEmpty || !owners.isEmpty else { return self = other }
    values.formUnion(other.values)
    owners.formUnion(other.owners)
    folded.formUnion(other.folded)
  }

  /// Whether a text seems to assign a value to such a name, as JSON or YAML inside a string does.
  func isMentioned(by id: NodeID, in document: Document) -> Bool {
    guard !values.isEmpty, document.textCount(of: id) > 2 else { return false }
    let text = document.text(of: id)
    guard text.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=") }) else { return false }
    return isNamed(in: text)
  }

  /// Whether one of the names is a word of a text.
  public func isNamed(in text: some Collection<UInt8>) -> Bool {
    text.split { !isWordByte($0) && $0 != UInt8(ascii: "-") }.contains { word in
      let name = String(decoding: word, as: UTF8.self)
      return folded.contains(foldedName(name)) || owners.contains(name.lowercased())
    }
  }
}

/// Nodes of a document that must not be shown, wherever aliases bring them.
public struct MaskedNodes: Sendable {
  /// In order, none inside another.
  private let ranges: [Range<Int>]

  public init() { ranges = [] }

  /// - Parameter ranges: runs of the document's table, of which any two are apart or one is inside the other.
  public init(_ ranges: [Range<Int>]) {
    let sorted = ranges.sorted { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }
    self.ranges = sorted.reduce(into: []) { outermost, range in
      if range.lowerBound >= outermost.last?.upperBound ?? 0 { outermost.append(range) }
    }
  }

  public var isEmpty: Bool { ranges.isEmpty }

  public func contains(_ id: NodeID) -> Bool {
    guard !ranges.isEmpty else { return false }
    let place = ranges.partitioningIndex { $0.lowerBound > id.index } - 1
    return place >= 0 && ranges[place].contains(id.index)
  }
}

/// The outermost values of a request that must not be shown.
public struct MaskedParts: Sendable {
  /// A masked value.
  public struct Part: Sendable {
    public let value: NodeID
    /// `nil` for an item of a list and for the parameters as a whole.
    public let entry: Document.Entry?
    /// Whether the value is in the place of something else, so that its text may hold names and values.
    public let isMisplaced: Bool
  }

  public private(set) var parts: [Part] = []

  public init() {}

  /// Adds what is masked in parameters, or in any other value.
  public mutating func add(_ root: NodeID, in document: Document, _ secrecy: Secrecy) {
    guard document[root].kind == .mapping else {
      return parts.append(Part(value: root, entry: nil, isMisplaced: true))
    }
    add(root, entry: nil, at: secrecy.root, in: document, secrecy)
  }

  /// Adds a value as a whole.
  public mutating func add(whole value: NodeID, entry: Document.Entry? = nil) {
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

  /// All nodes of the parts, those behind aliases too.
  public func nodes(in document: Document) -> MaskedNodes {
    MaskedNodes(document.rangesBehindAliases(of: parts.map(\.value)))
  }
}

extension Secrecy.Place {
  /// Whether a value of a kind does not belong here, or nothing tells that it does.
  public func isMisfit(_ kind: Node.Kind) -> Bool {
    guard case .shape(let shape) = self else { return true }
    return !shape.fits(kind)
  }
}

extension Shape {
  var isScalar: Bool { kind != .structure && kind != .list && kind != .map }

  fileprivate func fits(_ node: Node.Kind) -> Bool {
    switch kind {
    case .structure, .map: node == .mapping
    case .list: node == .sequence
    default: isDocument || node == .scalar
    }
  }

  /// Whether a value is masked as a whole: where it is sensitive, or its type is wrong and it may hold what is.
  public func masks(_ node: Node.Kind) -> Bool {
    // Most shapes end here, so that valid values cost nothing.
    guard holdsSensitive else { return false }
    return isMasked || !fits(node)
  }
}

extension Operation {
  /// Whether any of its parameters must not be shown.
  public var hasSensitive: Bool { input.map { self[$0].holdsSensitive } ?? false }

  /// Whether a text is in the place of a structure, list or map, and may assign values to sensitive members.
  public func masks(text id: NodeID, for shape: Shape, in document: Document) -> Bool {
    guard !shape.isScalar, document[id].kind == .scalar, hasSensitive else { return false }
    let text = document.text(of: id)
    let isAddress = text.starts(with: "file://".utf8) || text.starts(with: "fileb://".utf8)
    return !isAddress && text.contains { ":={".utf8.contains($0) }
  }

  /// Whether the value at a path of member names, or one around it, must not be shown.
  public func masks(_ path: some Sequence<String>) -> Bool {
    guard hasSensitive else { return false }
    var walked: [String] = []
    for token in path {
      walked.append(token)
      guard let shape = shape(at: walked) else { return false }
      if shape.isMasked { return true }
    }
    return false
  }

  /// The same for a value of a document, which may be of the wrong type.
  public func masks(_ pointer: JSONPointer, in document: Document, from root: NodeID) -> Bool {
    guard hasSensitive, let input else { return false }
    var place: (shape: Shape, node: NodeID?) = (self[input], root)
    for token in pointer.tokens {
      if let node = place.node, place.shape.masks(document[node].kind) { return true }
      guard let inner = inner(token, of: place.shape) else { return false }
      place.node = place.node.flatMap { document.value(at: JSONPointer([token]), from: $0) }
      place.shape = inner
      if inner.isMasked { return true }
    }
    return place.node.map { place.shape.masks(document[$0].kind) } ?? false
  }

  private func inner(_ token: String, of shape: Shape) -> Shape? {
    if shape.kind == .structure { return shape.member(token).map { self[$0.shape] } }
    return shape.element.map { self[$0] }
  }

  /// A pointer in which keys of sensitive maps are masked.
  public func masking(_ pointer: JSONPointer) -> JSONPointer {
    guard hasSensitive, let input else { return pointer }
    var tokens = pointer.tokens
    var shape = self[input]
    for index in tokens.indices {
      guard let inner = inner(tokens[index], of: shape) else { break }
      if shape.kind == .map, shape.isMasked { tokens[index] = redacted }
      shape = inner
    }
    return JSONPointer(tokens)
  }
}

extension [ShapeFacts] {
  /// Marks the shapes that are masked, and those that hold them.
  mutating func markSensitive() {
    guard indices.contains(where: { self[$0].isSensitive }) else { return }
    for index in indices {
      let isKeyed = self[index].key.map { self[$0.index].isSensitive } ?? false
      self[index].isMasked = self[index].isSensitive || isKeyed
      self[index].holdsSensitive = self[index].isMasked
    }
    // Inner shapes mostly come later; shapes that hold themselves take another round.
    var isChanged = true
    while isChanged {
      isChanged = false
      for index in indices.reversed() where !self[index].holdsSensitive {
        let element = self[index].element.map { self[$0.index].holdsSensitive } ?? false
        let isHolding = element || self[index].members.contains { self[$0.shape.index].holdsSensitive }
        if isHolding {
          self[index].holdsSensitive = true
          isChanged = true
        }
      }
    }
  }
}
