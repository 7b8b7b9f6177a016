/// The reason that a text cannot be read as a document.
///
/// - Shape: `message` is one line without a full stop; `span` is in bytes of the file.
package struct SyntaxIssue: Equatable, Sendable {
  /// Whether the text is wrong or merely too large.
  package enum Kind: Sendable {
    case syntax
    /// The text exceeds one of the `Limits`, or an alias refers to a collection that contains it.
    case limit
  }

  package let kind: Kind
  package let message: String
  /// The message without words of the file, for a text that must not be shown.
  package let discreetMessage: String
  package let span: ByteSpan
  /// The exceeded limit if it may be raised; `nil` for other issues.
  package let limit: Limits.Name?

  /// - Parameter discreetly: `nil` for a message without words of the file.
  package init(
    kind: Kind, message: String, discreetly: String? = nil, span: ByteSpan, limit: Limits.Name? = nil
  ) {
    self.kind = kind
    self.message = message
    discreetMessage = discreetly ?? message
    self.span = span
    self.limit = limit
  }

  /// The issue of an embedded text, at its place in the file.
  func moved(by map: SourceMap) -> SyntaxIssue {
    SyntaxIssue(
      kind: kind, message: message, discreetly: discreetMessage, span: map.outerSpan(span), limit: limit)
  }
}

/// What a reader delivers for each document of a stream.
package enum ParsedDocument: Sendable {
  case document(Document)
  case issue(SyntaxIssue)
}

/// Reads every document of a text and delivers each as soon as it ends.
///
/// - Shape: documents and issues in text order. JSON has exactly one; after a fault, YAML resumes at the next `---`, so
///   one bad document hides no other.
/// - Parameter keepsOutlines: whether a document that exceeds a limit is delivered with its `limitIssue`, so that its
///   requests can be named; otherwise only the issue is.
package func readDocuments(
  _ source: SourceText, as notation: Document.Notation, limits: Limits, keepsOutlines: Bool = false,
  each: (ParsedDocument) -> Void
) {
  switch notation {
  case .json: each(readJSON(source, limits: limits, keepsOutline: keepsOutlines))
  case .yaml: readYAML(source, limits: limits, keepsOutlines: keepsOutlines, each: each)
  }
}
