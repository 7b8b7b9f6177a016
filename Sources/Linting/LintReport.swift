internal import Models
internal import Requests
public import Rules
public import Syntax
public import Verdicts

/// A finding with its place as people count it, and the line that it stands on.
///
/// One reference, since reports and plans sort, group and hand on what they show.
public final class LocatedFinding: Sendable {
  public let file: String
  /// `nil` for a finding outside any request.
  public let requestID: String?
  public let service: String?
  public let operation: String?
  public let rule: String
  public let severity: Severity
  public let message: String
  public let hint: String?
  /// RFC 6901.
  public let pointer: String
  public let start: Position
  /// Exclusive.
  public let end: Position
  /// Bytes into the line of the start, from 1.
  public let startByteColumn: Int
  /// Bytes into the line of the end, from 1, exclusive.
  public let endByteColumn: Int
  public let source: String?
  public let excerpt: Excerpt
  /// `nil` where nothing is known to repair it, and where it would show what must not be shown.
  public let fix: LocatedFix?
  /// Why it is not held against the file; `nil` for a finding that is.
  public let suppression: Suppression?
  /// What tells the finding from others of its file, whatever line it stands on.
  public let key: FindingKey
  /// Counts the requests of the file from 0; `nil` for a finding outside any request.
  public let requestNumber: Int?

  /// A finding about a request as a whole, made after its file has been linted.
  ///
  /// - Parameter line: where the request begins.
  public convenience init(
    file: String, line: Int, requestID: String, service: String?, operation: String?, rule: String,
    severity: Severity, message: String, hint: String? = nil, source: String? = nil
  ) {
    let start = Position(line: line, column: 1)
    self.init(
      file: file, requestID: requestID, service: service, operation: operation, rule: rule,
      severity: severity,
      message: message, hint: hint, pointer: "", start: start, end: start, source: source,
      excerpt: Excerpt(text: "", markStart: 0, markCount: 0))
  }

  /// A finding about a value, made after its file has been linted.
  ///
  /// - Parameter pointer: from the parameters.
  public convenience init(
    file: String, at place: Range<Position>, _ pointer: JSONPointer, requestID: String, service: String?,
    operation: String?, rule: String, severity: Severity, message: String, hint: String? = nil
  ) {
    self.init(
      file: file, requestID: requestID, service: service, operation: operation, rule: rule,
      severity: severity,
      message: message, hint: hint, pointer: pointer.description, start: place.lowerBound,
      end: place.upperBound, source: nil, excerpt: Excerpt(text: "", markStart: 0, markCount: 0))
  }

  init(
    file: String, requestID: String?, service: String?, operation: String?, rule: String, severity: Severity,
    message: String, hint: String?, pointer: String, start: Position, end: Position, source: String?,
    byteColumns: (start: Int, end: Int)? = nil, excerpt: Excerpt, fix: LocatedFix? = nil,
    suppression: Suppression? = nil, key: FindingKey? = nil, requestNumber: Int? = nil
  ) {
    self.requestNumber = requestNumber
    self.file = file
    self.requestID = requestID
    self.service = service
    self.operation = operation
    self.rule = rule
    self.severity = severity
    self.message = message
    self.hint = hint
    self.pointer = pointer
    self.start = start
    self.end = end
    startByteColumn = byteColumns?.start ?? start.column
    endByteColumn = byteColumns?.end ?? end.column
    self.source = source
    self.excerpt = excerpt
    self.fix = fix
    self.suppression = suppression
    self.key =
      key ?? FindingKey(operation: nil, rule: rule, pointer: pointer, severity: severity, value: nil)
  }
}

extension ReportedFile {
  /// What is to be said of the suppressions in a file that holds no requests.
  ///
  /// - Parameter levels: severities that take the place of the checks' own.
  public convenience init(
    path: String, remarks: [SuppressionRemark], text: SourceText, levels: RuleLevels,
    minimumSeverity: Severity
  ) {
    var options = LintOptions(now: Instant(milliseconds: 0))
    options.levels = levels
    options.keysFindings = true
    options.minimumSeverity = minimumSeverity
    let file = RequestFile(path: path, parts: [], text: text, notation: .json, isWalked: false)
    let report = FindingCollector(file, Linter(Workbench(.builtIn), rules: [], options: options))
    // Without a document a file would be reported as empty where no remark is severe enough.
    report.documentCount = 1
    for remark in remarks { report.add(remark) }
    let result = report.finish()
    let lines = LineIndex(text)
    self.init(
      path: path, requests: [],
      findings: result.findings.map { LocatedFinding($0, path, result, text, lines) },
      suppressed: [], notEvaluated: [], isRequestFile: false)
  }

