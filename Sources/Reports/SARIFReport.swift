internal import Linting
internal import Syntax
internal import Verdicts

extension LintFormat {
  package static let sarif = LintFormat(
    "sarif", needs: [.rules, .keys],
    mark: .inside("\"driver\": {\n          \"name\": \"reqlint\"", bytes: 400)
  ) { report, _, put in put(renderSARIF(report)) }
}

/// Renders findings as SARIF 2.1.0, as far as GitHub's code scanning reads it.
///
/// - Shape: rules are those that occur; suppressed findings are results with their suppressions; what could not be read or
///   evaluated is a notification, for it is no finding; at most 25,000 results, the most severe.
/// - Units: columns in Unicode scalar values from 1, ends exclusive.
/// - Source: OASIS SARIF 2.1.0; GitHub, SARIF support for code scanning.
func renderSARIF(_ report: LintReport, limit: Int = SARIFLog.limit) -> [UInt8] {
  let log = SARIFLog(report, limit: limit)
  var writer = JSONWriter(.indented)
  writer.object { writer in
    writer.member("$schema", SARIFLog.schema)
    writer.member("version", "2.1.0")
    writer.key("runs")
    writer.array { writer in
      writer.object { writer in log.writeRun(to: &writer) }
    }
  }
  writer.endLine()
  return writer.bytes
}

/// What a run of SARIF has to hold.
struct SARIFLog {
  static let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
  /// As many as GitHub takes.
  static let limit = 25_000

  private let report: LintReport
  private let limit: Int
  /// Sorted by id.
  private let rules: [SARIFRule]
  private let ruleNumbers: [String: Int]
  private let selection: SARIFSelection

  init(_ report: LintReport, limit: Int) {
    self.report = report
    self.limit = limit
    var ids: Set<String> = []
    for finding in report.findings { ids.insert(finding.rule) }
    for finding in report.suppressed { ids.insert(finding.rule) }
    for item in report.files.lazy.flatMap(\.notEvaluated) { ids.insert(item.rule) }
    let known = Dictionary(report.rules.map { ($0.id, $0) }) { first, _ in first }
    rules = ids.sorted().map { SARIFRule(id: $0, description: known[$0]) }
    ruleNumbers = Dictionary(uniqueKeysWithValues: zip(rules.map(\.id), 0...))
    selection = SARIFSelection(report, limit: limit)
  }

  func writeRun(to writer: inout JSONWriter) {
    writer.key("tool")
    writer.object { writer in
      writer.key("driver")
      writer.object { writer in
        writer.member("name", "reqlint")
        writer.member("semanticVersion", report.toolVersion)
        writer.key("rules")
        writer.array { writer in
          for rule in rules { rule.write(to: &writer) }
        }
      }
    }
    writer.key("invocations")
    writer.array { writer in writer.object { writeInvocation(to: &$0) } }
    writer.member("columnKind", "unicodeCodePoints")
    // Line breaks as this program counts them, including a lone carriage return.
    writer.key("newlineSequences")
    writer.array { writer in for sequence in ["\r\n", "\n", "\r"] { writer.value(sequence) } }
    writer.key("results")
    writer.array { writeResults(to: &$0) }
    writer.key("properties")
    writer.object { $0.member("catalog", report.catalogSource) }
  }

  // MARK: Notifications

  private func writeInvocation(to writer: inout JSONWriter) {
    writer.member(
      "executionSuccessful", report.faults.isEmpty && !report.files.contains { $0.unreadable != nil })
    writer.key("toolExecutionNotifications")
    writer.array { writer in
      for fault in report.faults { notify("error", fault, to: &writer) }
      for file in report.files {
        if let reason = file.unreadable {
          notify("error", "cannot be read: \(reason)", to: &writer) { writer in
            SARIFPlace(path: file.path, start: nil, end: nil).writeLocations(to: &writer)
          }
        }
        for item in file.notEvaluated {
          notify("note", "not evaluated: \(item.reason)", to: &writer) { writer in
            SARIFPlace(path: file.path, start: item.start, end: item.end).writeLocations(to: &writer)
            writer.key("associatedRule")
            writer.object { writeRuleReference(item.rule, ("id", "index"), to: &$0) }
          }
        }
      }
      if selection.droppedCount > 0 {
        notify(
          "warning",
          "\(counted(selection.droppedCount, "more result")) left out, the limit is \(limit)",
          to: &writer)
      }
    }
  }

