import CLibXML2
import Foundation
@testable import Linting
import Syntax
import TestSupport
import Testing

@testable import Reports

@Suite struct ReportTests {
  private static let golden = Project.root.appending(path: "Tests/ReportsTests/Golden")
  private static let isRewriting = ProcessInfo.processInfo.environment["REQLINT_REWRITE_GOLDENS"] != nil

  /// What is rendered of the shared findings, by the name of its golden file.
  private static func rendering(_ name: String) throws -> [UInt8] {
    switch name {
    case "step-summary": renderGitHubSummary(Shared.report)
    case "statistics": renderStatistics(Shared.report)
    default: try #require(LintFormat(rawValue: name)).render(Shared.report)
    }
  }

  @Test(arguments: LintFormat.allCases.map(\.rawValue) + ["step-summary", "statistics"])
  func everyFormatRendersTheSharedFindings(_ name: String) throws {
    let actual = String(decoding: try Self.rendering(name), as: UTF8.self)
    let file = Self.golden.appending(path: "shared.\(name)")
    if Self.isRewriting {
      try FileManager.default.createDirectory(at: Self.golden, withIntermediateDirectories: true)
      try actual.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("rewritten: \(file.lastPathComponent)")
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == actual)
  }

  @Test(arguments: LintFormat.allCases)
  func nothingFoundIsAReportToo(_ format: LintFormat) throws {
    let empty = LintReport(
      toolVersion: "0", catalogSource: "c", now: Instant(milliseconds: 0), files: [], skippedFiles: 0)
    let text = String(decoding: format.render(empty), as: UTF8.self)
    switch format {
    case .text: #expect(text == "0 requests in 0 files: 0 errors, 0 warnings\n")
    case .github: #expect(text == "reqlint: 0 requests in 0 files: 0 errors, 0 warnings\n")
    case .gitlab: #expect(text == "[]\n")
    case .rdjsonl: #expect(text.isEmpty)
    case .json: #expect(text.contains("\"findings\": []") && !text.contains("unreadable"))
    case .junit, .junitStrict: #expect(text.contains("<testcase name=\"no request found\""))
    case .sarif: #expect(text.contains("\"results\": []") && text.contains("\"executionSuccessful\": true"))
    default: Issue.record("nothing says what \(format.name) shows of an empty report")
    }
  }

  @Test(arguments: LintFormat.allCases)
  func knowsItsOwnReports(_ format: LintFormat) {
    let own = format.render(Shared.report)
    let writers = LintFormat.allCases.filter { $0.hasWritten(own) }
    let jsonFormats: [LintFormat] = [.json, .sarif, .gitlab, .rdjsonl]
    #expect(writers == (jsonFormats.contains(format) ? [format] : []))
  }

