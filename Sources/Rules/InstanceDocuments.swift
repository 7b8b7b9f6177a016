internal import Syntax

/// The documents that an evaluation reads: the parameters, texts read as YAML, and the facts of the request.
///
/// - Shape: each text and the facts are parsed once.
struct InstanceDocuments {
  /// An instance: a node of one of the documents.
  struct Place: Hashable {
    fileprivate let document: Int
    let node: NodeID
    /// The key of the value.
    var key: NodeID?

    fileprivate init(document: Int, node: NodeID, key: NodeID? = nil) {
      self.document = document
      self.node = node
      self.key = key
    }

    init(ofParameter node: NodeID) { self.init(document: InstanceDocuments.parameters, node: node) }

    var isParameter: Bool { document == InstanceDocuments.parameters }

    /// Another place of the same document.
    func moved(to node: NodeID, key: NodeID? = nil) -> Place {
      Place(document: document, node: node, key: key)
    }
  }

  /// A text that was read as YAML.
  enum Embedded {
    case root(Place)
    case issue(SyntaxIssue)
  }

  private static let parameters = 0

  private var documents: [Document]
  private var facts: Place?
  private var embedded: [Place: Embedded] = [:]
  /// Texts read as YAML since the last `takeTexts()`.
  private(set) var newTexts: [Document] = []

  init(_ parameters: Document) { documents = [parameters] }

  subscript(place: Place) -> Document { documents[place.document] }

  /// Reads a text as YAML, only once.
  ///
  /// - Parameter document: the document of the place.
  mutating func embedded(at place: Place, _ document: Document, limits: Limits) -> Embedded {
    let key = place.moved(to: place.node)
    if let known = embedded[key] { return known }
    let result: Embedded
    switch document.embeddedYAML(at: place.node, limits: limits) {
    case .issue(let issue): result = .issue(issue)
    case .document(let document):
      newTexts.append(document)
      result = .root(add(document, document.resolve(document.root)))
    }
    embedded[key] = result
    return result
  }

  /// Returns the texts that were read as YAML since the last call, each once.
  mutating func takeTexts() -> [Document] {
    defer { newTexts.removeAll() }
    return newTexts
  }

  /// The facts of the request as a mapping.
  mutating func root(of facts: RequestFacts) -> Place {
    if let known = self.facts { return known }
    let document = facts.document
    let root = add(document, document.root)
    self.facts = root
    return root
  }

  private mutating func add(_ document: Document, _ root: NodeID) -> Place {
    documents.append(document)
    return Place(document: documents.count - 1, node: root)
  }

  // MARK: Spans

  /// Where a finding about a value points.
  func span(of place: Place, in context: EvaluationContext) -> ByteSpan {
    let document = documents[place.document]
    if place.document == facts?.document {
      let fact = place.key.map { document.string(of: $0) }
      return fact.flatMap { context.facts?.span(of: $0) } ?? context.rootKey
    }
    if place.isParameter, place.node == context.root { return context.rootKey }
    let span =
      document[place.node].kind == .scalar
      ? document.sourceSpan(of: place.node) : document.anchorSpan(of: place.node)
    // An empty value has no extent; its key shows the place better.
    return span.isEmpty ? place.key.map { document.sourceSpan(of: $0) } ?? span : span
  }

  /// The key of an object that lacks a member.
  func keySpan(of place: Place, in context: EvaluationContext) -> ByteSpan {
    guard place.document != facts?.document, let key = place.key else { return span(of: place, in: context) }
    return documents[place.document].sourceSpan(of: key)
  }
}
