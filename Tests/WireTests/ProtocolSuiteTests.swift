import Foundation
import Models
import Syntax
import TestSupport
import Testing
import Wire

/// botocore's own serialisation tests, by the rules with which botocore compares.
@Suite(.enabled(if: Suites.folder != nil, "REQLINT_SUITES is unset"))
struct ProtocolSuiteTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    /// Cases that botocore passes, and those that it does not.
    let count: (passed: Int, ignored: Int)

    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "ec2", count: (21, 8)),
    Case(name: "json", count: (50, 4)),
    Case(name: "json_1_0", count: (18, 3)),
    Case(name: "json_1_0-query-compatible", count: (1, 0)),
    Case(name: "query", count: (32, 6)),
    Case(name: "rest-json", count: (101, 12)),
    Case(name: "rest-xml", count: (82, 12)),
    Case(name: "smithy-rpc-v2-cbor", count: (15, 0)),
    Case(name: "smithy-rpc-v2-cbor-non-query-compatible", count: (1, 0)),
    Case(name: "smithy-rpc-v2-cbor-query-compatible", count: (1, 0)),
  ]

  @Test(arguments: cases) func requestsAsBotocoreWritesThem(_ test: Case) throws {
    let suite = try ProtocolSuite(test.name)
    var passed = 0
    for item in suite.cases where !item.isIgnored {
      let request = try httpRequest(for: item.call, options: WireOptions(blobs: .raw))
      let faults = try differences(request, from: item, of: suite)
      if faults.isEmpty { passed += 1 }
      #expect(faults == [], "\(test.name) \(item.id)")
    }
    #expect(passed == test.count.passed)
  }

  /// Where botocore differs from the specification, the outcome is free, but there is one.
  @Test(arguments: cases) func casesThatBotocoreDoesNotPass(_ test: Case) throws {
    let suite = try ProtocolSuite(test.name)
    var written = 0
    for item in suite.cases where item.isIgnored {
      let request = try httpRequest(for: item.call, options: WireOptions(blobs: .raw))
      #expect(request.method == suite.text("method", of: item), "\(item.id)")
      written += 1
    }
    #expect(written == test.count.ignored)
  }

  // MARK: Comparison

  private func differences(
    _ request: HTTPRequest, from test: ProtocolSuite.Case, of suite: ProtocolSuite
  ) throws -> [String] {
    var faults: [String] = []
    func compare(_ what: String, _ actual: String, _ expected: String?) {
      if let expected, actual != expected { faults.append("\(what): \(actual) is not \(expected)") }
    }
    compare("method", request.method, suite.text("method", of: test))
    compare("uri", request.target, suite.text("uri", of: test))
    let host = test.endpoint.flatMap { URL(string: $0)?.host() }
    compare("host", request.hostPrefix + (host ?? ""), suite.text("host", of: test))
    let present = Dictionary(request.headers.map { ($0.name.lowercased(), $0.value) }) { $1 }
    let lists = listHeaders(of: test.call.operation)
    for header in expectedHeaders(test, of: suite) {
      // Blanks after the commas of a list are optional.
      let blank = lists.contains(header.name) ? ", " : "\0"
      let actual = present[header.name.lowercased()] ?? "(absent)"
      compare(header.name, actual.replacing(blank, with: ","), header.value.replacing(blank, with: ","))
    }
    for name in suite.list("requireHeaders", of: test) where present[name.lowercased()] == nil {
      faults.append("\(name) is absent")
    }
    for name in suite.list("forbidHeaders", of: test) where present[name.lowercased()] != nil {
      faults.append("\(name) is present")
    }
    if let expected = suite.text("body", of: test), try !isSameBody(request.body, expected, test) {
      faults.append("body: \(String(decoding: request.body, as: UTF8.self)) is not \(expected)")
    }
    return faults
  }

  /// The headers of a case, less what botocore's own comparison lets pass.
  private func expectedHeaders(
    _ test: ProtocolSuite.Case, of suite: ProtocolSuite
  ) -> [(name: String, value: String)] {
    suite.headers(of: test).compactMap { header in
      guard header.name.lowercased() == "content-type" else { return header }
      switch test.call.service.wireProtocol {
      case "query", "ec2":
        let isComplete = header.value.contains("charset=utf-8")
        return (header.name, isComplete ? header.value : "\(header.value); charset=utf-8")
      case "rest-xml": return nil
      case "rest-json": return header.value == "application/json" ? header : nil
      default: return header
      }
    }
  }

  private func listHeaders(of operation: Models.Operation) -> Set<String> {
    let members = operation.input.map { operation[$0].members } ?? []
    return Set(
      members.filter { $0.location == "header" && operation[$0.shape].kind == .list }
        .map { $0.locationName ?? $0.name })
  }

  private func isSameBody(_ actual: [UInt8], _ expected: String, _ test: ProtocolSuite.Case) throws -> Bool {
    func json(_ bytes: some Sequence<UInt8>) -> NSObject? {
      try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) as? NSObject
    }
    if actual == Array(expected.utf8) { return true }
    switch test.call.service.wireProtocol {
    case "json", "rest-json":
      guard let expected = json(expected.utf8) else { return false }
      return json(actual) == expected
    case "rest-xml":
      guard let expected = XMLTree(Array(expected.utf8)) else { return false }
      return XMLTree(actual) == expected
    case "smithy-rpc-v2-cbor":
      return try CBORItem(actual) == CBORItem(Array(#require(Data(base64Encoded: expected))))
    default: return false
    }
  }
}
