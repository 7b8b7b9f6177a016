internal import ArgumentParser
internal import Linting
internal import Models
internal import Rules

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Tell what a rule is about.")

  @Argument(help: ArgumentHelp("The id that findings show in brackets.", valueName: "RULE"))
  var rule: String

  @Option(help: ArgumentHelp("A folder of rules beside the built-in ones; repeatable.", valueName: "DIR"))
  var rules: [String] = []

  func run() throws {
    let packs = loadPacks(rules, reserved: RuleBook.builtInFiles)
    for fault in packs.faults { writeStandardError("reqlint: \(fault)") }
    let files = RuleBook.builtInFiles + packs.files
    if let check = BuiltInCheck.all.first(where: { $0.id == rule }) {
      try writeStandardOutput(
        Array("\(check.id) (\(check.severity.rawValue))\n\(check.title)\n\n\(check.why)\n".utf8))
    } else if let file = files.first(where: { $0.id == rule }),
      let description = RuleBook.descriptions(of: [file]).first
    {
      try writeStandardOutput(Array(Self.text(description).utf8))
    } else {
      let known = files.map(\.id) + BuiltInCheck.all.map(\.id)
      throw Failure.unknownRule(rule, suggestion: suggestion(for: rule, among: known))
    }
  }

  private static func text(_ rule: RuleDescription) -> String {
    var text = "\(rule.id) (\(rule.severity.rawValue))\n\(rule.title)\n\n\(rule.why)\n\n"
    if let hint = rule.hint { text += "hint: \(hint)\n" }
    text += "operations: \(rule.operations.map(\.description).joined(separator: ", "))\n"
    for source in rule.sources { text += "source: \(source)\n" }
    return text + "rule: \(rule.origin)\n"
  }
}
