internal import Models
internal import Syntax

/// What a schema is judged against, beside the instance itself.
struct EvaluationContext {
  let document: Document
  /// The instance's root: the request's parameters.
  let root: NodeID
  /// What a finding about the root as a whole points at.
  let rootKey: ByteSpan
  let now: Instant
  let facts: RequestFacts?
  let limits: Limits
}

/// What is known of a request beside its parameters, as `x-request` sees it.
struct RequestFacts {
  /// In the order in which they are told, each with where the file declares it.
  private var values: [(name: String, text: String, span: ByteSpan?)]
  /// Names of facts that are known at run time only.
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

  /// Adds what the run says where the file does not.
  mutating func assume(_ name: String, _ text: String) { values.append((name, text, nil)) }

  /// The value of a fact; `nil` for one that nothing tells.
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

/// A place where a schema does not hold.
struct SchemaFailure {
  let span: ByteSpan
  /// From the root of the parameters; ends at the scalar that holds an embedded document.
  let path: [Document.Step]
  /// Text of the value there; `nil` for collections and for values that are missing.
  let value: String?
  /// What is wrong there, without any of the text, as `{problem}` has it.
  let problem: String
}
