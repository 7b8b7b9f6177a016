import CLibXML2
import Foundation
@testable import Linting
import Models
import Rules
import Syntax
import TestSupport
import Testing

@testable import Reports

/// Findings that every format has to carry.
private enum Shared {
  static let hostile = "control \u{1B}[31m and \u{0} and \u{FFFE}, ]]> & <tag> \"quoted\" 😀\nsecond line\t|"

  static func finding(_ rule: String, _ severity: Severity, line: Int, pointer: String = "/DomainName")
    -> LocatedFinding
  {
    LocatedFinding(
      file: "requests/ä & <b>.yaml", requestID: "requests/ä & <b>.yaml#1", service: "opensearch",
      operation: "StartServiceSoftwareUpdate", rule: rule, severity: severity, message: hostile,
      hint: hostile,
      pointer: pointer, start: Position(line: line, column: 3), end: Position(line: line, column: 9),
      source: "https://example.com/?a=1&b=2",
      excerpt: Excerpt(text: "  DomainName: \u{1B}[2J日本語 value", markStart: 2, markCount: 6))
  }

  static let report = LintReport(
    toolVersion: "0.0.0", catalogSource: "botocore 0", now: Instant(milliseconds: 1_795_176_000_123),
    files: [
      ReportedFile(
        path: "clean.yaml", result: result(of: "{DomainName: logs}"), text: SourceText("{DomainName: logs}")),
      ReportedFile(path: "empty-result.json", result: FileResult(), text: SourceText("")),
      faulty,
      ReportedFile(path: "gone.yaml", unreadable: "No such file or directory"),
    ],
    skippedFiles: 2)

  /// A file with two findings of one name, and one that is an error of the file.
  private static let faulty = ReportedFile(
    path: "requests/ä & <b>.yaml",
    requests: [
      LocatedRequest(
        id: "requests/ä & <b>.yaml#1", file: "requests/ä & <b>.yaml", line: 1, service: "opensearch",
        operation: "StartServiceSoftwareUpdate", verdict: .fail)
    ],
    findings: [
      finding("too-short", .error, line: 2), finding("too-short", .error, line: 2),
      finding("service-ended", .warning, line: 3),
      finding("syntax-error", .error, line: 4, pointer: ""),
      finding("start-may-slip-an-hour", .info, line: 5),
    ], suppressed: [],
    notEvaluated: [
      LocatedNotEvaluated(
        file: "requests/ä & <b>.yaml", requestID: "requests/ä & <b>.yaml#1", rule: "pattern-mismatch",
        reason: hostile,
        pointer: "/X", start: Position(line: 2, column: 1), end: Position(line: 2, column: 2))
    ])

  private static func result(of text: String) -> FileResult {
    var options = LintOptions(now: Instant(milliseconds: 0))
    options.operation = OperationID(service: "opensearch", operation: "StartServiceSoftwareUpdate")
    var linter = Linter(catalog: .builtIn, rules: [], options: options)
    let file = RequestFile(
      path: "clean.yaml", parts: ["clean.yaml"], text: SourceText(text), notation: .yaml, isWalked: false)
    return linter.lint(file)
  }
}

@Suite struct ReportTests {
  private static let golden = Project.root.appending(path: "Tests/ReportsTests/Golden")
  private static let isRewriting = ProcessInfo.processInfo.environment["REQLINT_REWRITE_GOLDENS"] != nil

  @Test(arguments: LintFormat.allCases)
  func everyFormatRendersTheSharedFindings(_ format: LintFormat) throws {
    let actual = String(decoding: format.render(Shared.report), as: UTF8.self)
    let file = Self.golden.appending(path: "shared.\(format.rawValue)")
    if Self.isRewriting {
      try FileManager.default.createDirectory(at: Self.golden, withIntermediateDirectories: true)
      try actual.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("rewritten: \(file.lastPathComponent)")
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == actual)
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
    #expect(findings.count == 5)
    #expect(findings.allSatisfy { $0["message"] as? String == Shared.hostile })
    #expect((root["summary"] as? [String: Int])?["warnings"] == 1)
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
      counts == [["1", "0", "0", "0"], ["1", "0", "0", "0"], ["1", "0", "1", "0"], ["6", "4", "1", "1"]])
  }

  @Test func failureCarriesItsMessageAsAttributeAndText() throws {
    let document = try XMLTree(LintFormat.junit.render(Shared.report))
    let failure = try #require(document.all("failure").first)
    #expect(failure.attributes["type"] == "too-short")
    #expect(failure.attributes["message"]?.contains("]]> & <tag> \"quoted\" 😀") == true)
    #expect(failure.text.hasPrefix("requests/ä & <b>.yaml:2:3: error: control "))
    #expect(failure.text.contains("]]> & <tag> \"quoted\" 😀"))
    let testCase = try #require(
      document.all("testcase").first { $0.attributes["name"] == "too-short /DomainName (line 2)" })
    #expect(testCase.attributes["file"] == "requests/ä & <b>.yaml")
    #expect(testCase.attributes["line"] == "2")
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
