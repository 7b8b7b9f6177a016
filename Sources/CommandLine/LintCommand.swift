public import ArgumentParser
internal import Glibc
internal import Linting
internal import Models
public import Reports
public import Rules
internal import Syntax
internal import SystemPackage

extension LintFormat: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}

struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Check request files; nothing is ever sent.",
    discussion:
      "Exit status: 0 nothing at or above the fail level, 1 findings, 2 could not do what was asked.")

  @Argument(help: "Files and folders; - reads standard input. Default: the working directory.")
  var paths: [String] = []

  @Option(
    help: "What goes to standard output: \(LintFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format = LintFormat.text

  @Option(help: ArgumentHelp("Also write a report to a file; repeatable.", valueName: "FORMAT=FILE"))
  var report: [String] = []

  @Option(help: "Severity from which the exit status is 1: error, warning, info.")
  var failLevel = Severity.error

  @Option(
    help: "Severity from which findings are reported: error, warning, info. What fails is always shown.")
  var minSeverity = Severity.warning

  @Option(
    help: ArgumentHelp(
      "The operation of every request, before all that files say.", valueName: "SERVICE.OPERATION"))
  var operation: String?

  @Option(help: ArgumentHelp("The time to check against, RFC 3339. Default: the clock.", valueName: "TIME"))
  var now: String?

  @Option(help: ArgumentHelp("A folder of rules beside the built-in ones; repeatable.", valueName: "DIR"))
  var rules: [String] = []

  @Option(help: "How many files to lint at a time. Default: one for each processor.")
  var jobs: Int?

  @Flag(help: "Pass over named files that hold no request, for pre-commit.")
  var skipUnbound = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
  }

  func run() throws {
    let reports = try report.map { try ReportTarget(parsing: $0) }
    var options = LintOptions(now: try Clock.instant(now))
    options.operation = try operation.map { try Self.resolve($0) }
    options.minimumSeverity = min(minSeverity, failLevel)

    let builtIn = RuleBook.builtInFiles
    let packs = loadPacks(rules, reserved: builtIn)
    for fault in packs.faults { writeStandardError("reqlint: \(fault)") }
    let discovery = discoverFiles(paths.isEmpty ? ["."] : paths)
    for target in reports {
      guard let identity = FileIdentity(ofRegularFile: target.path),
        let file = discovery.files.first(where: {
          $0.path.flatMap { FileIdentity(ofRegularFile: $0) } == identity
        })
      else { continue }
      guard file.isOwnReport else { throw Failure.reportOverInput(target.path.shown) }
    }

    let run = LintRun(
      rules: builtIn + packs.files, options: options, skipsUnbound: skipUnbound,
      jobs: jobs ?? LintRun.processorCount)
    let outcome = run.lint(discovery.files)
    let result = LintReport(
      toolVersion: Reqlint.version, catalogSource: Catalog.builtIn.source, now: options.now,
      files: outcome.files + discovery.failures.compactMap(Self.reported), skippedFiles: outcome.skipped)

    for note in notes(about: result) { writeStandardError("reqlint: \(note)") }
    var status = status(of: result)
    if !packs.faults.isEmpty { status = .failed }
    if !write(result, to: reports) { status = .failed }
    throw ExitCode(status.rawValue)
  }

  // MARK: Parts

  private static func resolve(_ name: String) throws(Failure) -> OperationID {
    var models = LoadedModels(.builtIn)
    let written = OperationID(parsing: name)
    if let written, let known = try? models.canonicalName(written) { return known }
    let service = written.flatMap { try? models.service($0.service) }
    let near =
      service.flatMap { service in
        suggestion(for: written?.operation ?? "", among: service.operationNames).map {
          "\(service.name).\($0)"
        }
      } ?? suggestion(for: written?.service ?? name, among: models.catalog.serviceNames)
    throw .unknownOperation(name, suggestion: near)
  }

  private static func reported(_ failure: Failure) -> ReportedFile? {
    guard case .unreadable(let path, let reason) = failure else { return nil }
    return ReportedFile(path: path, unreadable: reason)
  }

  /// What kept the run from doing all that was asked.
  private func notes(about report: LintReport) -> [String] {
    var notes = report.files.compactMap { file in
      file.unreadable.map { Failure.unreadable(path: file.path, reason: $0).message }
    }
    if notes.isEmpty, holdsNothing(report) {
      let skipped = report.skippedFiles == 1 ? "1 file" : "\(report.skippedFiles) files"
      notes.append("no request found; \(skipped) passed over")
    }
    return notes
  }

  private func status(of report: LintReport) -> ExitStatus {
    if report.files.contains(where: { $0.unreadable != nil }) || holdsNothing(report) { return .failed }
    return report.findings.contains { $0.severity >= failLevel } ? .findings : .clean
  }

  /// Nothing was checked, and that was not to be expected.
  private func holdsNothing(_ report: LintReport) -> Bool {
    !skipUnbound && report.requestCount == 0 && !report.files.contains { !$0.findings.isEmpty }
  }

  /// Writes every report; one that fails keeps none of the others from being written.
  private func write(_ report: LintReport, to targets: [ReportTarget]) -> Bool {
    var isComplete = true
    func attempt(_ body: () throws(Failure) -> Void) {
      do throws(Failure) {
        try body()
      } catch {
        writeStandardError("reqlint: \(error.message)")
        isComplete = false
      }
    }
    for target in targets {
      attempt { () throws(Failure) in try writeFile(target.path, target.format.render(report)) }
    }
    attempt { () throws(Failure) in
      try writeStandardOutput(format.render(report, usesColor: Terminal.usesColor))
    }
    return isComplete
  }
}

/// A report file asked for by `--report FORMAT=FILE`.
private struct ReportTarget {
  let format: LintFormat
  let path: FilePath

  init(parsing text: String) throws(Failure) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty, let format = LintFormat(rawValue: String(parts[0])) else {
      throw .badReport(text)
    }
    self.format = format
    path = FilePath(argument: String(parts[1]))
  }
}

/// The reference time of a run.
enum Clock {
  /// The time written, or else what the clock shows, to the second.
  static func instant(_ text: String?) throws(Failure) -> Instant {
    guard let text else {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      return Instant(milliseconds: Int64(time.tv_sec) * 1000)
    }
    guard let instant = Instant(rfc3339: text) else { throw .badTime(text) }
    return instant
  }
}

/// What is known of standard output.
enum Terminal {
  /// - Source: https://no-color.org for `NO_COLOR`.
  static var usesColor: Bool {
    guard isatty(STDOUT_FILENO) == 1 else { return false }
    if let value = getenv("NO_COLOR"), value.pointee != 0 { return false }
    if let term = getenv("TERM"), String(cString: term) == "dumb" { return false }
    return true
  }
}
