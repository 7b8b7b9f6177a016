import Foundation
import Linting
import Models
import Requests
import Rules
import Syntax
import Testing
import Verdicts

/// A carrier that exists only here: one file, and one line where carriers are listed.
///
/// - Shape: `call` names the operation, `with` holds the parameters, or `text` does as JSON, or `words` as names and
///   values in turn. Values that begin with `$` are known at run time only; so may be further parameters where a key
///   does. Keys that begin with `_` belong to the step.
private struct Step: Carrier {
  var name: String { "step" }
  var frame: CarrierFrame { CarrierFrame(names: ["call", "region", "_by"]) }

  func claim(_ document: Document, _ outer: inout OuterNames) -> CarrierClaim {
    document.value(of: "call", in: document.resolve(document.root)) == nil ? .no : .surely
  }

  func read(_ document: Document, into collector: RequestCollector) {
    let root = document.resolve(document.root)
    let entries = ["with", "text", "words"].compactMap { document.entry(of: $0, in: root) }
    guard let entry = entries.first else { return }
    var request = CarriedRequest(
      parameters: document.root, parametersKey: document.sourceSpan(of: entry.key),
      span: document.sourceSpan(of: root))
    if let call = collector.text(
      .operation, document.entry(of: "call", in: root), key: "call", at: JSONPointer())
    {
      let parts = call.text.split(separator: ".").map { String($0) }
      request.service = Request.Declared(text: parts[0], span: call.span)
      request.operation = Request.Declared(
        text: parts[1], span: call.span, isDynamic: parts[1].hasPrefix("$"))
    }
    let region = document.entry(of: "region", in: root)
    request.region = collector.text(
      .region, region, at: JSONPointer(), isDynamic: region.map { isDynamic($0.value, in: document) } ?? false
    )
    takeParameters(entry, &request, collector)
    collector.add(request)
  }

  private func takeParameters(
    _ entry: Document.Entry, _ request: inout CarriedRequest, _ collector: RequestCollector
  ) {
    let document = collector.document
    switch document.string(of: entry.key) {
    case "text":
      guard case .document(let embedded) = document.embeddedYAML(at: entry.value, limits: collector.limits)
      else { preconditionFailure("text is no JSON") }
      take(embedded, from: entry.value, &request)
    case "words":
      var builder = DocumentBuilder(source: document.source, limits: collector.limits)
      builder.beginMapping(at: document.sourceSpan(of: entry.value))
      for word in document.items(of: entry.value) { builder.copy(word, of: document) }
      builder.end(at: document.sourceSpan(of: entry.value).end)
      take(builder.finish(notation: .json), from: entry.value, &request)
    default:
      let marks = marks(in: document, below: entry.value)
      collector.mark(hidden: marks.hidden, dynamic: marks.dynamic)
      request.parameters = entry.value
    }
  }

  private func take(_ own: Document, from source: NodeID, _ request: inout CarriedRequest) {
    let marks = marks(in: own, below: own.root)
    request.document = own.marking(hidden: marks.hidden, dynamic: marks.dynamic)
    request.documentSource = source
    request.parameters = own.root
  }

  private func isDynamic(_ id: NodeID, in document: Document) -> Bool {
    document[id].kind == .scalar && document.string(of: id).hasPrefix("$")
  }

  private func marks(in document: Document, below root: NodeID) -> (hidden: [NodeID], dynamic: [NodeID]) {
    var found: (hidden: [NodeID], dynamic: [NodeID]) = ([], [])
    func walk(_ id: NodeID) {
      if isDynamic(id, in: document) { found.dynamic.append(id) }
      for item in document.items(of: id) { walk(item) }
      for entry in document.entries(of: id) {
        if document.string(of: entry.key).hasPrefix("_") { found.hidden.append(entry.key) }
        walk(entry.key)
        walk(entry.value)
      }
    }
    walk(document.resolve(root))
    return found
  }
}

