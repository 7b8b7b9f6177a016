internal import Linting
internal import Syntax
internal import Verdicts

extension LintFormat {
  package static let junit = LintFormat("junit", needs: .requests) { report, _, put in
    renderJUnit(report, isStrict: false, to: put)
  }
  package static let junitStrict = LintFormat("junit-strict", needs: .requests) { report, _, put in
    renderJUnit(report, isStrict: true, to: put)
  }
}

/// Renders findings as JUnit XML: a suite for each file, a test case for each finding and each clean request.
///
/// - Shape: never without a test case; names are unique within a suite; at most one failure for a case.
/// - Parameter isStrict: without `file` and `line` on test cases, which no schema knows.
/// - Source: Jenkins' junit-10 and junit-4 schemas and Windy Road's.
func renderJUnit(_ report: LintReport, isStrict: Bool, to put: TextSink) {
  let document = XMLWriter()
  document.element("testsuites") { $0.text("\n") }
  let around = document.finish()
  let end = around.count - "</testsuites>\n".utf8.count
  let time = CivilTime(utc: Instant(milliseconds: report.now.milliseconds / 1000 * 1000)).text
  put(Array(around[..<end]))
  Concurrency.foldShares(of: max(report.files.count, 1), into: ()) { share in
    let writer = XMLWriter(inside: "testsuites")
    for index in share where index < report.files.count {
      let file = report.files[index]
      writeSuite(
        file.path, index, TestCase.all(of: file), report, time: time, isStrict: isStrict, to: writer)
    }
    if report.files.isEmpty {
      writeSuite("reqlint", 0, [.nothing], report, time: time, isStrict: isStrict, to: writer)
    }
    return writer.finish()
  } add: { _, share in
    put(share)
  }
  put(Array(around[end...]))
}

private func writeSuite(
  _ name: String, _ index: Int, _ cases: [TestCase], _ report: LintReport, time: String, isStrict: Bool,
  to writer: borrowing XMLWriter
) {
  writer.element(
    "testsuite",
    [
      "name": name, "package": "reqlint", "id": String(index), "tests": String(cases.count),
      "failures": String(cases.count { $0.outcome.isFailure }),
      "errors": String(cases.count { $0.outcome.isError }),
      "skipped": String(cases.count { $0.outcome.isSkipped }), "time": "0", "hostname": "localhost",
      "timestamp": time,
    ]
  ) { writer in
    writer.element("properties") { writer in
      writer.element("property", ["name": "reqlint", "value": report.toolVersion])
      writer.element("property", ["name": "catalog", "value": report.catalogSource])
    }
    for testCase in cases { testCase.write(to: writer, isStrict: isStrict) }
    writer.element("system-out")
    writer.element("system-err")
  }
}

/// One test case of a suite.
private struct TestCase {
  enum Outcome {
    case passed
    case failed(type: String, message: String, text: String)
    /// The file could not be read or parsed.
    case error(type: String, message: String, text: String)
    case skipped(message: String)

    var isFailure: Bool { if case .failed = self { true } else { false } }
    var isError: Bool { if case .error = self { true } else { false } }
    var isSkipped: Bool { if case .skipped = self { true } else { false } }
  }

  var name: String
  let className: String
  let file: String
  let line: Int
  let outcome: Outcome

  /// Stands alone where there was no request file at all, so that a report is never empty.
  static let nothing = TestCase(
    name: "no request found", className: "reqlint", file: ".", line: 1,
    outcome: .skipped(message: "no request found"))

