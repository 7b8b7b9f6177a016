import Testing

@testable import Syntax

/// Everything that a text holds, in order.
func read(_ text: String, as notation: Document.Notation = .yaml, limits: Limits = Limits())
  -> [ParsedDocument]
{
  var parsed: [ParsedDocument] = []
  readDocuments(SourceText(text), as: notation, limits: limits) { parsed.append($0) }
  return parsed
}

/// The only document of a text.
func document(
  _ text: String, as notation: Document.Notation = .yaml, limits: Limits = Limits(),
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> Document {
  let parsed = read(text, as: notation, limits: limits)
  #expect(parsed.count == 1, sourceLocation: sourceLocation)
  return try #require(parsed.first?.document, "\(parsed)", sourceLocation: sourceLocation)
}

extension ParsedDocument {
  var document: Document? { if case .document(let document) = self { document } else { nil } }
  var issue: SyntaxIssue? { if case .issue(let issue) = self { issue } else { nil } }
}

extension Document {
  /// All nodes in document order.
  var allNodes: [NodeID] { (0..<nodeCount).map { NodeID($0) } }

  /// The bytes of the file under a node, as text.
  func spelling(of id: NodeID, in file: SourceText? = nil) -> String {
    String(decoding: (file ?? source).bytes[sourceSpan(of: id).range], as: UTF8.self)
  }

  /// The value at a pointer.
  func at(_ pointer: String) throws -> NodeID {
    let parsed = try #require(JSONPointer(parsing: pointer))
    return try #require(follow(parsed, from: root).value, "\(pointer)")
  }

  /// The tree as compact text: `{key: value}`, `[item]`, scalars by `string(of:)`, aliases as `*`.
  func outline(_ id: NodeID? = nil) -> String {
    let id = id ?? root
    switch self[id].kind {
    case .mapping:
      let members = entries(of: id).map { "\(outline($0.key)): \(outline($0.value))" }
      return "{\(members.joined(separator: ", "))}"
    case .sequence: return "[\(items(of: id).map { outline($0) }.joined(separator: ", "))]"
    case .scalar: return string(of: id)
    case .alias: return "*"
    }
  }
}

extension SourceText {
  /// `LINE:COLUMN-LINE:COLUMN` of a span.
  func place(_ span: ByteSpan) -> String {
    let lines = LineIndex(self)
    let start = lines.position(of: span.start)
    let end = lines.position(of: span.end)
    return "\(start.line):\(start.column)-\(end.line):\(end.column)"
  }
}
