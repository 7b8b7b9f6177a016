internal import Syntax

/// Spans of a file that must not be shown.
struct FileSecrets {
  private var spans: Set<ByteSpan> = []
  /// Spans that are certainly secret, so that a baseline may not store their digests either.
  private var certainSpans: Set<ByteSpan> = []
  /// Certainly secret spans of the current document.
  private var ofDocument: [ByteSpan] = []
  /// Whether findings get keys, for which certainty matters.
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

  /// Returns the certainly secret spans of the document, and begins the next document.
  mutating func takeDocument() -> [ByteSpan] {
    defer { ofDocument = [] }
    return ofDocument
  }

  /// All spans in file order.
  var sorted: [ByteSpan] { spans.sorted { ($0.start, $0.end) < ($1.start, $1.end) } }

  /// The certainly secret spans.
  var certain: MergedSpans { MergedSpans(certainSpans) }
}
