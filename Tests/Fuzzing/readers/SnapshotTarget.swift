import Fuzzing
import Models
import Rules
import Syntax

/// The reader of saved answers: whatever it takes, the conditions of every operation can be held against it.
struct SnapshotTarget: FuzzTarget {
  private static let requests = [
    ("opensearch.StartServiceSoftwareUpdate", #"{"DomainName": "logs-prod", "ScheduleAt": "NOW"}"#),
    ("es.StartElasticsearchServiceSoftwareUpdate", #"{"DomainName": "logs-prod"}"#),
    ("opensearch.CreatePackage", #"{"PackageName": "querqy", "PackageType": "ZIP-PLUGIN"}"#),
    ("es.CreatePackage", #"{"PackageName": "synonyms-de", "PackageType": "TXT-DICTIONARY"}"#),
    (
      "proton.UpdateServiceInstance",
      #"{"name": "orders-prod", "serviceName": "orders", "deploymentType": "MINOR_VERSION"}"#
    ),
    ("proton.UpdateServicePipeline", #"{"serviceName": "orders", "deploymentType": "CURRENT_VERSION"}"#),
  ]

  private struct Prepared {
    let subject: RuleSubject
    let conditions: [Rule]
    let facts: OperationFacts?
    let batch: [PlacedRule]
  }

  private let prepared: [Prepared]

  init() {
    let models = LoadedModels(.builtIn)
    let book = RuleBook(files: RuleBook.builtInFiles)
    prepared = Self.requests.map { name, text in
      let document = parsed(json: Array(text.utf8), "request")
      guard let id = OperationID(parsing: name), let operation = try? models.operation(id) else {
        fatalError("no operation \(name)")
      }
      let subject = RuleSubject(
        document: document, parameters: document.root, parametersKey: ByteSpan(0, 0), operation: operation,
        declared: [("region", "eu-west-1", ByteSpan(0, 0))], file: "a.yaml")
      return Prepared(
        subject: subject, conditions: book.snapshotRules(for: id), facts: book.facts(of: id),
        batch: book.batchRules(for: id))
    }
  }

  mutating func run(_ bytes: [UInt8]) {
    let text = SourceText(bytes)
    let snapshot: Snapshot
    do throws(SnapshotFault) {
      snapshot = try Snapshot(
        file: "state/eu-west-1/logs-prod.json", text: text, savedAt: today, limits: Limits())
    } catch {
      if case .syntax(let issue) = error { issue.check(in: text) }
      return
    }
    for item in prepared { judge(item, beside: snapshot) }
  }

  private func judge(_ item: Prepared, beside snapshot: Snapshot) {
    var run = SnapshotRun(
      item.subject, state: SavedState([snapshot]), region: "eu-west-1", account: nil, now: today,
      limits: Limits())
    for rule in item.conditions {
      guard let verdict = run.judge(rule) else { continue }
      require(!verdict.evidence.isEmpty, "no evidence for \(rule.id)")
    }
    for placed in item.batch { require(run.existing(placed.rule) >= 0, "fewer than none") }
    _ = BatchRun.entries(of: &run, rules: item.batch)
    _ = item.facts?.outlook(of: &run)
  }
}
