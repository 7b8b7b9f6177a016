internal import Syntax

/// Spans of a file that must not be shown.
struct FileSecrets {
  private var spans: Set<ByteSpan> = []
  /// Those that are certainly secret, so that a baseline may not know their digests either.
  private var certainSpans: Set<ByteSpan> = []
  /// Certain ones of the document that is being checked.
  private var ofDocument: [ByteSpan] = []
  /// Whether findings get keys, which need to know what is certain.
  private let keepsDocument: Bool

  init(keepsDocument: Bool) { self.keepsDocument = keepsDocument }

  /// - Parameter isGuess: whether the text is hidden only because the operation is unknown.
  mutating func add(_ span: ByteSpan, isGuess: Bool) {
    spans.insert(span)
    guard keepsDocument, !isGuess else { return }
    certainSpans.insert(span)
    ofDocument.append(span)
  }

  /// Whether a span shares a byte with one that must not be shown.
  func overlap(_ span: ByteSpan) -> Bool { spans.contains { $0.overlaps(span) } }

  /// Hands over what is certainly secret in the document, and begins the next one.
  mutating func takeDocument() -> [ByteSpan] {
    defer { ofDocument = [] }
    return ofDocument
  }

  /// All spans by place.
  var sorted: [ByteSpan] { spans.sorted { ($0.start, $0.end) < ($1.start, $1.end) } }

  /// What is certainly secret.
  var certain: MergedSpans { MergedSpans(certainSpans) }
}