  /// The cases of a file, in its order.
  static func all(of file: ReportedFile) -> [TestCase] {
    if let reason = file.unreadable {
      let outcome = Outcome.error(type: unreadableFile, message: reason, text: "\(file.path): \(reason)")
      return [
        TestCase(name: unreadableFile, className: file.path, file: file.path, line: 1, outcome: outcome)
      ]
    }
    // Warnings that --min-severity leaves out do not fail a request.
    lazy var warned = Set(file.findings.lazy.compactMap(\.requestID))
    var cases = file.requests.filter { request in
      (request.verdict == .pass || request.verdict == .warn && !warned.contains(request.id))
        && !file.notEvaluated.contains { $0.requestID == request.id }
    }.map { request in
      let operation =
        switch (request.service, request.operation) {
        case (let service?, let operation?): "\(service).\(operation)"
        case (let service, let operation): service ?? operation ?? ""
        }
      return TestCase(
        name: "\(operation) \(request.id)", className: file.path, file: file.path, line: request.line,
        outcome: .passed)
    }
    cases += unlistedFailures(of: file)
    cases += file.findings.map { finding in
      TestCase(
        name: name(finding.rule, finding.pointer, line: finding.start.line), className: file.path,
        file: file.path,
        line: finding.start.line, outcome: outcome(of: finding))
    }
    cases += file.notEvaluated.map { item in
      TestCase(
        name: name(item.rule, item.pointer, line: item.start.line), className: file.path, file: file.path,
        line: item.start.line, outcome: .skipped(message: "not evaluated: \(item.reason)"))
    }
    cases += file.suppressed.map { finding in
      TestCase(
        name: name(finding.rule, finding.pointer, line: finding.start.line), className: file.path,
        file: file.path, line: finding.start.line, outcome: .skipped(message: suppressed(finding)))
    }
    if cases.isEmpty {
      cases.append(
        TestCase(name: file.path, className: file.path, file: file.path, line: 1, outcome: .passed))
    }
    return withUniqueNames(cases)
  }

  /// Requests that fail by findings beyond those that are listed.
  private static func unlistedFailures(of file: ReportedFile) -> [TestCase] {
    let failed = file.requests.filter { $0.verdict == .fail }
    guard !failed.isEmpty else { return [] }
    let listed = Set(file.findings.lazy.filter { $0.severity == .error }.compactMap(\.requestID))
    return failed.filter { !listed.contains($0.id) }.map { request in
      let message = "its findings are not shown, since the file has too many"
      return TestCase(
        name: "document-limit \(request.id)", className: file.path, file: file.path, line: request.line,
        outcome: .failed(
          type: "document-limit", message: message, text: "\(file.path):\(request.line): error: \(message)"))
    }
  }

  private static func name(_ rule: String, _ pointer: String, line: Int) -> String {
    pointer.isEmpty ? "\(rule) (line \(line))" : "\(rule) \(pointer) (line \(line))"
  }

  private static func suppressed(_ finding: LocatedFinding) -> String {
    let suppression = finding.suppression
    let until = suppression?.until.map { " (until \($0))" } ?? ""
    let said = suppression?.reason.map { ": \($0)\(until)" } ?? " \(suppression?.words ?? "")"
    return "suppressed\(said)\n\(finding.severity.rawValue): \(finding.message)"
  }

  private static func outcome(of finding: LocatedFinding) -> Outcome {
    let place = "\(finding.file):\(finding.start.line):\(finding.start.column)"
    let hint = finding.hint.map { "\nhint: \($0)" } ?? ""
    let text = "\(place): \(finding.severity.rawValue): \(finding.message) [\(finding.rule)]\(hint)"
    return BuiltInCheck.traits(of: finding.rule).contains(.fileFault)
      ? .error(type: finding.rule, message: finding.message, text: text)
      : .failed(type: finding.rule, message: finding.message, text: text)
  }

  /// Names of at most 500 scalar values, which is what Azure Pipelines shows, each once.
  private static func withUniqueNames(_ cases: [TestCase]) -> [TestCase] {
    var taken: Set<String> = []
    // A single case has no name to fall in with, and seldom one that is too long.
    if cases.count == 1, cases[0].name.utf8.count <= 490 { return cases }
    return cases.map { testCase in
      var renamed = testCase
      if renamed.name.unicodeScalars.count > 490 {
        renamed.name = String(String.UnicodeScalarView(renamed.name.unicodeScalars.prefix(489))) + "…"
      }
      let name = renamed.name
      var number = 1
      while !taken.insert(renamed.name).inserted {
        number += 1
        renamed.name = "\(name) #\(number)"
      }
      return renamed
    }
  }

  func write(to writer: borrowing XMLWriter, isStrict: Bool) {
    writer.element("testcase", ["name": name, "classname": className, "time": "0"]) { writer in
      if !isStrict {
        writer.attribute("file", file)
        writer.attribute("line", String(line))
      }
      switch outcome {
      case .passed: return
      case .failed(let type, let message, let text):
        writer.element("failure", ["message": message, "type": type]) { $0.text(text) }
      case .error(let type, let message, let text):
        writer.element("error", ["message": message, "type": type]) { $0.text(text) }
      // Not an attribute: junit-4 gives `skipped` none.
      case .skipped(let message): writer.element("skipped") { $0.text(message) }
      }
    }
  }
}
