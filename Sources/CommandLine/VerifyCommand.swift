internal import ArgumentParser
internal import Linting
internal import Models
internal import Planning
package import Reports
internal import Syntax
internal import SystemPackage
internal import Verdicts

extension DifferenceFormat: ExpressibleByArgument {}

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check that the request files are still what was planned and reviewed.",
    discussion: """
      Reads the files that the plan names again, from the same working directory; a plan of standard input is \
      checked against standard input. Exit status: 0 nothing changed, 1 something did, 2 could not do what was asked.
      """)

  @Argument(help: ArgumentHelp("A plan, as `plan --format json` wrote it.", valueName: "PLAN.json"))
  var plan: String

  @Option(
    help:
      "What goes to standard output.")
  var format = DifferenceFormat.text

  @OptionGroup var models: ModelsOptions

  @OptionGroup var limits: LimitOptions

  func run() throws {
    let catalog = try models.catalog()
    let recorded = try readPlan(plan)
    // The day, the rules and the snapshots decide verdicts, none of them the digests.
    var options = PlanOptions(
      lint: LintOptions(now: try Clock.instant(nil)), endpoints: recorded.inputs.endpoints)
    if let operation = recorded.inputs.operation {
      options.lint.operation = try resolveOperation(operation, catalog)
    }
    options.lint.region = recorded.inputs.region
    options.lint.account = recorded.inputs.account
    let discovery = discoverFiles(
      recorded.inputs.paths,
      configurations: ConfigurationSearch(named: recorded.inputs.configuration, seeksOwn: true))
    let overrides = RunSetup.Overrides(
      options: options.lint, minimumSeverity: .info, limits: limits.values)
    let outcome = makePlan(
      of: discovery, catalog, overrides, FileRun.Options(), options, inputs: recorded.inputs)
    for gap in outcome.gaps { writeStandardError("reqlint: \(gap)") }
    // Under a faulty configuration every request would look removed.
    if outcome.isConfigurationFaulty { throw ExitCode(ExitStatus.failed.rawValue) }
    let difference = PlanDifference(of: recorded, against: outcome.plan)
    try writeStandardOutput(format.render(difference, usesColor: Terminal.usesColor))
    if difference.entries.isEmpty, !outcome.gaps.isEmpty { throw ExitCode(ExitStatus.failed.rawValue) }
    throw ExitCode((difference.entries.isEmpty ? ExitStatus.clean : .findings).rawValue)
  }
}

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Show what changed between two plans, riskiest first.",
    discussion: "Exit status: 0 nothing changed, 1 something did, 2 could not do what was asked.")

  @Argument(help: ArgumentHelp("A plan, as `plan --format json` wrote it.", valueName: "OLD.json"))
  var old: String

  @Argument(help: ArgumentHelp("A later one.", valueName: "NEW.json"))
  var new: String

  @Option(
    help:
      "What goes to standard output.")
  var format = DifferenceFormat.text

  func run() throws {
    let difference = PlanDifference(from: try readPlan(old), to: try readPlan(new))
    try writeStandardOutput(format.render(difference, usesColor: Terminal.usesColor))
    throw ExitCode((difference.entries.isEmpty ? ExitStatus.clean : .findings).rawValue)
  }
}

/// Reads a plan file.
///
/// - Throws: `Failure.unreadable`, `Failure.badPlan`.
private func readPlan(_ path: String) throws(Failure) -> RecordedPlan {
  let file = FilePath(argument: path)
  let bytes =
    path == "-"
    ? try readStandardInput(refusingBeyond: InputBound.plan)
    : try readFile(file, refusingBeyond: InputBound.plan)
  let text = SourceText(bytes)
  do throws(RecordedPlan.Fault) {
    // A plan holds parameters a few levels deeper than a request file.
    return try RecordedPlan(text, limits: Limits(nesting: Limits.deepestNesting + 8))
  } catch {
    throw .badPlan(path: file.shown, reason: words(for: error, in: text))
  }
}

private func words(for fault: RecordedPlan.Fault, in text: SourceText) -> String {
  switch fault {
  case .encoding: return "it is not UTF-8"
  case .syntax(let issue):
    let position = LineIndex(text).position(of: issue.span.start)
    return
      "line \(position.line), column \(position.column): \(issue.message); the file is cut off or no JSON"
  case .notAPlan: return "it is JSON, but no plan"
  case .otherVersion(let version):
    return "it has the format \(quote(version)), this version of reqlint reads \(PlanSeal.format)"
  case .malformed(let pointer): return "\(pointer) is missing or of another type"
  case .repeatedID(let id): return "two of its requests have the id \(quote(id))"
  case .edited: return "it was edited after it was written: its seal does not fit"
  }
}
