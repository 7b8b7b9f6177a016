internal import ArgumentParser
internal import CatalogDifference
internal import Linting
internal import Models
internal import Planning
package import Reports
internal import Syntax
internal import SystemPackage
internal import Verdicts
internal import Wire

extension CatalogDifferenceFormat: ExpressibleByArgument {}

extension CatalogCommand {
  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff", abstract: "Tell what differs between the built-in catalog and a folder of models.",
      discussion: """
        The built-in catalog is the old side, DIR the new one. A change can break requests where one that was right \
        before can be wrong after it; these are told first. A folder without endpoints.json or partitions.json stands \
        for the services that it has, and only these are compared.

        With --against the requests are checked with both, and the text tells only what touches their operations; \
        with --service, requests of other services do not count.

        Exit status: 0 no difference, 1 a difference; with --against: 0 every request comes out as before, 1 verdict \
        or findings of a request differ. 2 could not do all that was asked: a folder without models, a model that \
        cannot be used (it is named, the others are compared), request files that cannot be read or hold no request.
        """)

    @Argument(
      help: ArgumentHelp("A data folder of botocore, or one of some services like it.", valueName: "DIR"))
    var folder: String

    @Option(
      help: ArgumentHelp(
        "Compare only this service; repeatable.", valueName: "SERVICE"),
      completion: .services)
    var service: [String] = []

    @Option(
      parsing: .upToNextOption,
      help: ArgumentHelp(
        "Request files and folders to check with both catalogs; - reads standard input.", valueName: "PATH"))
    var against: [String] = []

    @Option(help: "text or json.")
    var format = CatalogDifferenceFormat.text

    @Option(
      help: ArgumentHelp(
        "The time to check requests against, RFC 3339. Default: the clock.", valueName: "TIME"))
    var now: String?

    @Option(
      help: ArgumentHelp(
        "A folder of rules beside the built-in ones, for requests; repeatable.", valueName: "DIR"))
    var rules: [String] = []

    func run() throws {
      let instant = try Clock.instant(now)
      let data = try openModels(folder)
      let services = try services(in: data.imports)
      let difference = CatalogDifference(
        from: .builtIn, to: data.imports, source: data.source, services: services,
        workers: Concurrency.processorCount)
      var problems = difference.faults.map {
        Failure.badCatalogInput(path: $0.path, reason: $0.problem).message
      }
      var requests: LintDifference?
      if !against.isEmpty {
        let checked = check(with: Catalog(data.imports, source: data.source), instant)
        requests = LintDifference(from: checked.old, to: checked.new, services: requestServices)
        problems += checked.problems
      }
      for problem in problems { writeStandardError("reqlint: \(problem)") }
      let report = CatalogDifferenceReport(difference: difference, requests: requests)
      try writeStandardOutput(format.render(report, usesColor: Terminal.usesColor))
      guard problems.isEmpty else { throw ExitCode(ExitStatus.failed.rawValue) }
      let isSame = requests.map(\.entries.isEmpty) ?? difference.changes.isEmpty
      throw ExitCode((isSame ? ExitStatus.clean : .findings).rawValue)
    }

    /// The services asked for, sorted; `nil` for all.
    private func services(in imports: CatalogImport) throws(Failure) -> [String]? {
      for name in service {
        if imports.hasService(name) || (imports.isWhole && Catalog.builtIn.hasService(name)) { continue }
        if Catalog.builtIn.hasService(name) {
          throw .badCatalogInput(
            path: FilePath(argument: folder).shown, reason: "has no model of \(quote(name))")
        }
        let near = suggestion(for: name, among: imports.serviceNames)
        let models = LoadedModels(.builtIn)
        throw .unknownService(name, suggestion: near ?? models.nearService(name))
      }
      return service.isEmpty ? nil : Set(service).sorted()
    }

    // MARK: Requests

    /// The services whose requests count, by the names that requests may give them; `nil` for all.
    private var requestServices: [String]? {
      service.isEmpty ? nil : service.flatMap { [$0, String($0.prefix { $0 != "@" })] }
    }

    private struct Checked {
      let old: LintReport
      let new: LintReport
      /// What kept the run from doing all that was asked.
      let problems: [String]
    }

    /// Lints the request files with both catalogs, each file read once, as their configurations say.
    private func check(with newer: Catalog, _ instant: Instant) -> Checked {
      let options = LintOptions(now: instant)
      let discovery = discoverFiles(against, configurations: ConfigurationSearch())
      for note in discovery.notes { writeStandardError("reqlint: \(note)") }
      let overrides = RunSetup.Overrides(
        packs: rules, options: options, minimumSeverity: options.minimumSeverity)
      let (oldSetup, newSetup) = (
        RunSetup(overrides, discovery, .builtIn), RunSetup(overrides, discovery, newer)
      )
      var problems = oldSetup.faults
      problems += newSetup.faults.filter { !oldSetup.faults.contains($0) }
      let found = newSetup.prepare(
        oldSetup.prepare(discovery.files, today: instant.day).files, today: instant.day
      ).files
      let files = FileRun(FileRun.Options(), limits: oldSetup.limits(for:)).map(found) {
        let (oldBench, newBench) = (Workbench(.builtIn), Workbench(newer))
        let (oldJudge, newJudge) = (
          endpointJudge(EndpointResolver(.builtIn)), endpointJudge(EndpointResolver(newer))
        )
        var old = PerConfiguration<Linter>()
        var new = PerConfiguration<Linter>()
        return { (read, found) -> (ReportedFile?, ReportedFile?) in
          let oldLinter = old.value(for: found) { oldSetup.linter(for: found, oldBench, oldJudge) }
          let newLinter = new.value(for: found) { newSetup.linter(for: found, newBench, newJudge) }
          return (
            LintOutcome(read, found, lintedBy: oldLinter).file,
            LintOutcome(read, found, lintedBy: newLinter).file
          )
        }
      }
      func report(_ catalog: Catalog, _ files: [ReportedFile?]) -> LintReport {
        LintReport(
          toolVersion: Reqlint.version, catalogSource: catalog.source, now: instant,
          files: files.compactMap { $0 } + discovery.failures.compactMap { ReportedFile($0) },
          skippedFiles: files.count { $0 == nil } + discovery.excludedCount)
      }
      let (old, new) = (report(.builtIn, files.map(\.0)), report(newer, files.map(\.1)))
      problems += unreadableFiles(of: old)
      if problems.isEmpty, old.holdsNothing, new.holdsNothing {
        problems.append(noRequestFound(skipped: old.skippedFiles))
      }
      let services = requestServices
      func isCompared(_ service: String?) -> Bool { service.flatMap { services?.contains($0) } ?? true }
      problems += (Array(old.findings) + Array(new.findings))
        .filter { $0.isFaultOfModel && (isCompared($0.service)) }
        .map { "\($0.file):\($0.start.line): \($0.message)" }
      return Checked(old: old, new: new, problems: problems)
    }
  }
}