  /// A format that is declared and not listed could not be asked for.
  @Test func everyDeclaredFormatIsListed() throws {
    let reports = Project.root.appendingPathComponent("Sources/Reports")
    var declared: [String: Set<String>] = [:]
    for case let file as URL in try #require(
      FileManager.default.enumerator(at: reports, includingPropertiesForKeys: nil))
    where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: #/static let \w+ = (\w+Format)\(\s*"([a-z-]+)"/#) {
        declared[String(match.1), default: []].insert(String(match.2))
      }
    }
    #expect(
      declared == [
        "LintFormat": Set(LintFormat.allCases.map(\.name)),
        "PlanFormat": Set(PlanFormat.allCases.map(\.name)),
        "DifferenceFormat": Set(DifferenceFormat.allCases.map(\.name)),
        "CatalogDifferenceFormat": Set(CatalogDifferenceFormat.allCases.map(\.name)),
      ])
  }

  @Test(arguments: LintFormat.allCases)
  func quietLeavesOutTheLineThatCounts(_ format: LintFormat) {
    let full = String(decoding: format.render(Shared.report), as: UTF8.self)
    let quiet = String(decoding: format.render(Shared.report, isQuiet: true), as: UTF8.self)
    let last = full.split(separator: "\n").last.map { "\($0)\n" } ?? ""
    #expect(quiet == ([.text, .github].contains(format) ? String(full.dropLast(last.count)) : full))
  }

  @Test func textHoldsNoControlCharacters() {
    let text = String(decoding: LintFormat.text.render(Shared.report), as: UTF8.self)
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
  }

  @Test func colourIsOnlyForTerminals() {
    let plain = LintFormat.text.render(Shared.report)
    let coloured = LintFormat.text.render(Shared.report, usesColor: true)
    #expect(!plain.contains(0x1B))
    #expect(coloured.contains(0x1B))
    let stripped = String(decoding: coloured, as: UTF8.self).replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
    #expect(stripped == String(decoding: plain, as: UTF8.self))
  }

  @Test func jsonKeepsEveryCharacter() throws {
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(LintFormat.json.render(Shared.report))) as? [String: Any])
    let findings = try #require(root["findings"] as? [[String: Any]])
    #expect(findings.count == 11)
    #expect(findings.allSatisfy { $0["message"] as? String == Shared.hostile })
    #expect((root["summary"] as? [String: Int])?["warnings"] == 2)
  }

  @Test func jsonNamesFilesThatCannotBeRead() throws {
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(LintFormat.json.render(Shared.report))) as? [String: Any])
    #expect(
      root["unreadable"] as? [[String: String]] == [
        ["file": "/elsewhere/50% off.yaml", "reason": "Permission denied"],
        ["file": "gone.yaml", "reason": "No such file or directory"],
      ])
    let suppressed = try #require(root["suppressed"] as? [[String: Any]])
    #expect(
      suppressed.compactMap { ($0["suppression"] as? [String: String])?["by"] } == [
        "comment", "configuration", "baseline",
      ])
  }

  @Test func testCaseNamesAreUniqueWithinASuite() throws {
    let document = try XMLTree(LintFormat.junitStrict.render(Shared.report))
    for suite in document.root.children where suite.name == "testsuite" {
      let names = suite.children.filter { $0.name == "testcase" }.compactMap { $0.attributes["name"] }
      #expect(Set(names).count == names.count)
      #expect(!names.isEmpty)
      #expect(suite.attributes["tests"] == String(names.count))
    }
    let counts = document.root.children.map { suite in
      ["tests", "failures", "errors", "skipped"].compactMap { suite.attributes[$0] }
    }
    #expect(
      counts == [
        ["1", "0", "1", "0"], ["5", "5", "0", "0"], ["1", "0", "0", "0"], ["1", "0", "0", "0"],
        ["1", "0", "1", "0"], ["10", "5", "1", "4"],
      ])
  }

  /// Also where several threads write shares of it.
  @Test(arguments: [1, 127, 128, 129, 300])
  func everyFileHasItsSuiteInOrder(_ count: Int) throws {
    let files = (0..<count).map { ReportedFile(path: "é\(1000 + $0).yaml", unreadable: "<gone>\u{1}") }
    let report = LintReport(
      toolVersion: "0.0.0", catalogSource: "botocore 0", now: Instant(milliseconds: 0), files: files,
      skippedFiles: 0)
    let text = LintFormat.junit.render(report)
    let document = try XMLTree(text)
    #expect(document.root.children.map { $0.attributes["id"] } == (0..<count).map { String($0) })
    #expect(document.root.children.map { $0.attributes["name"] } == files.map(\.path))
    #expect(document.all("error").map { $0.attributes["message"] } == files.map { _ in "<gone>\u{FFFD}" })
    // Line by line as one writer would have it.
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 11 * count + 4)
    #expect(lines.count { $0.hasPrefix("  <testsuite ") } == count)
    #expect(lines.suffix(3) == ["  </testsuite>", "</testsuites>", ""])
  }

  @Test func failureCarriesItsMessageAsAttributeAndText() throws {
    let document = try XMLTree(LintFormat.junit.render(Shared.report))
    let failure = try #require(document.all("failure").first { $0.text.hasPrefix("requests/") })
    #expect(failure.attributes["type"] == "too-short")
    #expect(failure.attributes["message"]?.contains("]]> & <tag> \"quoted\" 😀") == true)
    #expect(failure.text.hasPrefix("requests/ä & <b>.yaml:2:3: error: control "))
    #expect(failure.text.contains("]]> & <tag> \"quoted\" 😀"))
    let testCase = try #require(
      document.all("testcase").first { $0.attributes["name"] == "too-short /DomainName (line 7)" })
    #expect(testCase.attributes["file"] == "requests/ä & <b>.yaml")
    #expect(testCase.attributes["line"] == "7")
  }

  @Test func suppressedFindingsAreSkippedTestCases() throws {
    let document = try XMLTree(LintFormat.junitStrict.render(Shared.report))
    let texts = document.all("skipped").map(\.text).filter { $0.hasPrefix("suppressed") }
    #expect(texts.count == 3)
    #expect(texts[0].hasPrefix("suppressed: old name; control "))
    #expect(texts[0].contains("(until 2027-01-31)\nerror: control "))
    #expect(texts[1].hasPrefix("suppressed: ours\nwarning: control "))
    #expect(texts[2].hasPrefix("suppressed by the baseline\nerror: control "))
  }

  @Test func statisticsCountTheMostFrequentFirst() {
    #expect(
      String(decoding: renderStatistics(Shared.report), as: UTF8.self) == """
        5  error         too-short
        1  warning       service-ended
        1  info          start-may-slip-an-hour
        1  error         syntax-error
        1  error         unknown-parameter
        1  warning       versions-with-current-version
        1  error    [*]  wrong-type
        [*] has a fix that is safe

        """)
  }

  // MARK: Schemas of the readers

  static let schemas = ["jenkins-junit-10.xsd", "jenkins-junit-4.xsd", "windyroad-JUnit.xsd"]

  @Test(.enabled(if: Suites.folder != nil, "REQLINT_SUITES is unset"), arguments: schemas)
  func strictJUnitIsValid(_ schema: String) throws {
    #expect(try schemaErrors(LintFormat.junitStrict.render(Shared.report), schema) == 0)
  }

  @Test(.enabled(if: Suites.folder != nil, "REQLINT_SUITES is unset"), arguments: schemas)
  func junitIsValidWithoutFileAndLine(_ schema: String) throws {
    let text = String(decoding: LintFormat.junit.render(Shared.report), as: UTF8.self)
    #expect(try schemaErrors(Array(text.utf8), schema) > 0)
    let reduced = text.replacing(#/(<testcase [^>]*?) file="[^"]*" line="[0-9]+"/#) { $0.output.1 }
    #expect(reduced != text)
    #expect(try schemaErrors(Array(reduced.utf8), schema) == 0)
  }

  /// Number of errors that libxml2 finds under one of the readers' schemas; -1 for text that is no XML.
  private func schemaErrors(_ bytes: [UInt8], _ schema: String) throws -> Int32 {
    let path = try #require(Suites.folder).appending(path: "junit-xsd/\(schema)").path
    let parser = try #require(xmlSchemaNewParserCtxt(path))
    defer { xmlSchemaFreeParserCtxt(parser) }
    let compiled = try #require(xmlSchemaParse(parser))
    defer { xmlSchemaFree(compiled) }
    let context = try #require(xmlSchemaNewValidCtxt(compiled))
    defer { xmlSchemaFreeValidCtxt(context) }
    // The count is enough; libxml2 would print every error.
    xmlSchemaSetValidStructuredErrors(context, { _, _ in }, nil)
    let document = bytes.withUnsafeBytes {
      xmlReadMemory($0.bindMemory(to: CChar.self).baseAddress, Int32($0.count), "r.xml", nil, 0)
    }
    guard let document else { return -1 }
    defer { xmlFreeDoc(document) }
    return xmlSchemaValidateDoc(context, document)
  }
}

