import Foundation
import Models
import Syntax
import TestSupport
import Testing

@testable import Rules

/// A rule that is compiled in.
func builtInRule(_ id: String) throws -> Rule {
  let file = try #require(
    RuleBook.builtInFiles.first { $0.id == id && $0.kind != .operation }, "no rule \(id)")
  return try #require(RuleLoader.load(file).rule)
}

/// A request as rules see it, its parameters written in YAML.
func subject(
  _ operation: String, _ parameters: String, region: String? = nil, account: String? = nil
) throws -> RuleSubject {
  let document = try document(parameters)
  let id = try #require(OperationID(parsing: operation))
  let models = LoadedModels(.builtIn)
  let found = try #require(try models.operation(id))
  let declared = [("region", region), ("account", account)].compactMap { name, text in
    text.map { (name: name, text: $0, span: ByteSpan(0, 0)) }
  }
  return RuleSubject(
    document: document, parameters: document.root, parametersKey: ByteSpan(0, 0), operation: found,
    declared: declared, file: "request.yaml")
}

/// A saved answer of a describe call.
func snapshot(_ text: String, file: String = "state.json") throws -> Snapshot {
  try Snapshot(file: file, text: SourceText(Array(text.utf8)), savedAt: nil, limits: Limits())
}

/// What a rule says of a request beside saved answers, as `STATE EVIDENCE`; `nil` where it does not apply.
func judged(
  _ rule: Rule, _ subject: RuleSubject, _ snapshots: [Snapshot], now: Instant = testNow
) throws -> String? {
  var run = SnapshotRun(
    subject, state: SavedState(snapshots), region: subject.declared("region"),
    account: subject.declared("account"),
    now: now, limits: Limits())
  let verdict = run.judge(rule)
  return verdict.map { "\($0.state) \($0.evidence)\($0.assumed.map { " [assumed \($0)]" } ?? "")" }
}

/// The answers that tests take for saved ones, as the AWS CLI prints them, one value on a line.
struct SavedAnswer {
  let name: String
  var text: String

  init(_ name: String) throws {
    self.name = name
    let url = Project.root.appending(path: "Tests/RulesTests/Snapshots/\(name)")
    text = try String(contentsOf: url, encoding: .utf8)
  }

  /// Gives the first field on a path of keys another value; without one, takes the field away.
  mutating func set(_ path: String, _ value: String?) throws {
    var start = text.startIndex
    for key in path.split(separator: "/") {
      start = try #require(text.range(of: "\"\(key)\": ", range: start..<text.endIndex), "\(path)").lowerBound
    }
    let end = try #require(text[start...].firstIndex(of: "\n"))
    let line = text[start..<end]
    let key = line.prefix { $0 != ":" }
    let comma = line.hasSuffix(",") ? "," : ""
    text.replaceSubrange(start..<end, with: value.map { "\(key): \($0)\(comma)" } ?? "\"unused\": 1\(comma)")
  }
}
