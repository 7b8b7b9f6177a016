package import Linting
internal import Models
package import Rules
internal import Syntax
internal import Verdicts
package import Wire

/// What planning depends on besides the files.
package struct PlanOptions: Sendable {
  package var lint: LintOptions
  package var endpoints: EndpointOptions
  package var snapshots: [Snapshot]
  /// How old a snapshot may be before somebody should look, in milliseconds.
  package var snapshotAge: Int64 = 3_600_000
  /// Batch rules, the same for every file of a run; `nil` to use those of each file's own configuration.
  package var batch: BatchRules?

  /// Rules, and the severities that override theirs.
  package struct BatchRules: Sendable {
    let files: [RuleFile]
    let levels: RuleLevels

    package init(files: [RuleFile], levels: RuleLevels) {
      self.files = files
      self.levels = levels
    }
  }

  package init(
    lint: LintOptions, endpoints: EndpointOptions = EndpointOptions(), snapshots: [Snapshot] = []
  ) {
    self.lint = lint
    // The plan shows what is worth knowing too.
    self.lint.minimumSeverity = .info
    self.endpoints = endpoints
    self.snapshots = snapshots
  }
}

/// Plans files one by one.
///
/// Not Sendable: one worker owns one. The result for a file depends on nothing but the file and the options.
package final class Planner {
  private let linter: Linter
  private let drafter: RequestDrafter
  private let levels: RuleLevels

  /// - Parameter endpoints: of the same catalog as the workbench, shared by a worker's planners; `nil` for one's own.
  package init(
    _ workbench: Workbench, rules: [RuleFile], options: PlanOptions, endpoints: EndpointResolver? = nil
  ) {
    let endpoints = endpoints ?? EndpointResolver(workbench.catalog)
    var lint = options.lint
    lint.keepsReadings = true
    linter = Linter(
      workbench, rules: rules, options: lint, addressJudge: endpointJudge(endpoints))
    levels = lint.levels
    drafter = RequestDrafter(workbench, rules: rules, options: options, endpoints: endpoints)
  }

  /// Plans the requests of a file; `nil` for a file without requests that was found by walking a folder.
  package func plan(_ file: RequestFile) -> PlanPart? {
    var drafts: [RequestDraft] = []
    let result = linter.lint(file) { drafts.append(drafter.draft($0, of: file)) }
    guard !result.isSkipped else { return nil }
    let report = ReportedFile(path: file.path, result: result, text: file.text)
    precondition(
      drafts.count == report.requests.count,
      "\(file.path): \(drafts.count) requests were visited, \(report.requests.count) are reported")
    for finding in report.findings {
      finding.requestNumber.map { drafts[$0].request.findings.append(finding) }
    }
    for finding in report.suppressed {
      finding.requestNumber.map { drafts[$0].request.suppressed.append(finding) }
    }
    for item in report.notEvaluated {
      item.requestNumber.map { drafts[$0].request.notEvaluated.append(item) }
    }
    let requests = zip(drafts, report.requests).map { draft, located in
      draft.placed(at: located, in: file.text, levels)
    }
    return PlanPart(
      path: file.path,
      findings: report.findings.filter { $0.requestNumber == nil }, requests: requests,
      gaps: report.notEvaluated.filter { $0.requestNumber == nil }.map { item in
        "\(file.path):\(item.start.line): not evaluated: \(item.reason)"
      },
      hash: Digest.hexadecimal(of: file.text.bytes),
      hasFaultOfModel: report.findings.contains(where: \.isFaultOfModel))
  }
}

extension RequestDraft {
  /// The finished request: id and line are set, remarks are findings, and the verdict is given.
  fileprivate func placed(
    at located: LocatedRequest, in text: SourceText, _ levels: RuleLevels
  ) -> PlannedRequest {
    var request = request
    request.id = located.id
    request.line = located.line
    let found = request.findings
    let lines = remarks.contains { $0.location != nil } ? LineIndex(text) : nil
    request.findings += remarks.compactMap { remark in
      // Linting has already reported it.
      guard !found.contains(where: { $0.severity >= remark.severity && $0.says(remark) }) else { return nil }
      let isFixed = remark.isFinal || BuiltInCheck.traits(of: remark.rule).contains(.beyondSuppression)
      guard let severity = isFixed ? remark.severity : levels.severity(of: remark.rule, remark.severity)
      else { return nil }
      if let lines, let (span, pointer) = remark.location {
        return LocatedFinding(
          file: request.file, at: lines.position(of: span.start)..<lines.end(of: span), pointer,
          requestID: located.id, service: request.service, operation: request.operation, rule: remark.rule,
          severity: severity, message: remark.message, hint: remark.hint)
      }
      return LocatedFinding(
        file: request.file, line: located.line, requestID: located.id, service: request.service,
        operation: request.operation, rule: remark.rule, severity: severity, message: remark.message,
        hint: remark.hint)
    }
    // Reviewers should see that an error was suppressed, even one that is not listed.
    let waived: Severity = located.hasSuppressedError ? .warning : .info
    request.setOwnVerdict(lintSeverity: max(located.verdict.severity, waived))
    return request
  }
}

extension LocatedFinding {
  /// Whether a lint finding already says what a remark of planning would.
  fileprivate func says(_ remark: Remark) -> Bool {
    guard remark.isFinal else { return false }
    let isSameRegion = remark.rule == BuiltInCheck.noEndpoint.id && rule == BuiltInCheck.unknownRegion.id
    let isSamePlace = severity == .error && remark.coveringPointer == pointer
    return rule == remark.rule || isSameRegion || isSamePlace
  }
}

extension RequestResult.Verdict {
  fileprivate var severity: Severity {
    switch self {
    case .fail: .error
    case .warn: .warning
    case .pass: .info
    }
  }
}
