public import ArgumentParser
internal import Linting
internal import Models
public import Reports
public import Rules
internal import Syntax

extension LintFormat: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}

struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Check request files; nothing is ever sent.",
    discussion:
      "Exit status: 0 nothing at or above the fail level, 1 findings, 2 could not do what was asked.")

  @OptionGroup var common: RunOptions

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

  @Option(help: ArgumentHelp("Accept what this file lists; what is new is reported.", valueName: "FILE"))
  var baseline: String?

  @Option(
    help: ArgumentHelp("List all that is found in this file, to be accepted from now on.", valueName: "FILE"))
  var writeBaseline: String?

  @Flag(help: "Findings only: no summary, no notes, no progress.")
  var quiet = false

  @Flag(help: "Also count the findings of each rule; on standard error unless the format is text.")
  var statistics = false

  @Flag(help: "Exit with 0 also where there are findings.")
  var exitZero = false

  func run() throws {
    let targets = try report.map { try ReportTarget<LintFormat>(parsing: $0) }
    let catalog = try common.models.catalog()
    var options = try common.lintOptions(catalog)
    options.minimumSeverity = min(minSeverity, failLevel)
    let baseline = try BaselineRun(
      reading: baseline, writing: writeBaseline, minimumSeverity: options.minimumSeverity)
    if baseline.isWritten { options.limits.findings = .max / 2 }

    let builtIn = RuleBook.builtInFiles
    let packs = loadPacks(common.rules, reserved: builtIn, catalog)
    for fault in packs.faults { writeStandardError("reqlint: \(fault)") }
    let discovery = discoverFiles(common.places)
    try ReportTarget.check(targets, against: discovery.files)

    let files = lint(discovery.files, catalog, rules: builtIn + packs.files, options, baseline)
    let reported = baseline.reported(files, of: discovery.files)
    let result = LintReport(
      toolVersion: Reqlint.version, catalogSource: catalog.source, now: options.now,
      files: reported + discovery.failures.compactMap { ReportedFile($0) },
      skippedFiles: files.count { $0.file == nil },
      rules: output.needsRules(targets) ? reportedRules(of: reported, builtIn + packs.files) : [])

    for note in notes(about: result) { writeStandardError("reqlint: \(note)") }
    var status = status(of: result)
    if !packs.faults.isEmpty { status = .failed }
    if !output.write(result, targets) { status = .failed }
    if let note = try baseline.write(reported, of: discovery.files), !quiet {
      writeStandardError("reqlint: \(note)")
    }
    if exitZero, status == .findings { status = .clean }
    throw ExitCode(status.rawValue)
  }

  // MARK: Parts

  private var output: LintOutput {
    LintOutput(format: format, isQuiet: quiet, hasStatistics: statistics, platform: .current)
  }

  private func lint(
    _ files: [FoundFile], _ catalog: Catalog, rules: [RuleFile], _ options: LintOptions,
    _ baseline: BaselineRun
  ) -> [LintOutcome] {
    FileRun(common.settings(isQuiet: quiet), limits: options.limits).map(files) {
      var linter = Linter(catalog: catalog, rules: rules, options: options)
      return { read, found in
        let file = read.map { file in
          var file = file
          file.baseline = baseline.accepted(in: found)
          return file
        }
        return LintOutcome(file, found, linted: &linter)
      }
    }
  }

  /// What kept the run from doing all that was asked.
  private func notes(about report: LintReport) -> [String] {
    var notes = unreadableFiles(of: report)
    if notes.isEmpty, holdsNothing(report) { notes.append(noRequestFound(skipped: report.skippedFiles)) }
    return notes
  }

  private func status(of report: LintReport) -> ExitStatus {
    if report.files.contains(where: { $0.unreadable != nil }) || holdsNothing(report) { return .failed }
    if report.findings.contains(where: \.isFaultOfModel) { return .failed }
    return report.findings.contains { $0.severity >= failLevel } ? .findings : .clean
  }

  /// Nothing was checked, and that was not to be expected.
  private func holdsNothing(_ report: LintReport) -> Bool {
    !common.skipUnbound && report.holdsNothing
  }
}

extension LintReport {
  /// Whether there was nothing to check.
  var holdsNothing: Bool {
    requestCount == 0 && !files.contains { !$0.findings.isEmpty || !$0.suppressed.isEmpty }
  }
}

/// What to say of files that could not be read.
func unreadableFiles(of report: LintReport) -> [String] {
  report.files.compactMap { file in
    file.unreadable.map { Failure.unreadable(path: file.path, reason: $0).message }
  }
}

/// What to say where nothing was checked.
func noRequestFound(skipped: Int) -> String {
  "no request found; \(skipped == 1 ? "1 file" : "\(skipped) files") passed over"
}