  /// The file with all that it has accepted as it is, but for what was not checked.
  public func accepted() -> ReportedFile {
    let kept = findings.filter { BuiltInCheck.isBeyondBaseline($0.rule) }
    let accepted = findings.filter { !BuiltInCheck.isBeyondBaseline($0.rule) }.map {
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

extension LocatedFinding {
  fileprivate func suppressed(by suppression: Suppression) -> LocatedFinding {
    LocatedFinding(
      file: file, requestID: requestID, service: service, operation: operation, rule: rule,
      severity: severity,
      message: message, hint: hint, pointer: pointer, start: start, end: end, source: source,
      excerpt: excerpt,
      fix: fix, suppression: suppression, key: key, requestNumber: requestNumber)
  }

  fileprivate convenience init(
    _ finding: Finding, _ path: String, _ result: FileResult, _ text: SourceText, _ lines: LineIndex
  ) {
    let request = finding.request.map { result.requests[$0] }
    self.init(
      file: path, requestID: request?.id, service: request?.service,
      operation: request?.operation, rule: finding.rule, severity: finding.severity,
      message: finding.message, hint: finding.hint, pointer: finding.pointer.description,
      start: lines.position(of: finding.span.start),
      end: lines.end(of: finding.span), source: finding.source,
      byteColumns: (
        lines.byteColumn(of: finding.span.start, in: text), lines.byteColumn(of: finding.span.end, in: text)
      ),
      excerpt: finding.span.end == 0
        ? Excerpt(text: "", markStart: 0, markCount: 0)
        : Excerpt(
          finding.span, in: text, lines, masks: result.sensitiveSpans, words: result.secretWords),
      fix: finding.fix.flatMap { fix in
        let isHidden = fix.edits.contains { result.secretWords.occur(in: ArraySlice($0.replacement.utf8)) }
        return isHidden ? nil : LocatedFix(fix, text, lines, sensitive: result.sensitiveSpans)
      },
      suppression: finding.suppression, key: finding.key, requestNumber: finding.request)
  }
}

extension LocatedFix {
  /// `nil` for one that touches what must not be shown.
  fileprivate init?(_ fix: Fix, _ text: SourceText, _ lines: LineIndex, sensitive: [ByteSpan]) {
    let touches = fix.edits.contains { edit in sensitive.contains { $0.overlaps(edit.span) } }
    guard !touches else { return nil }
    isSafe = fix.isSafe
    let sorted = fix.edits.sorted { $0.span.start < $1.span.start }
    edits = sorted.map { Edit($0, text, lines) }
    joined = TextEdit.joining(sorted, in: text, sensitive: sensitive).map { Edit($0, text, lines) }
  }
}

/// A request of a report.
public struct LocatedRequest: Sendable {
  public let id: String
  public let file: String
  public internal(set) var line: Int
  public let service: String?
  public let operation: String?
  /// The name of the way in which the request is written down.
  public let carrier: String
  public internal(set) var verdict: RequestResult.Verdict
  /// Whether an error in it is suppressed, also one beyond those that are listed.
  public let hasSuppressedError: Bool
}

/// A constraint that could not be judged, with its place.
public struct LocatedNotEvaluated: Sendable {
  public let file: String
  public let requestID: String?
  /// Counts the requests of the file from 0; `nil` outside any request.
  public let requestNumber: Int?
  public let rule: String
  public let reason: String
  public let pointer: String
  public internal(set) var start: Position
  public internal(set) var end: Position
}

/// What a report says of one file.
///
/// One reference, since a run has many files and little to say of most.
public final class ReportedFile: Sendable {
  public let path: String
  /// Why the file could not be read; it then has no requests and no findings.
  public let unreadable: String?
  public let requests: [LocatedRequest]
  /// In the order of the file.
  public let findings: [LocatedFinding]
  /// Findings that are not held against the file, in its order.
  public let suppressed: [LocatedFinding]
  public let notEvaluated: [LocatedNotEvaluated]
  /// Whether it is a file that holds requests, or was to; others are a configuration and a baseline.
  public let isRequestFile: Bool
  /// Requests in which nothing is found, where they are not listed among `requests`.
  let unlistedRequestCount: Int

  /// How many requests the file holds.
  public var requestCount: Int { requests.count + unlistedRequestCount }

  /// Whether there is anything to say of the file beside that it was read.
  public var isRemarkable: Bool { unreadable != nil || !findings.isEmpty || !notEvaluated.isEmpty }

  public convenience init(path: String, unreadable reason: String) {
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

  /// Places everything while the file's text is at hand.
  ///
  /// - Parameter listsRequests: whether requests are listed, or only counted.
  public convenience init(path: String, result: FileResult, text: SourceText, listsRequests: Bool = true) {
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
    findings = result.findings.map { LocatedFinding($0, path, result, text, lines) }
    suppressed = result.suppressed.map { LocatedFinding($0, path, result, text, lines) }
    notEvaluated = result.notEvaluated.map { item in
      LocatedNotEvaluated(
        file: path, requestID: item.request.map { result.requests[$0].id },
        requestNumber: item.request, rule: item.rule, reason: item.reason,
        pointer: item.pointer.description, start: lines.position(of: item.span.start),
        end: lines.end(of: item.span))
    }
  }
}

/// What a rule or check says of itself in a report.
public struct ReportedRule: Sendable {
  public let id: String
  public let severity: Severity
  public let title: String
  public let why: String
  public let hint: String?
  /// Addresses where the constraint is written down.
  public let sources: [String]

  public init(_ check: BuiltInCheck) {
    id = check.id
    severity = check.severity
    title = check.title
    why = check.why
    hint = nil
    sources = []
  }

  public init(_ rule: RuleDescription) {
    id = rule.id
    severity = rule.severity
    title = rule.title
    why = rule.why
    hint = rule.hint
    sources = rule.sources
  }
}

/// Everything that one run found, ready to be rendered.
public struct LintReport: Sendable {
  public let toolVersion: String
  /// Where the facts about services come from.
  public let catalogSource: String
  public let now: Instant
  /// Sorted by path; files that were only met on the way and hold no request are left out.
  public let files: [ReportedFile]
  public let skippedFiles: Int
  /// What the rules of the findings say of themselves, sorted by id; empty where the report's formats need none.
  public let rules: [ReportedRule]
  /// What kept the run from doing all that was asked, beside files that could not be read.
  public var faults: [String] = []

  public init(
    toolVersion: String, catalogSource: String, now: Instant, files: [ReportedFile], skippedFiles: Int,
    rules: [ReportedRule] = []
  ) {
    self.toolVersion = toolVersion
    self.catalogSource = catalogSource
    self.now = now
    self.files = files.inByteOrder { $0.path }
    counts = Counts(files)
    self.skippedFiles = skippedFiles
    self.rules = rules
  }

  /// All findings, by file and place.
  public var findings: some Sequence<LocatedFinding> { files.lazy.flatMap(\.findings) }
  /// All findings that are not held against their files, by file and place.
  public var suppressed: some Sequence<LocatedFinding> { files.lazy.flatMap(\.suppressed) }
  /// Request files that were read.
  public var fileCount: Int { counts.readFiles }
  /// Files that could not be read.
  public var unreadableCount: Int { counts.unreadableFiles }
  /// Whether there was nothing to check.
  public var holdsNothing: Bool { requestCount == 0 && !counts.hasFaultyRequestFile }
  public var requestCount: Int { counts.requests }
  public var notEvaluatedCount: Int { counts.notEvaluated }
  public var suppressedCount: Int { counts.suppressed }

  /// Number of findings of a severity.
  public func count(_ severity: Severity) -> Int { counts.findings[severity] ?? 0 }

  private let counts: Counts

  private struct Counts {
    var readFiles = 0
    var unreadableFiles = 0
    var hasFaultyRequestFile = false
    var requests = 0
    var notEvaluated = 0
    var suppressed = 0
    var findings: [Severity: Int] = [:]

    init(_ files: [ReportedFile]) {
      for file in files {
        requests += file.requestCount
        notEvaluated += file.notEvaluated.count
        suppressed += file.suppressed.count
        if file.unreadable != nil {
          unreadableFiles += 1
        } else if file.isRequestFile {
          readFiles += 1
        }
        guard !file.findings.isEmpty else { continue }
        if file.isRequestFile { hasFaultyRequestFile = true }
        for finding in file.findings { findings[finding.severity, default: 0] += 1 }
      }
    }
  }
}

extension LocatedFinding {
  /// Whether it speaks of a model that cannot be used, so that the run could not do what it was asked.
  public var isFaultOfModel: Bool { rule == FindingID.unusableModel.rawValue }

  /// Whether it speaks of a number that no command can carry.
  public var isNonFiniteNumber: Bool { rule == FindingID.nonFiniteNumber.rawValue }

  /// Whether it says why a command to run afterwards is missing.
  public var isUnsafeCommandValue: Bool { rule == FindingID.unsafeCommandValue.rawValue }
}
