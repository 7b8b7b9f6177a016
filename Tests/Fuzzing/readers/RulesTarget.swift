import Fuzzing
import Models
import Schemas
import Syntax
import Verdicts

@testable import Rules

/// The loader of rule packs: what it takes without a fault can be judged by, whatever it says.
struct RulesTarget: FuzzTarget {
  private let models: LoadedModels? = LoadedModels(.builtIn)

  mutating func run(_ bytes: [UInt8]) {
    let file = RuleFile(id: "fuzzed", origin: "fuzzed.yaml", bytes: bytes)
    if file.kind == .operation {
      let loaded = RuleLoader.loadFacts(file, checkedAgainst: models)
      check(loaded.faults, loaded.facts != nil, of: bytes)
      if let facts = loaded.facts {
        let book = RuleBook(files: [file])
        require(book.facts(of: facts.operation) != nil, "facts of \(facts.operation) are not found")
      }
      return
    }
    let loaded = RuleLoader.load(file, checkedAgainst: models)
    check(loaded.faults, loaded.rule != nil, of: bytes)
    guard let rule = loaded.rule else { return }
    judge(by: rule, file)
  }

  private func check(_ faults: [RuleLoader.FileFault], _ isLoaded: Bool, of bytes: [UInt8]) {
    require(faults.isEmpty == isLoaded, "loaded \(isLoaded) with \(faults.map(\.message))")
    let lines = 1 + bytes.count { $0 == 0x0A || $0 == 0x0D }
    for fault in faults {
      require(!fault.message.isEmpty && fault.position.line <= lines, "\(fault.message) at \(fault.position)")
      require(!fault.message.utf8.contains { $0 < 0x20 }, "message \(fault.message.debugDescription)")
    }
  }

  private func judge(by rule: Rule, _ file: RuleFile) {
    guard let models else { return }
    _ = runExamples(of: rule, in: file, models: models)
    let book = RuleBook(files: [file])
    let settings = SchemaSettings(toolVersion: "0", catalogSource: "none", severity: .info)
    for pattern in rule.description.operations.prefix(3) {
      guard let service = pattern.service, let name = pattern.operation,
        let operation = try? models.operation(OperationID(service: service, operation: name))
      else { continue }
      _ = book.rules(for: operation.id)
      _ = book.snapshotRules(for: operation.id)
      _ = book.batchRules(for: operation.id)
      let sources = book.sources(for: operation, from: .info)
      let subject = SchemaSubject(operation: operation, rules: sources, hasOwnRules: true, regions: nil)
      _ = parsed(json: parameterSchema(of: subject, settings), "schema of \(operation.id)")
    }
  }
}
