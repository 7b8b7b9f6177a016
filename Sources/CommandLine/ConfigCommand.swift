internal import ArgumentParser
internal import Glibc
internal import Linting
internal import Models
internal import Requests
internal import Rules
internal import Syntax
internal import SystemPackage

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Tell what configuration applies to a file, or what one may say.",
    subcommands: [Print.self, Schema.self])

  struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "schema", abstract: "Write the JSON Schema of .reqlint.yaml to standard output.")

    func run() throws { try writeStandardOutput(configurationSchema()) }
  }

  struct Print: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    static let configuration = CommandConfiguration(
      commandName: "print", abstract: "Tell what applies to a file or folder, and where that is said.",
      discussion: "The path need not exist. Exit status: 0 all is told, 2 the configuration is faulty.")

    @Argument(help: ArgumentHelp("A file or folder.", valueName: "PATH"))
    var path: String

    @Option(
      help: ArgumentHelp(
        "A configuration in place of the nearest .reqlint.yaml.", valueName: "FILE"))
    var config: String?

    @Option(
      help: ArgumentHelp("A folder of rules beside the built-in ones; repeatable.", valueName: "DIR"))
    var rules: [String] = []

    @OptionGroup var models: ModelsOptions

    @Option(help: "text or json.")
    var format = Format.text

    func run() throws {
      let catalog = try models.catalog()
      let search = ConfigurationSearch(named: config)
      let file = FilePath(argument: path)
      var status = stat()
      let exists = file.withPlatformString { stat($0, &status) } == 0
      let isFolder = exists && status.st_mode & S_IFMT == S_IFDIR
      let absolute = search.absolute(file)
      let number = search.nearest(to: isFolder ? absolute : absolute.removingLastComponent())
      let exclusion = search.exclusion(of: absolute, isFolder: isFolder)
      let configuration = number.map { search.found[$0] }
      let outcome = try check(configuration, catalog)

      var print = ConfigurationPrint(
        path: file.shown, kind: isFolder ? "folder" : exists ? "file" : "nothing",
        configuration: configuration,
        exclusion: exclusion.map { (search.pattern(of: $0), search.place(of: $0)) })
      let relative = configuration?.relative(absolute)
      print.addBinding(
        relative, outcome.operations,
        path: isFolder ? nil : Self.operation(boundBy: absolute, catalog))
      print.addSettings()
      print.addSuppressions(relative, today: try Clock.instant(nil).day)
      if format == .json {
        try writeStandardOutput(print.json)
      } else {
        try writeStandardOutputText(print.text)
      }
    }

    /// Tells every fault of a configuration, and ends the run where there is one.
    private func check(
      _ configuration: Configuration?, _ catalog: Catalog
    ) throws -> ConfigurationCheck.Outcome {
      let packs = loadPacks(rules, reserved: RuleBook.builtInFiles, catalog)
      var faults = packs.faults
      var outcome = ConfigurationCheck.Outcome()
      if var configuration {
        var check = ConfigurationCheck(catalog, packs: packs.files)
        outcome = check.check(configuration)
        configuration.faults += outcome.faults
        faults += configuration.faultLines
      }
      for fault in faults { writeStandardError("reqlint: \(fault)") }
      if !faults.isEmpty { throw ExitCode(ExitStatus.failed.rawValue) }
      return outcome
    }

    private static func operation(boundBy path: FilePath, _ catalog: Catalog) -> OperationID? {
      guard case .document(let nothing) = readJSON(SourceText("{}"), limits: Limits()) else { return nil }
      let models = LoadedModels(catalog)
      let binding = Binder().bind(
        nothing, path: PathParts(of: path.shown), suggestsOperations: false, findsHints: false,
        models: models)
      return binding.requests.first?.operation
    }
  }
}