  private func notify(
    _ level: String, _ text: String, to writer: inout JSONWriter,
    _ rest: (inout JSONWriter) -> Void = { _ in }
  ) {
    writer.object { writer in
      writer.member("level", level)
      writeMessage(text, to: &writer)
      rest(&writer)
    }
  }

  // MARK: Results

  private func writeResults(to writer: inout JSONWriter) {
    var fingerprints = Fingerprints()
    var remaining = selection.kept
    // Where one result says whether it is suppressed, all have to.
    let tellsSuppressions = report.suppressedCount > 0
    for file in report.files {
      for finding in file.findings + file.suppressed {
        let key = finding.key
        let fingerprint = fingerprints.next(
          key.operation ?? "", key.rule, file.path, key.pointer, key.value ?? "")
        guard remaining[SARIFSelection.rank(of: finding)] > 0 else { continue }
        remaining[SARIFSelection.rank(of: finding)] -= 1
        writer.object { writer in
          write(finding, fingerprint, to: &writer)
          if tellsSuppressions { writeSuppressions(of: finding, to: &writer) }
        }
      }
    }
  }

  private func write(_ finding: LocatedFinding, _ fingerprint: String, to writer: inout JSONWriter) {
    writeRuleReference(finding.rule, ("ruleId", "ruleIndex"), to: &writer)
    writer.member("level", finding.severity.sarifLevel)
    writeMessage(finding.message + (finding.hint.map { "\nhint: \($0)" } ?? ""), to: &writer)
    SARIFPlace(path: finding.file, start: finding.start, end: finding.end).writeLocations(to: &writer)
    writer.key("partialFingerprints")
    writer.object { $0.member("primaryLocationLineHash", fingerprint) }
    if let fix = finding.fix, !fix.edits.isEmpty { write(fix, of: finding, to: &writer) }
    guard !finding.pointer.isEmpty || finding.requestID != nil else { return }
    writer.key("properties")
    writer.object { writer in
      writer.member("request", finding.requestID)
      writer.member("pointer", finding.pointer.isEmpty ? nil : finding.pointer)
    }
  }

  private func writeRuleReference(
    _ id: String, _ keys: (id: String, index: String), to writer: inout JSONWriter
  ) {
    writer.member(keys.id, id)
    if let number = ruleNumbers[id] { writer.member(keys.index, number) }
  }

  private func write(_ fix: LocatedFix, of finding: LocatedFinding, to writer: inout JSONWriter) {
    writer.key("fixes")
    writer.array { writer in
      writer.object { writer in
        writer.key("description")
        writer.object {
          $0.member(
            "text", fix.isSafe ? "repair \(finding.rule)" : "repair \(finding.rule); look at it first")
        }
        writer.key("artifactChanges")
        writer.array { writer in
          writer.object { writer in
            SARIFPlace.writeArtifact(finding.file, to: &writer)
            writer.key("replacements")
            writer.array { writer in
              for edit in fix.edits { writer.object { write(edit, to: &$0) } }
            }
          }
        }
      }
    }
  }

  private func write(_ edit: LocatedFix.Edit, to writer: inout JSONWriter) {
    SARIFPlace.writeRegion("deletedRegion", edit.start, edit.end, to: &writer)
    guard !edit.text.isEmpty else { return }
    writer.key("insertedContent")
    writer.object { $0.member("text", edit.text) }
  }

  private func writeSuppressions(of finding: LocatedFinding, to writer: inout JSONWriter) {
    writer.key("suppressions")
    writer.array { writer in
      guard let suppression = finding.suppression else { return }
      writer.object { writer in
        writer.member("kind", suppression.origin == .comment ? "inSource" : "external")
        // Without a status it is accepted; an earlier schema does not know the key.
        let until = suppression.until.map { "until \($0)" }
        let reason = suppression.reason.flatMap { $0.isEmpty ? nil : $0 }
        let parts = [reason, until].compactMap { $0 }
        writer.member("justification", parts.isEmpty ? nil : parts.joined(separator: ", "))
        writer.key("properties")
        writer.object { $0.member("by", suppression.origin.rawValue) }
      }
    }
  }
}
