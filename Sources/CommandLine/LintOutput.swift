internal import Glibc
internal import Linting
internal import Reports
internal import Rules
internal import Syntax
internal import SystemPackage
internal import Verdicts

/// What of the system around a run decides where findings also go.
struct Platform {
  /// Whether the run is a step of a job on GitHub.
  var isGitHubActions = false
  /// The file that takes the Markdown of a step's summary.
  var stepSummary: FilePath?

  /// - Source: GitHub, default environment variables.
  static var current: Platform {
    Platform(
      isGitHubActions: variable("GITHUB_ACTIONS").map { String(cString: $0) } == "true",
      stepSummary: variable("GITHUB_STEP_SUMMARY").map { FilePath(platformString: $0) })
  }

  /// `nil` also for an empty one.
  private static func variable(_ name: String) -> UnsafePointer<CChar>? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return UnsafePointer(value)
  }
}

/// Brings findings to where they were asked for.
struct LintOutput {
  let format: LintFormat
  let isQuiet: Bool
  let hasStatistics: Bool
  let platform: Platform

  /// What one of the formats needs.
  func needs(_ targets: [ReportTarget<LintFormat>]) -> LintFormat.Needs {
    targets.reduce(format.needs) { $0.union($1.format.needs) }
  }

  /// Writes all there is to write; what fails keeps nothing else from being written.
  ///
  /// - Parameter other: what goes to standard output in place of the report.
  /// - Returns: whether everything was written.
  func write(
    _ report: LintReport, _ targets: [ReportTarget<LintFormat>], instead other: [UInt8]? = nil
  ) -> Bool {
    var isComplete = ReportTarget.write(
      targets,
      standardOutput: { put in
        if let other { put(shown(other)) } else { putStandardOutput(report, to: put) }
      },
      render: { $0.render(report, isQuiet: isQuiet, to: $1) })
    if hasStatistics, format != .text {
      writeStandardErrorText(String(decoding: renderStatistics(report), as: UTF8.self))
    }
    if let file = stepSummary(targets) {
      do throws(Failure) {
        try appendToFile(file, renderGitHubSummary(report))
      } catch {
        writeStandardError("reqlint: \(error.message)")
        isComplete = false
      }
    }
    return isComplete
  }

  /// Lines of files as they are, but for a terminal, which would obey what is in them.
  private func shown(_ lines: [UInt8]) -> [UInt8] {
    Terminal.isOutput ? Array(safeLines(String(decoding: lines, as: UTF8.self)).utf8) : lines
  }

  private func putStandardOutput(_ report: LintReport, to put: TextSink) {
    let usesColor = Terminal.usesColor
    guard format == .text else { return format.render(report, isQuiet: isQuiet, to: put) }
    // The annotations end with the same line that counts everything.
    let isAnnotated = platform.isGitHubActions
    format.render(report, usesColor: usesColor, isQuiet: isQuiet || isAnnotated, to: put)
    if hasStatistics { put(renderStatistics(report, usesColor: usesColor)) }
    if isAnnotated { LintFormat.github.render(report, isQuiet: isQuiet, to: put) }
  }

  /// `nil` where no format is used that GitHub shows.
  private func stepSummary(_ targets: [ReportTarget<LintFormat>]) -> FilePath? {
    let isForGitHub =
      format == .github || targets.contains { $0.format == .github }
      || format == .text && platform.isGitHubActions
    return isForGitHub ? platform.stepSummary : nil
  }
}

/// What the rules of findings say of themselves, sorted by id.
///
/// - Parameter rules: the files of all rules of the run; only those that occur are read.
func reportedRules(of files: [ReportedFile], _ rules: [RuleFile]) -> [ReportedRule] {
  var ids: Set<String> = []
  for file in files {
    for finding in file.findings { ids.insert(finding.rule) }
    for finding in file.suppressed { ids.insert(finding.rule) }
    for item in file.notEvaluated { ids.insert(item.rule) }
  }
  let checks = BuiltInCheck.all.filter { ids.contains($0.id) }.map { ReportedRule($0) }
  let described = RuleBook.descriptions(of: rules.filter { ids.contains($0.id) }).map { ReportedRule($0) }
  return (checks + described).sorted { $0.id < $1.id }
}