/// A parsed XML document, for looking at what was written.
private struct XMLTree {
  struct Element {
    let name: String
    let attributes: [String: String]
    let text: String
    let children: [Element]
  }

  struct NotXML: Error {}

  let root: Element

  init(_ bytes: [UInt8]) throws {
    let document = bytes.withUnsafeBytes {
      xmlReadMemory($0.bindMemory(to: CChar.self).baseAddress, Int32($0.count), "r.xml", nil, 0)
    }
    guard let document, let node = xmlDocGetRootElement(document) else { throw NotXML() }
    defer { xmlFreeDoc(document) }
    root = Self.element(node)
  }

  func all(_ name: String) -> [Element] { Self.all(name, in: root) }

  private static func all(_ name: String, in element: Element) -> [Element] {
    (element.name == name ? [element] : []) + element.children.flatMap { all(name, in: $0) }
  }

  private static func element(_ node: xmlNodePtr) -> Element {
    var attributes: [String: String] = [:]
    var attribute = node.pointee.properties
    while let current = attribute {
      let value = xmlNodeListGetString(node.pointee.doc, current.pointee.children, 1)
      attributes[String(cString: current.pointee.name)] = value.map { String(cString: $0) } ?? ""
      free(value)
      attribute = current.pointee.next
    }
    var children: [Element] = []
    var child = node.pointee.children
    while let current = child {
      if current.pointee.type == XML_ELEMENT_NODE { children.append(element(current)) }
      child = current.pointee.next
    }
    let content = xmlNodeGetContent(node)
    defer { free(content) }
    return Element(
      name: String(cString: node.pointee.name), attributes: attributes,
      text: content.map { String(cString: $0) } ?? "",
      children: children)
  }
}
