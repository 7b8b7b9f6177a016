internal import Linting
internal import Models
internal import Planning
internal import Syntax
internal import Wire

/// A plan, why it may be incomplete, and notes on the run.
struct PlanOutcome {
  let plan: Plan
  var faults: [String]
  var notes: [String]
  let isConfigurationFaulty: Bool
  /// The parts that the plan was assembled from, kept alive because freeing them is slow.
  fileprivate let parts: [PlanPart]

  /// Everything that makes the plan incomplete, each said once.
  var gaps: [String] { plan.gaps + faults.filter { !plan.gaps.contains($0) } }
}

/// Plans files, and reports what it could not plan.
///
/// - Parameter faults: what is already known to be missing.
/// - Shape: the plan depends on the files, rules and options alone, not on their order or the number of jobs.
func makePlan(
  of discovery: Discovery, _ catalog: Catalog, _ overrides: RunSetup.Overrides,
  _ runOptions: FileRun.Options, _ options: PlanOptions, inputs: PlanInputs,
  faults known: [String] = []
) -> PlanOutcome {
  let setup = RunSetup(overrides, discovery, catalog)
  var faults = known + setup.faults + discovery.failures.map(\.message)
  let (found, use) = setup.prepare(discovery.files, today: options.lint.now.day)
  // Batch rules judge the requests of all files together, so the run has one set of them.
  let batch = setup.settings(for: discovery.ownConfiguration) ?? setup.plainSettings
  let outcomes = FileRun(runOptions, limits: setup.limits(for:)).map(found) {
    let (workbench, endpoints) = (Workbench(catalog), EndpointResolver(catalog))
    var planners = PerConfiguration<Planner>()
    return { (read, file) -> Result<PlanPart?, Failure> in
      read.map { text in
        planners.value(for: file) { setup.planner(for: file, batch, options, workbench, endpoints) }.plan(
          text)
      }
    }
  }
  var files: [PlanPart] = []
  var skipped = 0
  for outcome in outcomes {
    switch outcome {
    case .failure(let failure): faults.append(failure.message)
    case .success(let file?): files.append(file)
    case .success(nil): skipped += 1
    }
  }
  var options = options
  options.lint.levels = batch.options.levels
  let plan = Plan(
    of: files, skippedFiles: skipped + discovery.excludedCount, options: options,
    catalogSource: catalog.source, inputs: inputs, rules: batch.rules, gaps: faults)
  if files.contains(where: \.hasFaultOfModel) { faults.append("a model cannot be used; see the findings") }
  let review = ConfigurationReview(setup, discovery, use, today: options.lint.now.day)
  return PlanOutcome(
    plan: plan, faults: faults, notes: review.notes(ofSuppressions: true),
    isConfigurationFaulty: found.count < discovery.files.count, parts: files)
}

extension RunSetup {
  /// A planner for a file with a usable configuration, and for all other files of that configuration.
  fileprivate func planner(
    for found: FoundFile, _ batch: EffectiveSettings, _ options: PlanOptions, _ workbench: Workbench,
    _ endpoints: EndpointResolver
  ) -> Planner {
    guard let settings = settings(for: found.configuration) else {
      preconditionFailure("\(found.shown) has a faulty configuration")
    }
    var options = options
    options.lint = settings.options
    options.batch = PlanOptions.BatchRules(files: batch.rules, levels: batch.options.levels)
    return Planner(workbench, rules: settings.rules, options: options, endpoints: endpoints)
  }
}
