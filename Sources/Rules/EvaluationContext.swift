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
  var values: [(name: String, text: String)]
  /// Where the file declares them.
  let spans: [String: ByteSpan]

  /// The facts as a mapping of strings.
  var document: Document {
    var writer = JSONWriter(.compact)
    writer.object { writer in
      for (name, text) in values { writer.member(name, text) }
    }
    guard case .document(let document) = readJSON(SourceText(writer.bytes), limits: Limits()) else {
      preconditionFailure("facts of a request are no JSON: \(writer.text)")
    }
    return document
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
