internal import Models
internal import Syntax

/// The surroundings of an instance that schemas may read.
struct EvaluationContext {
  let document: Document
  /// The instance's root: the request's parameters.
  let root: NodeID
  /// Where a finding about the root as a whole points.
  let rootKey: ByteSpan
  let now: Instant
  let facts: RequestFacts?
  let limits: Limits
}

/// The facts about a request, apart from its parameters, that `x-request` reads.
struct RequestFacts {
  /// In the order in which they were added, each with the place where the file declares it.
  private var values: [(name: String, text: String, span: ByteSpan?)]
  /// Names of facts that are known only at run time.
  private(set) var dynamic: Set<String> = []

  init(_ values: [(name: String, text: String, span: ByteSpan?)]) { self.values = values }

  init(_ subject: RuleSubject) {
    values = [
      ("service", subject.operation.service, nil), ("operation", subject.operation.name, nil),
      ("file", subject.file, nil),
    ]
    for (name, text, span) in subject.declared { values.append((name, text, span)) }
    dynamic = subject.dynamicFacts
  }

  /// Adds the run's value for a fact that the file does not declare.
  mutating func assume(_ name: String, _ text: String) { values.append((name, text, nil)) }

  /// The value of a fact; `nil` if it is unknown.
  func value(of name: String) -> String? { values.last { $0.name == name }?.text }

  /// Where the file declares a fact.
  func span(of name: String) -> ByteSpan? { values.last { $0.name == name }?.span }

  /// The facts as a mapping of strings.
  var document: Document {
    var writer = JSONWriter(.compact)
    writer.object { writer in
      for (name, text, _) in values { writer.member(name, text) }
    }
    guard case .document(let document) = readJSON(SourceText(writer.bytes), limits: Limits()) else {
      preconditionFailure("facts of a request are no JSON: \(writer.text)")
    }
    return document.marking(dynamic: dynamic.compactMap { document.value(of: $0, in: document.root) })
  }
}

/// A place that violates a schema.
struct SchemaFailure {
  let span: ByteSpan
  /// From the root of the parameters; ends at the scalar that contains an embedded document.
  let path: [Document.Step]
  /// The text of the value there; `nil` for collections and missing values.
  let value: String?
  /// The problem there, without any of the text, for `{problem}`.
  let problem: String
}
