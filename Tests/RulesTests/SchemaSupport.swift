import Syntax
import Testing

@testable import Rules

/// The only document of a text.
func document(_ text: String, as notation: Document.Notation = .yaml) throws -> Document {
  try document(Array(text.utf8), as: notation)
}

func document(_ bytes: [UInt8], as notation: Document.Notation) throws -> Document {
  var parsed: [ParsedDocument] = []
  readDocuments(SourceText(bytes), as: notation, limits: Limits()) { parsed.append($0) }
  guard parsed.count == 1, case .document(let document) = parsed[0] else {
    Issue.record("\(parsed)")
    throw NoDocument()
  }
  return document
}

struct NoDocument: Error {}

extension SourceText {
  /// `LINE:COLUMN-LINE:COLUMN` of a span.
  func place(_ span: ByteSpan) -> String {
    let lines = LineIndex(self)
    let start = lines.position(of: span.start)
    let end = lines.position(of: span.end)
    return "\(start.line):\(start.column)-\(end.line):\(end.column)"
  }
}

/// A time that tests take for now: 2026-11-20T12:00:00Z, a Friday.
let testNow = Instant(milliseconds: 1_795_176_000_000)

extension EvaluationContext {
  init(_ document: Document, now: Instant = testNow, facts: RequestFacts? = nil, limits: Limits = Limits()) {
    self.init(
      document: document, root: document.root, rootKey: ByteSpan(0, 0), now: now, facts: facts, limits: limits
    )
  }

  init(_ document: Document, root: NodeID) {
    self.init(
      document: document, root: root, rootKey: ByteSpan(0, 0), now: testNow, facts: nil, limits: Limits())
  }
}

/// Compiles a schema that must be without fault.
func schema(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Schema {
  let document = try document(text)
  let compiled = SchemaCompiler.compile(document, document.root)
  #expect(compiled.faults == [], sourceLocation: sourceLocation)
  return compiled.schema
}

/// Judges an instance and answers `PLACE POINTER VALUE` of every failure.
func failures(
  of schema: Schema, for text: String, as notation: Document.Notation = .yaml, now: Instant = testNow,
  facts: RequestFacts? = nil, sourceLocation: SourceLocation = #_sourceLocation
) throws -> [String] {
  let document = try document(text, as: notation)
  var evaluator = SchemaEvaluator(EvaluationContext(document, now: now, facts: facts))
  let holds = evaluator.holds(schema)
  let failures = evaluator.failures(of: schema)
  #expect(holds == failures.isEmpty, sourceLocation: sourceLocation)
  #expect(evaluator.unknown == nil, sourceLocation: sourceLocation)
  return failures.map { failure in
    [document.source.place(failure.span), document.pointer(failure.path).description, failure.value ?? "-"]
      .joined(separator: " ")
  }
}
