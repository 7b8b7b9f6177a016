internal import ArgumentParser
internal import Linting
internal import Models
internal import Rules
internal import Syntax
internal import Verdicts

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Tell what a rule, a service, an operation or a member is about.")

  @Argument(
    help: ArgumentHelp(
      "A rule's id, SERVICE, SERVICE.OPERATION or SERVICE.OPERATION.MEMBER; lists and maps are walked through.",
      valueName: "RULE|SERVICE.OPERATION.MEMBER"),
    completion: .topics)
  var topic: String

  @Option(help: ArgumentHelp("A folder of rules beside the built-in ones; repeatable.", valueName: "DIR"))
  var rules: [String] = []

  @Option(
    help: ArgumentHelp("The configuration, in place of the nearest .reqlint.yaml.", valueName: "FILE"))
  var config: String?

  @OptionGroup var models: ModelsOptions

  func run() throws {
    let catalog = try models.catalog()
    let known = OwnRules(packs: rules, configuration: config, catalog)
    for fault in known.faults { writeStandardError("reqlint: \(fault)") }
    let text = try explanation(known.files, catalog)
    try writeStandardOutputText(text)
    if !known.faults.isEmpty { throw ExitCode(ExitStatus.failed.rawValue) }
  }

  private func explanation(_ files: [RuleFile], _ catalog: Catalog) throws(Failure) -> String {
    let loaded = LoadedModels(catalog)
    let service = loaded.serviceName(topic)
    if service == nil, topic.contains(".") || OperationID(command: topic) != nil {
      return try explainOperation(files, catalog)
    }
    if let check = BuiltInCheck.all.first(where: { $0.id == topic }) {
      return "\(check.id) (\(check.severity.rawValue))\n\(check.title)\n\n\(check.why)\n"
    }
    if let file = files.first(where: { $0.id == topic }),
      let description = RuleBook.descriptions(of: [file]).first
    {
      return Self.text(description)
    }
    if let service = service.flatMap({ loaded.service($0) }) {
      return ServiceText(service, width: Terminal.width).text
    }
    let known = files.map(\.id) + BuiltInCheck.all.map(\.id)
    if topic.contains(where: { ":/ ".contains($0) }), let near = loaded.nearOperationName(topic) {
      throw .unknownTopic(topic, suggestion: near)
    }
    throw .unknownTopic(topic, suggestion: suggestion(for: topic, among: known) ?? loaded.nearService(topic))
  }

  private func explainOperation(_ files: [RuleFile], _ catalog: Catalog) throws(Failure) -> String {
    let (name, member) = Self.split(topic)
    let loaded = LoadedModels(catalog)
    let operation = try findOperation(name, loaded)
    let text = OperationText(
      operation: operation, wireProtocol: loaded.service(operation.service)?.metadata.wireProtocol ?? "",
      width: Terminal.width)
    let applying = files.filter { file in
      RuleBook.descriptions(of: [file]).contains { $0.applies(to: operation) }
    }
    guard let member else { return text.operationText(RuleBook.descriptions(of: applying)) }
    do throws(Operation.PathFault) {
      let place = try operation.place(member)
      let mentioning = applying.filter { $0.mentions(place.member?.name ?? "") }
      return text.memberText(place, RuleBook.descriptions(of: mentioning))
    } catch {
      let owner = operation.id.description + (error.owner.isEmpty ? "" : "." + error.owner)
      let near = suggestion(for: error.name, among: error.known).map {
        "\(owner).\($0)"
      }
      throw .unknownMember(error.name, owner: owner, known: error.known, suggestion: near)
    }
  }

  /// The operation, and the text after its dot, of `s3.ListObjectsV2.Bucket`, or `aws s3api list-objects-v2.Bucket`.
  private static func split(_ topic: String) -> (operation: String, member: String?) {
    // The dots in front belong to the operation's name.
    let named = CommandLineNames.services.first { $0.contains(".") && topic.contains($0) }
    let dots = (named == nil ? 0 : 1) + (topic.hasPrefix("aws ") ? 0 : 1)
    let parts = topic.split(separator: ".", maxSplits: dots + 1, omittingEmptySubsequences: false)
    guard parts.count > dots + 1 else { return (topic, nil) }
    return (parts.dropLast().joined(separator: "."), String(parts[dots + 1]))
  }

  private static func text(_ rule: RuleDescription) -> String {
    var text = "\(rule.id) (\(rule.severity.rawValue))\n\(rule.title)\n\n\(rule.why)\n\n"
    if let hint = rule.hint { text += "hint: \(hint)\n" }
    text += "operations: \(rule.operations.map(\.description).joined(separator: ", "))\n"
    for source in rule.sources { text += "source: \(source)\n" }
    return text + "rule: \(rule.origin)\n"
  }
}

extension RuleFile {
  /// Whether a rule names a member anywhere before its examples.
  fileprivate func mentions(_ member: String) -> Bool {
    let bytes = bytes
    let end = bytes.firstIndex(of: Array("\nexamples:".utf8)) ?? bytes.count
    return !member.isEmpty && Array(bytes[..<end]).contains(word: Array(member.utf8))
  }
}
