public import ArgumentParser
internal import Glibc
internal import Linting
internal import Models
internal import Planning
public import Reports
internal import Rules
internal import Syntax
internal import SystemPackage
internal import Wire

extension PlanFormat: ExpressibleByArgument {}

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Show what every request would do; nothing is ever sent.",
    discussion: """
      Exit status: 0 every request may be sent or reviewed, 1 a request is blocked, 2 could not do what was asked. \
      With --detailed-exitcode: 0 nothing to do, 1 blocked or could not do what was asked, 2 a plan with requests.
      """)

  @OptionGroup var common: RunOptions

  @Option(
    help: "What goes to standard output: \(PlanFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format = PlanFormat.text

  @Option(help: ArgumentHelp("Also write a report to a file; repeatable.", valueName: "FORMAT=FILE"))
  var report: [String] = []

  @Option(
    help: ArgumentHelp(
      "Saved output of describe, get or list calls (JSON), by which preconditions are judged; repeatable.",
      valueName: "FILE|DIR"))
  var state: [String] = []

  @Option(help: ArgumentHelp("How old a snapshot may be without a warning.", valueName: "MINUTES"))
  var stateMaxAge = 60

  @Option(help: "The region of requests that declare none.")
  var region: String?

  @Option(help: "The account, twelve digits, of requests that declare none.")
  var account: String?

  @Flag(help: "Use the services' FIPS endpoints.")
  var useFipsEndpoint = false

  @Flag(help: "Use the services' dual-stack endpoints.")
  var useDualstackEndpoint = false

  @Option(help: ArgumentHelp("Send requests here instead of the services' own endpoints.", valueName: "URL"))
  var endpointUrl: String?

  @Flag(
    help: "Exit with 0 for nothing to do, 1 for an error or a blocked request, 2 for a plan with requests.")
  var detailedExitcode = false

  func validate() throws {
    if stateMaxAge < 0 { throw ValidationError("--state-max-age must not be negative") }
    if let account, account.utf8.count != 12 || !account.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
      throw ValidationError("--account must be twelve digits")
    }
  }

  func run() throws {
    do throws(Failure) {
      var targets: [ReportTarget<PlanFormat>] = []
      for text in report { targets.append(try ReportTarget(parsing: text)) }
      finish(try make(reports: targets), targets)
    } catch {
      guard detailedExitcode else { throw error }
      writeStandardError("reqlint: \(error.message)")
      throw ExitCode(PlanStatus.failed.code(isDetailed: true))
    }
  }

  /// Ends the process while the plan is still there: to take a large one apart first would only cost time.
  private func finish(_ made: MadePlan, _ targets: [ReportTarget<PlanFormat>]) -> Never {
    Glibc.exit(write(made, targets).code(isDetailed: detailedExitcode))
  }

  private func make(reports targets: [ReportTarget<PlanFormat>]) throws(Failure) -> MadePlan {
    let catalog = try common.models.catalog()
    let snapshots = loadSnapshots(state)
    var options = PlanOptions(
      lint: try common.lintOptions(catalog),
      endpoints: EndpointOptions(
        usesFIPS: useFipsEndpoint, usesDualStack: useDualstackEndpoint, endpointURL: endpointUrl),
      snapshots: snapshots.snapshots)
    options.lint.region = region
    options.lint.account = account
    options.snapshotAge = Int64(stateMaxAge) * 60_000
    let discovery = discoverFiles(common.places)
    try ReportTarget.check(targets, against: discovery.files + snapshots.files)
    var made = makePlan(of: discovery, catalog, common.settings, options, inputs: inputs(options))
    made.faults = snapshots.faults + made.faults
    return made
  }

  private func write(_ made: MadePlan, _ targets: [ReportTarget<PlanFormat>]) -> PlanStatus {
    for fault in made.faults { writeStandardError("reqlint: \(fault)") }
    let isWritten = ReportTarget.write(
      targets, standardOutput: { format.render(made.plan, usesColor: Terminal.usesColor) },
      render: { $0.render(made.plan) })
    if !made.faults.isEmpty || !isWritten { return .failed }
    if made.plan.count(.blocked) > 0 || made.plan.findings.contains(where: { $0.severity == .error }) {
      return .blocked
    }
    guard made.plan.requests.isEmpty else { return .planned }
    if detailedExitcode || common.skipUnbound { return .empty }
    writeStandardError("reqlint: \(noRequestFound(skipped: made.plan.skippedFiles))")
    return .failed
  }

  private func inputs(_ options: PlanOptions) -> PlanInputs {
    var inputs = PlanInputs(
      paths: common.places.sorted(), operation: options.lint.operation?.description, region: region,
      account: account)
    inputs.usesFIPS = useFipsEndpoint
    inputs.usesDualStack = useDualstackEndpoint
    inputs.endpointURL = endpointUrl
    return inputs
  }
}

/// A plan, and what kept it from holding all that was asked.
typealias MadePlan = (plan: Plan, faults: [String])

/// What came of planning.
private enum PlanStatus {
  case empty, planned, blocked, failed

  /// - Parameter isDetailed: whether an empty plan is to be told from one with requests.
  func code(isDetailed: Bool) -> Int32 {
    switch self {
    case .empty: 0
    case .planned: isDetailed ? 2 : ExitStatus.clean.rawValue
    case .blocked: ExitStatus.findings.rawValue
    case .failed: isDetailed ? 1 : ExitStatus.failed.rawValue
    }
  }
}

/// Plans files, and says what kept it from planning all of them.
///
/// - Shape: the plan depends on the files, rules and options alone, not on their order or the number of jobs.
func makePlan(
  of discovery: Discovery, _ catalog: Catalog, _ run: RunSettings, _ options: PlanOptions, inputs: PlanInputs
) -> MadePlan {
  let builtIn = RuleBook.builtInFiles
  let packs = loadPacks(run.rules, reserved: builtIn, catalog)
  let rules = builtIn + packs.files
  var faults = packs.faults + discovery.failures.map(\.message)
  let outcomes = FileRun(run, limits: options.lint.limits).map(discovery.files) {
    var planner = Planner(catalog: catalog, rules: rules, options: options)
    return { (read, _) -> Result<FilePlan?, Failure> in read.map { planner.plan($0) } }
  }
  var files: [FilePlan] = []
  var skipped = 0
  for outcome in outcomes {
    switch outcome {
    case .failure(let failure): faults.append(failure.message)
    case .success(let file?): files.append(file)
    case .success(nil): skipped += 1
    }
  }
  let plan = Plan(
    of: files, skippedFiles: skipped, options: options, catalogSource: catalog.source, inputs: inputs,
    rules: rules)
  let isModelAtFault = (plan.requests.flatMap(\.findings) + plan.findings).contains(where: \.isFaultOfModel)
  if isModelAtFault { faults.append("a model cannot be used; see the findings") }
  return (plan, faults)
}
