import Models
import Syntax
import Testing

@testable import Rules

/// The packs that are compiled in.
struct BuiltInRulesTests {
  private let files = RuleBook.builtInFiles.filter { $0.kind != .operation }

  @Test func idsAreUnique() {
    let ids = files.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids.count >= 47)
  }

  @Test func everyRuleNamesItsFile() {
    for file in files {
      #expect(file.isBuiltIn)
      #expect(
        ["common", "es", "opensearch", "proton"].map { "rules/\($0)/\(file.id).yaml" }.contains(file.origin))
      #expect(!file.bytes.isEmpty)
    }
  }

  /// A run reads rules without their examples; nothing else may go with them.
  @Test func examplesStandLastAndJudgingNeedsNoMore() throws {
    for file in files {
      let whole = try #require(RuleLoader.load(file).rule)
      let judged = try #require(
        RuleLoader.load(file, depth: .judging).rule, "\(file.origin)")
      #expect(file.judgedBytes.count < file.bytes.count)
      #expect(judged.description.severity == whole.description.severity)
      #expect(judged.description.operations == whole.description.operations)
      #expect(judged.description.sources == whole.description.sources)
      #expect(judged.message.pieces == whole.message.pieces)
      #expect(judged.hint?.pieces == whole.hint?.pieces)
      #expect(judged.place == whole.place)
      #expect(judged.when?.tables.keywords.count == whole.when?.tables.keywords.count)
    }
  }

  @Test func everyRuleLoadsAgainstTheCatalog() {
    let models: LoadedModels? = LoadedModels(.builtIn)
    for file in files {
      let loaded = RuleLoader.load(file, checkedAgainst: models)
      #expect(
        loaded.faults.map { "\($0.position.line):\($0.position.column) \($0.message)" } == [],
        "\(file.origin)")
    }
  }

  @Test func whatIsSaidOfOperationsLoadsAgainstTheCatalog() {
    let models: LoadedModels? = LoadedModels(.builtIn)
    let operations = RuleBook.builtInFiles.filter { $0.kind == .operation }
    #expect(!operations.isEmpty)
    for file in operations {
      let loaded = RuleLoader.loadFacts(file, checkedAgainst: models)
      #expect(
        loaded.faults.map { "\($0.position.line):\($0.position.column) \($0.message)" } == [],
        "\(file.origin)")
      #expect(loaded.facts?.operation.operation == file.id)
      #expect(
        loaded.facts.map { file.origin == "rules/\($0.operation.service)/operations/\(file.id).yaml" } == true
      )
    }
  }

  @Test func everyRuleExplainsItself() {
    let descriptions = RuleBook.descriptions(of: files)
    #expect(descriptions.count == files.count)
    for rule in descriptions {
      #expect(!rule.why.isEmpty && rule.why == rule.why.trimmingBlanks, "\(rule.id)")
      #expect(!rule.title.isEmpty && !rule.title.hasSuffix("."), "\(rule.id)")
      #expect(!rule.sources.isEmpty && rule.sources.allSatisfy { $0.hasPrefix("https://") }, "\(rule.id)")
      #expect(!rule.operations.isEmpty, "\(rule.id)")
      #expect(rule.origin.hasSuffix("/\(rule.id).yaml"), "\(rule.id)")
      #expect(rule.hint?.hasSuffix(".") != true, "\(rule.id)")
    }
  }

  @Test func everyExampleComesOutAsWritten() throws {
    let models = LoadedModels(.builtIn)
    var examples = 0
    for file in files {
      let rule = try #require(RuleLoader.load(file).rule)
      examples += rule.exampleCount
      #expect(rule.examples.contains { !$0.isGood }, "\(file.origin)")
      let faults = runExamples(of: rule, in: file, models: models)
      #expect(faults.map { "\($0.origin):\($0.position.line): \($0.message)" } == [])
    }
    #expect(examples >= 2 * files.count)
  }

  /// Judging reads less of a rule; what it finds must be the same.
  @Test func rulesForAnOperationAreThoseThatNameIt() throws {
    let book = RuleBook(files: files)
    let all = RuleBook.descriptions(of: files.filter { $0.kind == .request })
    for service in ["es", "opensearch", "proton"] {
      let named = all.flatMap(\.operations).filter { $0.service == service }.compactMap(\.operation)
      for name in Set(named + ["DeleteDomain", "DeleteService"]) {
        let id = OperationID(service: service, operation: name)
        let expected = all.filter { $0.operations.contains { $0.matches(id) } }.map(\.id)
        #expect(book.rules(for: id).map(\.id) == expected, "\(id)")
      }
    }
    #expect(book.rules(for: OperationID(service: "s3", operation: "PutObject")).map(\.id) == [])
  }

  @Test func holdsTheThreeRulesOfTheMission() {
    let ids = files.map(\.id)
    let named = [
      "desired-start-time-without-timestamp", "timestamp-without-desired-start-time",
      "versions-with-current-version",
    ]
    #expect(named.filter { !ids.contains($0) } == [])
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
