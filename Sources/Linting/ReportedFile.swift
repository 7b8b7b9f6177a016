internal import Models
internal import Requests
package import Rules
package import Syntax
package import Verdicts

/// A report's entry for one file.
///
/// A class, since a run has many files, most of them with few results.
package final class ReportedFile: Sendable {
  package let path: String
  /// Why the file could not be read; it then has no requests and no findings.
  package let unreadable: String?
  package let requests: [LocatedRequest]
  /// In file order.
  package let findings: [LocatedFinding]
  /// Suppressed findings, in file order.
  package let suppressed: [LocatedFinding]
  package let notEvaluated: [LocatedNotEvaluated]
  /// Whether it contains requests, or was meant to; other files are a configuration and a baseline.
  package let isRequestFile: Bool
  /// Requests without findings, if they are not listed in `requests`.
  let unlistedRequestCount: Int

  /// The number of requests in the file.
  package var requestCount: Int { requests.count + unlistedRequestCount }

  /// Whether there is anything to report about the file except that it was read.
  package var isRemarkable: Bool { unreadable != nil || !findings.isEmpty || !notEvaluated.isEmpty }

  package convenience init(path: String, unreadable reason: String) {
    self.init(path: path, unreadable: reason, requests: [], findings: [], suppressed: [], notEvaluated: [])
  }

  init(
    path: String, unreadable: String? = nil, requests: [LocatedRequest], findings: [LocatedFinding],
    suppressed: [LocatedFinding], notEvaluated: [LocatedNotEvaluated], isRequestFile: Bool = true,
    unlistedRequestCount: Int = 0
  ) {
    self.path = path
    self.unreadable = unreadable
    self.requests = requests
    self.findings = findings
    self.suppressed = suppressed
    self.notEvaluated = notEvaluated
    self.isRequestFile = isRequestFile
    self.unlistedRequestCount = unlistedRequestCount
  }

  /// Locates everything while the file's text is available.
  ///
  /// - Parameter listsRequests: whether requests are listed, or only counted.
  package convenience init(path: String, result: FileResult, text: SourceText, listsRequests: Bool = true) {
    guard listsRequests || result.hasPlaces else {
      self.init(
        path: path, requests: [], findings: [], suppressed: [], notEvaluated: [],
        unlistedRequestCount: result.requests.count)
      return
    }
    self.init(path: path, result: result, text: text, lines: LineIndex(text), listsRequests: listsRequests)
  }

  /// - Parameter listsRequests: whether requests are listed, or only counted.
  init(path: String, result: FileResult, text: SourceText, lines: LineIndex, listsRequests: Bool) {
    self.path = path
    unreadable = nil
    isRequestFile = true
    unlistedRequestCount = listsRequests ? 0 : result.requests.count
    requests = (listsRequests ? result.requests : []).map { request in
      LocatedRequest(
        id: request.id, file: path, line: lines.line(of: request.span.start),
        service: request.service, operation: request.operation, carrier: request.carrier,
        verdict: request.verdict,
        hasSuppressedError: request.hasSuppressedError)
    }
    findings = result.located(result.findings, in: path, text, lines)
    suppressed = result.located(result.suppressed, in: path, text, lines)
    notEvaluated = result.notEvaluated.map { item in
      LocatedNotEvaluated(
        file: path, requestID: item.request.map { result.requests[$0].id },
        requestNumber: item.request, rule: item.rule, reason: item.reason,
        pointer: item.pointer.description, start: lines.position(of: item.span.start),
        end: lines.end(of: item.span))
    }
  }
}

extension FileResult {
  fileprivate func located(
    _ findings: [Finding], in path: String, _ text: SourceText, _ lines: LineIndex
  ) -> [LocatedFinding] {
    findings.map { finding in
      LocatedFinding(
        finding, of: finding.request.map { requests[$0] }, in: path, text, lines, masks: sensitiveSpans,
        words: secretWords)
    }
  }
}

/// A request of a report.
package struct LocatedRequest: Sendable {
  package let id: String
  package let file: String
  package internal(set) var line: Int
  package let service: String?
  package let operation: String?
  /// The name of the request's carrier.
  package let carrier: String
  package internal(set) var verdict: RequestResult.Verdict
  /// Whether an error in it is suppressed, including errors beyond the listed ones.
  package let hasSuppressedError: Bool
}

/// A constraint that could not be judged, with its location.
package struct LocatedNotEvaluated: Sendable {
  package let file: String
  package let requestID: String?
  /// Counts the requests of the file from 0; `nil` outside any request.
  package let requestNumber: Int?
  package let rule: String
  package let reason: String
  package let pointer: String
  package internal(set) var start: Position
  package internal(set) var end: Position
}

extension ReportedFile {
  /// Reports problems with the suppressions in a file without requests.
  ///
  /// - Parameter levels: severities that override the checks' own.
  package convenience init(
    path: String, remarks: [SuppressionRemark], text: SourceText, levels: RuleLevels,
    minimumSeverity: Severity
  ) {
    var options = LintOptions(now: Instant(milliseconds: 0))
    options.levels = levels
    options.keysFindings = true
    options.minimumSeverity = minimumSeverity
    let file = RequestFile(path: path, parts: [], text: text, notation: .json, isDiscovered: false)
    let collector = FindingCollector(file, Linter(Workbench(.builtIn), rules: [], options: options))
    // Without a document, the file would be reported as empty if no remark is severe enough.
    collector.documentCount = 1
    for remark in remarks { collector.add(remark) }
    let result = collector.finish()
    let lines = LineIndex(text)
    self.init(
      path: path, requests: [],
      findings: result.located(result.findings, in: path, text, lines),
      suppressed: [], notEvaluated: [], isRequestFile: false)
  }

  /// The file with all its findings accepted, except those about missing checks.
  package func accepted() -> ReportedFile {
    let kept = findings.filter { BuiltInCheck.traits(of: $0.rule).contains(.beyondBaseline) }
    let accepted = findings.filter { !BuiltInCheck.traits(of: $0.rule).contains(.beyondBaseline) }.map {
      $0.suppressed(by: Suppression(origin: .baseline))
    }
    return ReportedFile(
      path: path, unreadable: unreadable,
      requests: requests.map { request in
        kept.contains { $0.requestID == request.id } ? request : request.passed()
      },
      findings: kept, suppressed: suppressed + accepted, notEvaluated: notEvaluated,
      isRequestFile: isRequestFile, unlistedRequestCount: unlistedRequestCount)
  }
}

extension LocatedRequest {
  fileprivate func passed() -> LocatedRequest {
    var passed = self
    passed.verdict = .pass
    return passed
  }
}