/// What linting a step finds, with that carrier added to the list.
private func findings(_ text: String, severity: Severity = .warning) throws -> (lines: [String], FileResult) {
  var options = LintOptions(now: try #require(Instant(rfc3339: "2026-11-20T12:00:00Z")))
  options.minimumSeverity = severity
  options.carriers = [Step()] + Carriers.all
  let source = SourceText(text)
  let linter = Linter(Workbench(.builtIn), rules: RuleBook.builtInFiles, options: options)
  let result = linter.lint(
    RequestFile(path: "step.yaml", parts: [], text: source, notation: .yaml, isDiscovered: false))
  let index = LineIndex(source)
  let lines = result.findings.map { finding in
    let (start, end) = (index.position(of: finding.span.start), index.end(of: finding.span))
    return
      "\(finding.severity.rawValue) \(finding.rule) \(start.line):\(start.column)-\(end.line):\(end.column) "
      + finding.pointer.description
  }
  return (lines, result)
}

struct CarrierOfTestsTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    let expected: [String]
    var testDescription: String { name }

    init(_ name: String, _ operation: String, _ text: String, _ expected: [String] = []) {
      self.name = name
      self.text = "call: \(operation)\n\(text)\n"
      self.expected = expected
    }
  }

  static let update = "opensearch.StartServiceSoftwareUpdate"

  @Test(
    arguments: [
      Case(
        "known values are checked", update, "with: {DomainName: x}",
        ["error pattern-mismatch 2:20-2:21 /DomainName", "error too-short 2:20-2:21 /DomainName"]
      ),
      Case("an unknown value is no error", update, "with: {DomainName: $X}"),
      Case(
        "an unknown enumeration is no error, and what surrounds it is checked", update,
        "with: {DomainName: x, ScheduleAt: $WHEN}",
        ["error pattern-mismatch 2:20-2:21 /DomainName", "error too-short 2:20-2:21 /DomainName"]),
      Case(
        "an unknown number is no error", update,
        "with: {DomainName: logs, ScheduleAt: TIMESTAMP, DesiredStartTime: $T}"),
      Case(
        "a rule between members holds where the unknown one may satisfy it", update,
        "with: {DomainName: logs, ScheduleAt: $WHEN, DesiredStartTime: 1795300000000}"),
      Case(
        "a member that is given counts, whatever its value", update,
        "with: {DomainName: logs, ScheduleAt: NOW, DesiredStartTime: $T}",
        ["error desired-start-time-without-timestamp 2:61-2:63 /DesiredStartTime"]),
      Case(
        "what is missing is missing", update, "with: {ScheduleAt: $WHEN}",
        ["error missing-parameter 2:1-2:5 "]),
      Case("further parameters may bring what is missing", update, "with: {ScheduleAt: NOW, $MORE: ~}"),
      Case(
        "further parameters do not hide what is known", update,
        "with: {ScheduleAt: LATER, Domain: x, $MORE: ~}",
        [
          "error unknown-value 2:20-2:25 /ScheduleAt", "error unknown-parameter 2:27-2:33 /Domain",
        ]),
      Case("hidden keys are no parameters", update, "with: {DomainName: logs, _note: {Domain: 1}}"),
      Case(
        "items beside unknown ones are checked", "sqs.DeleteMessageBatch",
        "with: {QueueUrl: $Q, Entries: [$E, {Id: a}]}",
        ["error missing-parameter 2:36-2:37 /Entries/1"]),
      Case(
        "text is read in its place", update, "text: '{\"DomainName\": \"x\", \"ScheduleAt\": \"$WHEN\"}'",
        ["error pattern-mismatch 2:23-2:26 /DomainName", "error too-short 2:23-2:26 /DomainName"]),
      Case(
        "text in a block scalar too", update,
        "text: |\n  {\"ScheduleAt\": \"NOW\",\n   \"DomainName\": \"x\"}",
        ["error pattern-mismatch 4:18-4:21 /DomainName", "error too-short 4:18-4:21 /DomainName"]),
      Case(
        "a document may be built from parts", update, "words: [ScheduleAt, $WHEN, DomainName, x]",
        ["error pattern-mismatch 2:40-2:41 /DomainName", "error too-short 2:40-2:41 /DomainName"]),
      Case(
        "a key given twice is found beside marks", update,
        "with: {DomainName: logs, DomainName: $X, _a: 1}", ["error duplicate-key 2:26-2:36 /DomainName"]),
      Case(
        "and in a document of its own", update,
        "text: '{\"DomainName\": \"logs\", \"DomainName\": \"$X\"}'",
        ["error duplicate-key 2:31-2:43 /DomainName"]),
      Case("an unknown region is no error", update, "region: $HERE\nwith: {DomainName: logs}"),
      Case(
        "a wrong region is one", update, "region: nowhere-1\nwith: {DomainName: logs}",
        ["warning unknown-region 2:9-2:18 /region"]),
    ])
  func finds(_ test: Case) throws {
    let lines = try findings(test.text).lines
    #expect(lines == test.expected, "\(lines)")
  }

  @Test func isNamedInTheResult() throws {
    let result = try findings("call: sqs.ListQueues\nwith: {}").1
    #expect(result.requests.map(\.carrier) == ["step"])
    #expect(result.requests.map(\.verdict) == [.pass])
  }

  @Test func anUnknownOperationIsNotEvaluated() throws {
    let (lines, result) = try findings("call: es.$NAME\nwith: {Domain: x}")
    #expect(lines.isEmpty && result.requests.isEmpty)
    #expect(result.notEvaluated.map(\.rule) == ["unbound-request"])
    #expect(
      result.notEvaluated.map(\.reason)
        == ["\"$NAME\" is known only at run time, so the operation is unknown"])
  }

  struct Mask: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String
    /// Parts of the text that must not be shown, and parts that may be.
    let masked: [String]
    let shown: [String]

    init(_ name: String, _ text: String, masked: [String], shown: [String]) {
      testDescription = name
      self.text = text
      self.masked = masked
      self.shown = shown
    }
  }

  private static let password =
    "\"AdvancedSecurityOptions\": {\"MasterUserOptions\": {\"MasterUserPassword\": \"hunter2hunter2\", \"Names\": 1}}"

  /// Each text has a finding, without which nothing is masked.
  @Test(arguments: [
    Mask(
      "marked parameters show what is not sensitive",
      "call: es.CreateElasticsearchDomain\nwith: {\"DomainName\": logs-of-all, \"_x\": [secret-list], \"_by\": somebody, \"A\": $B, \(password)}\n",
      masked: ["hunter2hunter2", "secret-list"], shown: ["logs-of-all", "somebody"]),
    Mask(
      "a document of its own too",
      "call: es.CreateElasticsearchDomain\ntext: '{\"DomainName\": \"logs-of-all\", \"_x\": \"secret-text\", \(password)}'\nother: aside\n",
      masked: ["hunter2hunter2", "secret-text", "aside"], shown: ["logs-of-all"]),
    Mask(
      "words too",
      "call: es.CreateElasticsearchDomain\nwords: [DomainName, logs-of-all, Domain, x, AdvancedSecurityOptions, {MasterUserOptions: {MasterUserPassword: hunter2hunter2}}]\n",
      masked: ["hunter2hunter2"], shown: ["logs-of-all"]),
  ])
  func masks(_ test: Mask) throws {
    let (lines, result) = try findings(test.text)
    #expect(!lines.isEmpty)
    func isMasked(_ part: String) throws -> Bool {
      let start = try #require(test.text.range(of: part)).lowerBound.utf16Offset(in: test.text)
      return result.sensitiveSpans.contains { $0.range.contains(start) }
    }
    for part in test.masked { #expect(try isMasked(part), "\(part)") }
    for part in test.shown { #expect(try !isMasked(part), "\(part)") }
  }
}
