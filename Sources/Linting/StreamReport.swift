package import Syntax
internal import Verdicts

/// The position of a part in its stream.
package struct StreamPlace: Sendable {
  package fileprivate(set) var documentsBefore = 0
  package fileprivate(set) var requestsBefore = 0
  /// Ids declared by earlier requests.
  package fileprivate(set) var declaredIDs: Set<String> = []
  /// Whether no other part follows.
  package var isLast = false
}

/// Combines the results for the parts of a stream of documents; at most one part is in memory at a time.
///
/// - Shape: the same as `ReportedFile` for a file; lines count from the start of the stream.
package struct StreamReport {
  private let path: String
  private let limits: Limits
  private let listsRequests: Bool
  /// The position of the next part.
  package private(set) var place = StreamPlace()
  private var linesBefore = 0
  private var requests: [LocatedRequest] = []
  private var unlistedCount = 0
  private var findings: [LocatedFinding] = []
  private var suppressed: [LocatedFinding] = []
  private var notEvaluated: [LocatedNotEvaluated] = []
  private var droppedFindings = 0
  private var droppedNotEvaluated = 0
  /// Numbers of the configuration's suppressions that took effect.
  package private(set) var usedSuppressions: Set<Int> = []

  /// - Parameter listsRequests: whether reports list requests without findings, or only count them.
  package init(path: String, limits: Limits, listsRequests: Bool) {
    self.path = path
    self.limits = limits
    self.listsRequests = listsRequests
  }

  /// Adds the result for the next part.
  package mutating func add(_ result: FileResult, text: SourceText) {
    let lines = LineIndex(text)
    let part = ReportedFile(
      path: path, result: result, text: text, lines: lines, listsRequests: listsRequests)
    requests += part.requests.map { $0.moved(byLines: linesBefore) }
    unlistedCount += part.requestCount - part.requests.count
    droppedFindings += result.droppedCount
    droppedNotEvaluated += result.droppedNotEvaluatedCount
    for finding in part.findings { add(finding.moved(byLines: linesBefore)) }
    let room = max(0, limits.findings - suppressed.count)
    suppressed += part.suppressed.prefix(room).map { $0.moved(byLines: linesBefore) }
    for item in part.notEvaluated {
      if notEvaluated.count < limits.findings {
        notEvaluated.append(item.moved(byLines: linesBefore))
      } else {
        droppedNotEvaluated += 1
      }
    }
    usedSuppressions.formUnion(result.usedSuppressions)
    place.documentsBefore += result.documentCount
    place.requestsBefore += result.requests.count
    place.declaredIDs = result.declaredIDs
    linesBefore += lines.count - 1
  }

  /// Adds a document that is too large to check.
  ///
  /// - Parameter lineCount: number of line breaks in it.
  package mutating func addOversized(lineCount: Int) {
    add(
      documentLimit(
        "document is larger than \(limits.fileBytes) bytes", hint: "split it",
        at: Position(line: linesBefore + 1, column: 1)))
    place.documentsBefore += 1
    linesBefore += lineCount
  }

  private mutating func add(_ finding: LocatedFinding) {
    if findings.count < limits.findings { findings.append(finding) } else { droppedFindings += 1 }
  }

  /// The report's entry for the stream.
  package consuming func finish() -> ReportedFile {
    if droppedFindings > 0 {
      findings.append(
        documentLimit(
          findingsDropped(droppedFindings, limits),
          at: findings.last?.end ?? Position(line: 1, column: 1)))
    }
    if droppedNotEvaluated > 0, let last = notEvaluated.last {
      notEvaluated.append(
        LocatedNotEvaluated(
          file: path, requestID: nil, requestNumber: nil, rule: BuiltInCheck.documentLimit.id,
          reason: notEvaluatedDropped(droppedNotEvaluated, limits), pointer: "", start: last.start,
          end: last.end))
    }
    return ReportedFile(
      path: path, requests: requests, findings: findings, suppressed: suppressed, notEvaluated: notEvaluated,
      unlistedRequestCount: unlistedCount)
  }

  private func documentLimit(_ message: String, hint: String? = nil, at place: Position) -> LocatedFinding {
    LocatedFinding(
      file: path, requestID: nil, service: nil, operation: nil, rule: BuiltInCheck.documentLimit.id,
      severity: .error, message: message, hint: hint, pointer: "", start: place, end: place, source: nil,
      excerpt: Excerpt(text: "", markStart: 0, markCount: 0))
  }
}

/// The message in place of findings that are not listed.
func findingsDropped(_ count: Int, _ limits: Limits) -> String {
  "\(count) more findings are not shown, the limit for a file is \(limits.findings)"
}

/// The message in place of unevaluated checks that are not listed.
func notEvaluatedDropped(_ count: Int, _ limits: Limits) -> String {
  "\(count) more checks were not evaluated, the limit for a file is \(limits.findings)"
}

extension Position {
  fileprivate func moved(byLines lines: Int) -> Position { Position(line: line + lines, column: column) }
}

extension LocatedRequest {
  fileprivate func moved(byLines lines: Int) -> LocatedRequest {
    var moved = self
    moved.line += lines
    return moved
  }
}

extension LocatedNotEvaluated {
  fileprivate func moved(byLines lines: Int) -> LocatedNotEvaluated {
    var moved = self
    moved.start = start.moved(byLines: lines)
    moved.end = end.moved(byLines: lines)
    return moved
  }
}

extension LocatedFinding {
  /// Moves a finding by lines, and drops its fix, since a stream cannot be repaired.
  fileprivate func moved(byLines lines: Int) -> LocatedFinding {
    LocatedFinding(
      file: file, requestID: requestID, service: service, operation: operation, rule: rule,
      severity: severity,
      message: message, hint: hint, pointer: pointer, start: start.moved(byLines: lines),
      end: end.moved(byLines: lines), source: source, byteColumns: (startByteColumn, endByteColumn),
      excerpt: excerpt, suppression: suppression, key: key)
  }
}
