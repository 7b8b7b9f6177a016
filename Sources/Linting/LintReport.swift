package import Syntax
package import Verdicts

/// Everything that one run found, ready to be rendered.
package struct LintReport: Sendable {
  package let toolVersion: String
  /// The origin of the facts about services.
  package let catalogSource: String
  package let now: Instant
  /// Sorted by path; discovered files without requests are left out.
  package let files: [ReportedFile]
  package let skippedFiles: Int
  /// The findings' rules with their own descriptions, sorted by id; empty if the report's formats need none.
  package let rules: [ReportedRule]
  /// Why the run could not do everything that was requested, apart from unreadable files.
  package var faults: [String] = []

  package init(
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
  package var findings: some Sequence<LocatedFinding> { files.lazy.flatMap(\.findings) }
  /// All suppressed findings, by file and place.
  package var suppressed: some Sequence<LocatedFinding> { files.lazy.flatMap(\.suppressed) }
  /// Request files that were read.
  package var fileCount: Int { counts.readFiles }
  /// Files that could not be read.
  package var unreadableCount: Int { counts.unreadableFiles }
  /// Whether there was nothing to check.
  package var holdsNothing: Bool {
    requestCount == 0 && notEvaluatedCount == 0 && !counts.hasFaultyRequestFile
  }
  package var requestCount: Int { counts.requests }
  package var notEvaluatedCount: Int { counts.notEvaluated }
  package var suppressedCount: Int { counts.suppressed }

  /// Number of findings of a severity.
  package func count(_ severity: Severity) -> Int { counts.findings[severity] ?? 0 }

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
