import Linting
import Models
import Requests
import Rules
import Syntax
import Testing

/// A stream that is linted part by part says what the same text says as a whole.
@Suite struct StreamReportTests {
  private static let documents = [
    "service: es\noperation: StartElasticsearchServiceSoftwareUpdate\nparameters: {DomainName: logs}\n",
    "service: es\noperation: StartElasticsearchServiceSoftwareUpdate\nparameters: {DomainName: L}\n",
    "id: twice\nservice: es\noperation: StartElasticsearchServiceSoftwareUpdate\nparameters: {DomainName: logs}\n",
    "# nothing\n",
    "service: es\noperation: Nope\nparameters: {}\n",
    "a: ]\n",
    "service: es\noperation: CreatePackage\nparameters: {PackageName: ümlaut, PackageName: b}\n...\n# c\n",
    "- 1\n",
    "id: request.yaml#1\nservice: es\noperation: CreatePackage\nparameters:\n  PackageType: TXT # reqlint-ignore: unknown-value, missing-parameter -- x\n",
  ]

  @Test(arguments: 0..<40)
  func equalsTheWhole(_ seed: Int) throws {
    var random = SeededNumbers(seed: UInt64(seed))
    let chosen = (0..<12).map { _ in Self.documents.randomElement(using: &random) ?? "" }
    let text =
      "service: es\noperation: CreatePackage\nparameters: {}\n---\n" + chosen.joined(separator: "---\n")
    let whole = try lint([text], Limits())
    let size = Int.random(in: 20...400, using: &random)
    let parts = try lint(cut(text, every: size), Limits())
    #expect(parts == whole)
    #expect(!whole.isEmpty)
  }

  @Test func countsWhatIsOverTheLimit() throws {
    let text = Array(repeating: "---\n" + Self.documents[1], count: 30).joined()
    let all = try stream([text], Limits(), listsRequests: true).finish().findings.count
    for size in [100, 300, 1000] {
      let found = try stream(cut(text, every: size), Limits(findings: 5), listsRequests: true).finish()
        .findings
      #expect(found.count == 6)
      #expect(found.last?.message == "\(all - 5) more findings are not shown, the limit for a file is 5")
    }
  }

  @Test func countsWhatIsNotListed() throws {
    let text = Array(repeating: "---\n" + Self.documents[0], count: 30).joined()
    var report = try stream(cut(text, every: 300), Limits(), listsRequests: false)
    let file = report.finish()
    #expect(file.requests.isEmpty)
    #expect(file.requestCount == 30)
    report = try stream(cut(text, every: 300), Limits(), listsRequests: true)
    #expect(report.finish().requests.map(\.line) == (0..<30).map { 4 * $0 + 2 })
  }

  @Test func tellsOfWhatIsTooLarge() throws {
    var report = try stream(["a: 1\n"], Limits(fileBytes: 9), listsRequests: true)
    report.addOversized(lineCount: 7)
    report.addOversized(lineCount: 1)
    let said = report.finish().findings.suffix(2).map { "\($0.rule) \($0.start.line) \($0.message)" }
    #expect(
      said == [
        "document-limit 2 document is larger than 9 bytes",
        "document-limit 9 document is larger than 9 bytes",
      ])
  }

  /// Parts of at least so many bytes, cut where documents begin.
  private func cut(_ text: String, every size: Int) -> [String] {
    var rest = Array(text.utf8)
    var parts: [String] = []
    var room = size
    while room < rest.count {
      if let start = lastDocumentStart(in: Array(rest.prefix(room))) {
        parts.append(String(decoding: rest[..<start], as: UTF8.self))
        rest.removeFirst(start)
        room = size
      } else {
        room += size
      }
    }
    return parts + [String(decoding: rest, as: UTF8.self)]
  }

  private func lint(_ parts: [String], _ limits: Limits) throws -> [String] {
    var lines: [String] = []
    let file = try stream(parts, limits, listsRequests: true).finish()
    for request in file.requests { lines.append("\(request.line) \(request.id) \(request.verdict)") }
    for finding in file.findings + file.suppressed {
      lines.append(
        "\(finding.start.line):\(finding.start.column)-\(finding.end.line):\(finding.end.column) \(finding.rule) "
          + "\(finding.requestID ?? "-") \(finding.message) \(finding.suppression == nil)"
      )
    }
    return lines
  }

  private func stream(_ parts: [String], _ limits: Limits, listsRequests: Bool) throws -> StreamReport {
    var options = LintOptions(now: try #require(Instant(rfc3339: "2026-11-20T12:00:00Z")))
    options.limits = limits
    let linter = Linter(Workbench(.builtIn), rules: RuleBook.builtInFiles, options: options)
    var report = StreamReport(path: "request.yaml", limits: limits, listsRequests: listsRequests)
    for (index, part) in parts.enumerated() {
      let text = SourceText(part)
      var place = report.place
      place.isLast = index == parts.count - 1
      let file = RequestFile(
        path: "request.yaml", parts: [], text: text, notation: .yaml, isDiscovered: false, place: place)
      report.add(linter.lint(file), text: text)
    }
    return report
  }
}
