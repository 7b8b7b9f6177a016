internal import ArgumentParser
internal import Glibc
internal import Linting
internal import Models
internal import Planning
package import Reports
internal import Syntax
internal import SystemPackage
internal import Verdicts
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
    help: "What goes to standard output.")
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
    if let account, !isAccount(account) {
      throw ValidationError("--account must be twelve digits")
    }
    if let endpointUrl { try Self.checkEndpoint(endpointUrl) }
  }

  /// Refuses what may hold a secret, which plans would show.
  private static func checkEndpoint(_ url: String) throws {
    if url.contains(where: { $0 == "?" || $0 == "#" }) {
      throw ValidationError("--endpoint-url must hold neither a query nor a fragment")
    }
    let authority = url.firstRange(of: "://").map { url[$0.upperBound...].prefix { $0 != "/" } } ?? url[...]
    if authority.contains("@") { throw ValidationError("--endpoint-url must not name a user") }
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

  /// Ends the process without freeing the plan, which is slow for a large one.
  private func finish(_ outcome: PlanOutcome, _ targets: [ReportTarget<PlanFormat>]) -> Never {
    Glibc.exit(write(outcome, targets).code(isDetailed: detailedExitcode))
  }

  private func make(reports targets: [ReportTarget<PlanFormat>]) throws(Failure) -> PlanOutcome {
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
    let discovery = discoverFiles(
      common.places, configurations: ConfigurationSearch(named: common.config, seeksOwn: true),
      skipsUnbound: common.skipUnbound, jobs: common.workerCount)
    try ReportTarget.check(targets, against: discovery.inputs + snapshots.files)
    let overrides = RunSetup.Overrides(
      packs: common.rules, options: options.lint, minimumSeverity: .info, limits: common.limits.values)
    var outcome = makePlan(
      of: discovery, catalog, overrides, common.fileRunOptions(), options, inputs: inputs(options),
      faults: snapshots.faults)
    outcome.notes += discovery.notes
    return outcome
  }

  private func write(_ outcome: PlanOutcome, _ targets: [ReportTarget<PlanFormat>]) -> PlanStatus {
    for line in outcome.gaps + outcome.notes { writeStandardError("reqlint: \(line)") }
    let isWritten = ReportTarget.write(
      targets, standardOutput: { format.render(outcome.plan, usesColor: Terminal.usesColor, to: $0) },
      render: { $0.render(outcome.plan, to: $1) })
    if !outcome.faults.isEmpty || !isWritten { return .failed }
    // An incomplete plan must not pass for one that can be carried out.
    let isBlocked =
      !outcome.plan.gaps.isEmpty || outcome.plan.count(.blocked) > 0
      || outcome.plan.findings.contains { $0.severity == .error }
    if isBlocked { return .blocked }
    guard outcome.plan.requests.isEmpty else { return .planned }
    if detailedExitcode || common.skipUnbound { return .empty }
    writeStandardError("reqlint: \(noRequestFound(skipped: outcome.plan.skippedFiles))")
    return .failed
  }

  private func inputs(_ options: PlanOptions) -> PlanInputs {
    var inputs = PlanInputs(
      paths: common.places.sorted(), operation: options.lint.operation?.description, region: region,
      account: account)
    inputs.endpoints = options.endpoints
    inputs.configuration = common.config
    return inputs
  }
}

/// What came of planning.
private enum PlanStatus {
  case empty, planned, blocked, failed

  /// - Parameter isDetailed: whether an empty plan has another code than one with requests.
  func code(isDetailed: Bool) -> Int32 {
    switch self {
    case .empty: 0
    case .planned: isDetailed ? 2 : ExitStatus.clean.rawValue
    case .blocked: ExitStatus.findings.rawValue
    case .failed: isDetailed ? 1 : ExitStatus.failed.rawValue
    }
  }
}
