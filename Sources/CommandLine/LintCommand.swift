internal import ArgumentParser
internal import Glibc
internal import Linting
internal import Models
package import Reports
internal import Syntax
package import Verdicts

extension LintFormat: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}

struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Check request files; nothing is ever sent.",
    discussion:
      "Exit status: 0 nothing at or above the fail level, 1 findings, 2 could not do what was asked.")

  @OptionGroup var common: RunOptions

  @Option(
    help: "What goes to standard output.")
  var format = LintFormat.text

  @Option(help: ArgumentHelp("Also write a report to a file; repeatable.", valueName: "FORMAT=FILE"))
  var report: [String] = []

  @Option(
    help:
      "Severity from which the exit status is 1. Default: the configuration, or error.")
  var failLevel: Severity?

  @Option(
    help: "Severity from which findings are reported; what fails is always shown.")
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

  @OptionGroup(title: "Fixes") var fixing: FixOptions

  func validate() throws {
    try fixing.check(common.paths)
    if fixing.isAsked, writeBaseline != nil {
      throw ValidationError("--write-baseline goes with neither --fix nor --diff")
    }
  }

  func run() throws {
    let targets = try report.map { try ReportTarget<LintFormat>(parsing: $0) }
    let catalog = try common.models.catalog()
    var options = try common.lintOptions(catalog)
    options.minimumSeverity = min(minSeverity, failLevel ?? .error)
    let baseline = try BaselineRun(
      reading: baseline, writing: writeBaseline, minimumSeverity: options.minimumSeverity)
    options.keysFindings = !baseline.isIdle || output.needs(targets).contains(.keys)
    let discovery = discoverFiles(
      common.places, configurations: ConfigurationSearch(named: common.config),
      skipsUnbound: common.skipUnbound, jobs: common.workerCount)
    try ReportTarget.check(
      targets, against: discovery.inputs, inputs: baseline.inputs, outputs: baseline.outputs)
    let setup = RunSetup(
      RunSetup.Overrides(
        packs: common.rules, options: options, minimumSeverity: minSeverity, failLevel: failLevel,
        limits: common.limits.values, keepsAllFindings: baseline.isWritten),
      discovery, catalog)
    for fault in setup.faults { writeStandardError("reqlint: \(fault)") }
    for note in discovery.notes + baseline.notes { say(note) }

    let checked = check(discovery, catalog, setup, baseline, targets, today: options.now.day)
    let result = makeReport(of: checked, setup, now: options.now, catalog, targets)
    var status = status(of: result, setup.failLevels(of: checked.files, checked.remarks))
    if !finishFixes(checked.fixes) || !setup.faults.isEmpty { status = .failed }
    let diff = fixing.diff ? checked.fixes.flatMap(\.diff) : nil
    if !output.write(result, targets, instead: diff) { status = .failed }
    let note = try baseline.write(
      checked.reported, checked.outcomes, of: checked.files, discovery.failures)
    if let note { say(note) }
    if exitZero, status == .findings { status = .clean }
    // The process ends without freeing them, which is slow for a large run.
    withExtendedLifetime((checked, result)) { Glibc.exit(status.rawValue) }
  }

  // MARK: Parts

  /// What came of all files.
  private struct Checked {
    let discovery: Discovery
    /// Those that could be checked.
    let files: [FoundFile]
    /// In the order of the files.
    let outcomes: [LintOutcome]
    /// The same with what was repaired; empty where nothing was to be.
    let fixes: [FixOutcome]
    let reported: [ReportedFile]
    /// What there is to say of configurations.
    let remarks: [(file: ReportedFile, failLevel: Severity)]
  }

  private func check(
    _ discovery: Discovery, _ catalog: Catalog, _ setup: RunSetup, _ baseline: BaselineRun,
    _ targets: [ReportTarget<LintFormat>], today: String
  ) -> Checked {
    let (files, use) = setup.prepare(discovery.files, today: today)
    let fixes = fixing.isAsked ? fix(files, catalog, setup, baseline) : []
    let outcomes = fixing.isAsked ? fixes.map(\.lint) : lint(files, catalog, setup, baseline, targets)
    let review = ConfigurationReview(setup, discovery, use, today: today)
    for note in review.notes(ofSuppressions: false) { say(note) }
    return Checked(
      discovery: discovery, files: files, outcomes: outcomes, fixes: fixes,
      reported: baseline.reported(outcomes, of: files), remarks: review.remarks(on: outcomes, of: files))
  }

  /// Makes the report, and prints what could not be checked.
  private func makeReport(
    of checked: Checked, _ setup: RunSetup, now: Instant, _ catalog: Catalog,
    _ targets: [ReportTarget<LintFormat>]
  ) -> LintReport {
    let apart = checked.remarks.map(\.file) + checked.discovery.failures.compactMap { ReportedFile($0) }
    let files = apart.isEmpty ? checked.reported : checked.reported + apart
    var report = LintReport(
      toolVersion: Reqlint.version, catalogSource: catalog.source, now: now,
      files: files,
      skippedFiles: checked.outcomes.count { $0.file == nil } + checked.discovery.excludedCount,
      rules: output.needs(targets).contains(.rules) ? reportedRules(of: files, setup.rules) : [])
    // If a faulty configuration excludes files, the reason has already been printed.
    let isExplained = checked.files.count < checked.discovery.files.count
    let faults = faults(of: report, isExplained: isExplained)
    for fault in unreadableFiles(of: report) + faults { writeStandardError("reqlint: \(fault)") }
    report.faults = setup.faults + faults
    return report
  }

  /// Prints what was repaired; returns whether everything could be written.
  private func finishFixes(_ fixes: [FixOutcome]) -> Bool {
    let failures = fixes.compactMap(\.failure)
    for failure in failures { writeStandardError("reqlint: \(failure)") }
    for note in fixing.notes(about: fixes) { say(note) }
    return failures.isEmpty
  }

  private var output: LintOutput {
    LintOutput(format: format, isQuiet: quiet, hasStatistics: statistics, platform: .current)
  }

  /// Prints a note that is not an error to standard error.
  private func say(_ note: String) {
    if !quiet { writeStandardError("reqlint: \(note)") }
  }

  private func lint(
    _ files: [FoundFile], _ catalog: Catalog, _ setup: RunSetup, _ baseline: BaselineRun,
    _ targets: [ReportTarget<LintFormat>]
  ) -> [LintOutcome] {
    let run = FileRun(common.fileRunOptions(isQuiet: quiet), limits: setup.limits(for:))
    // A baseline needs the whole file, and so does the decision whether to skip an unbound one.
    let streams = baseline.isIdle && !common.skipUnbound
    let listsRequests = output.needs(targets).contains(.requests)
    return run.mapUnread(files) {
      let worker = LintWorker(setup, catalog, listsRequests: listsRequests)
      return { found in
        if streams, found.path == nil { return worker.lintStream(found, run) }
        return worker.lint(baseline.prepare(run.read(found), found), found)
      }
    }
  }

  /// The same for files that are to be repaired, or for which that is to be shown.
  private func fix(
    _ files: [FoundFile], _ catalog: Catalog, _ setup: RunSetup, _ baseline: BaselineRun
  ) -> [FixOutcome] {
    FixRun(options: fixing, catalog: catalog, setup: setup, baseline: baseline)
      .map(files, FileRun(common.fileRunOptions(isQuiet: quiet), limits: setup.limits(for:)))
  }

  /// What kept the run from doing all that was asked, once all files have been looked at.
  private func faults(of report: LintReport, isExplained: Bool) -> [String] {
    guard unreadableFiles(of: report).isEmpty, !isExplained, holdsNothing(report) else { return [] }
    return [noRequestFound(skipped: report.skippedFiles)]
  }

  /// - Parameter failLevels: of files that have another one than the run, by their paths.
  private func status(of report: LintReport, _ failLevels: [String: Severity]) -> ExitStatus {
    if report.unreadableCount > 0 || holdsNothing(report) { return .failed }
    if report.files.indices.allSatisfy({ report.files[$0].findings.isEmpty }) { return .clean }
    if report.findings.contains(where: \.isFaultOfModel) { return .failed }
    let isFailed = report.findings.contains { $0.severity >= failLevels[$0.file] ?? failLevel ?? .error }
    return isFailed ? .findings : .clean
  }

  /// Nothing was checked, and that was not to be expected.
  private func holdsNothing(_ report: LintReport) -> Bool {
    !common.skipUnbound && report.holdsNothing
  }
}

/// What to say of files that could not be read.
func unreadableFiles(of report: LintReport) -> [String] {
  guard report.unreadableCount > 0 else { return [] }
  return report.files.compactMap { file in
    file.unreadable.map { Failure.unreadable(path: file.path, reason: $0).message }
  }
}

/// What to say where nothing was checked.
func noRequestFound(skipped: Int) -> String {
  "no request found; \(skipped == 1 ? "1 file" : "\(skipped) files") passed over"
}
