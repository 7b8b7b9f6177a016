internal import Syntax

/// Collects the places that violate a schema, each once.
struct FailureCollector {
  private struct FailedPlace: Hashable {
    let span: ByteSpan
    let path: [Document.Step]
  }

  /// The path from the root of the parameters to the current value.
  var path: [Document.Step] = []
  private var failures: [SchemaFailure] = []
  private var failedPlaces: Set<FailedPlace> = []

  /// Adds a failure at the path.
  mutating func record(_ span: ByteSpan, _ value: String?, _ problem: String) {
    guard failedPlaces.insert(FailedPlace(span: span, path: path)).inserted else { return }
    failures.append(SchemaFailure(span: span, path: path, value: value, problem: problem))
  }

  /// Returns the failures in document order and starts over.
  mutating func finish() -> [SchemaFailure] {
    defer {
      failures = []
      failedPlaces = []
    }
    failures.sort { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
    return failures
  }
}
