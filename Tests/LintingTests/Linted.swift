import Linting
import Models
import Requests
import Rules
import Syntax
import Testing
import Verdicts

/// A file and what must be found in it.
///
/// - Shape: `expected` holds one line for each finding, in order: `error too-short 2:13-2:15 /DomainName`.
struct LintCase: CustomTestStringConvertible, Sendable {
  let name: String
  let text: String
  var notation = Document.Notation.yaml
  /// As `--operation` would name it.
  var operation: String?
  let expected: [String]

  var testDescription: String { name }

  /// A bare request of one operation: the directive is line 1, the text begins in line 2.
  init(_ name: String, of operation: String, _ text: String, _ expected: [String] = []) {
    self.name = name
    self.text = "# reqlint: \(operation)\n\(text)\n"
    self.expected = expected
  }

  init(_ name: String, json text: String, of operation: String, _ expected: [String] = []) {
    self.name = name
    self.text = text
    self.notation = .json
    self.operation = operation
    self.expected = expected
  }

  /// A file that names its operations itself.
  init(_ name: String, file text: String, as notation: Document.Notation = .yaml, _ expected: [String] = []) {
    self.name = name
    self.text = text
    self.notation = notation
    self.expected = expected
  }
}

/// What linting a text gives.
struct Linted {
  let result: FileResult
  private let index: LineIndex

  init(
    _ source: SourceText, as notation: Document.Notation = .yaml, path: String = "request.yaml",
    operation: String? = nil, severity: Severity = .warning, limits: Limits = Limits(),
    isDiscovered: Bool = false,
    now: String = "2026-11-20T12:00:00Z", catalog: Catalog = .builtIn,
    rules: [RuleFile] = RuleBook.builtInFiles
  ) throws {
    var options = LintOptions(now: try #require(Instant(rfc3339: now)))
    options.operation = operation.flatMap { OperationID(parsing: $0) }
    options.minimumSeverity = severity
    options.limits = limits
    let linter = Linter(Workbench(catalog), rules: rules, options: options)
    result = linter.lint(
      RequestFile(
        path: path, parts: path == "-" ? [] : PathParts(of: path), text: source, notation: notation,
        isDiscovered: isDiscovered))
    index = LineIndex(source)
  }

  init(
    _ text: String, as notation: Document.Notation = .yaml, operation: String? = nil,
    severity: Severity = .warning
  )
    throws
  {
    try self.init(SourceText(text), as: notation, operation: operation, severity: severity)
  }

  init(_ test: LintCase, severity: Severity = .warning) throws {
    try self.init(SourceText(test.text), as: test.notation, operation: test.operation, severity: severity)
  }

  /// What every Proton request has after the service's end.
  static let background = ["deprecated-operation", "service-ended"]

  /// Findings as `LintCase` writes them.
  func lines(without ignored: [String] = []) -> [String] {
    result.findings.filter { !ignored.contains($0.rule) }.map { line($0) }
  }

  func lines(of severity: Severity) -> [String] {
    result.findings.filter { $0.severity == severity }.map { line($0) }
  }

  var messages: [String] { result.findings.map(\.message) }

  /// What is found of one rule: its message and hint.
  func words(of rule: String) -> [String] {
    result.findings.filter { $0.rule == rule }.map { finding in
      finding.hint.map { "\(finding.message) | \($0)" } ?? finding.message
    }
  }

  /// Where each request begins: `2:5`.
  var requestPlaces: [String] {
    result.requests.map { request in
      let start = index.position(of: request.span.start)
      return "\(start.line):\(start.column)"
    }
  }

  private func line(_ finding: Finding) -> String {
    let start = index.position(of: finding.span.start)
    let end = index.position(of: finding.span.end)
    let place = "\(start.line):\(start.column)-\(end.line):\(end.column)"
    let pointer = finding.pointer.tokens.isEmpty ? "" : " \(finding.pointer)"
    return "\(finding.severity) \(finding.rule) \(place)\(pointer)"
  }
}
