internal import Linting
internal import Planning
internal import Syntax

extension PlannedRequest {
  /// What could not be judged, in one line; `nil` where everything was.
  var notEvaluatedText: String? {
    let notEvaluated = self.notEvaluated
    guard let first = notEvaluated.first else { return nil }
    let place = first.pointer.isEmpty ? "" : " at \(first.pointer)"
    let more = notEvaluated.count > 1 ? " (and \(notEvaluated.count - 1) more)" : ""
    return shortened("\(first.rule)\(place) is not evaluated: \(first.reason)", to: 240) + more
  }
}
