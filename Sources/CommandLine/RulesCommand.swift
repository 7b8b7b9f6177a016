internal import ArgumentParser
internal import Models
internal import Rules
internal import Syntax
internal import SystemPackage

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List rules, or test a rule pack.", subcommands: [List.self, Test.self])

  struct List: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, markdown }

    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the built-in rules and those of packs.")

    @Option(help: "text or markdown; rules/README.md is the latter.")
    var format = Format.text

    @Option(help: ArgumentHelp("A folder of rules beside the built-in ones; repeatable.", valueName: "DIR"))
    var rules: [String] = []

    @Option(
      help: ArgumentHelp("The configuration, in place of the nearest .reqlint.yaml.", valueName: "FILE"))
    var config: String?

    func run() throws {
      let known = OwnRules(packs: rules, configuration: config)
      for fault in known.faults { writeStandardError("reqlint: \(fault)") }
      let catalog = RuleCatalog(files: known.files)
      try writeStandardOutputText(format == .text ? catalog.text : catalog.markdown)
      if !known.faults.isEmpty { throw ExitCode(ExitStatus.failed.rawValue) }
    }
  }

  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test", abstract: "Check every rule of a folder and run its examples.",
      discussion:
        "Exit status: 0 all as written, 1 an example comes out otherwise, 2 a rule that cannot be loaded.")

    @Argument(help: ArgumentHelp("A folder of rules, or one file.", valueName: "DIR"))
    var folder: String

    func run() throws {
      let packs = loadPacks([folder], reserved: [])
      for fault in packs.faults { writeStandardError("reqlint: \(fault)") }
      let models = LoadedModels(.builtIn)
      var exampleCount = 0
      var faults: [RuleExampleFault] = []
      for file in packs.files where file.kind != .operation {
        guard let rule = RuleLoader.load(file).rule else { continue }
        exampleCount += rule.exampleCount
        faults += runExamples(of: rule, in: file, models: models)
      }
      var text = faults.map { "\($0.origin):\($0.position.line):\($0.position.column): \($0.message)\n" }
        .joined()
      text +=
        "\(packs.files.count { $0.kind != .operation }) rules, \(exampleCount) examples, \(faults.count) faults\n"
      try writeStandardOutputText(text)
      if !packs.faults.isEmpty { throw ExitCode(ExitStatus.failed.rawValue) }
      if !faults.isEmpty { throw ExitCode(ExitStatus.findings.rawValue) }
    }
  }
}
