import Models
import Syntax
import Testing
import Wire

/// Which protocol is spoken, and what all have in common.
@Suite struct WireProtocolTests {
  struct Case: CustomTestStringConvertible {
    let metadata: String
    let expected: WireProtocol?

    var testDescription: String { metadata }
  }

  static let cases: [Case] = [
    Case(metadata: #""protocol": "query""#, expected: .query),
    Case(metadata: #""protocol": "ec2""#, expected: .ec2Query),
    Case(metadata: #""protocol": "rest-xml", "protocols": []"#, expected: .restXML),
    Case(metadata: #""protocol": "query", "protocols": ["query", "json"]"#, expected: .json),
    Case(
      metadata: #""protocol": "smithy-rpc-v2-cbor", "protocols": ["smithy-rpc-v2-cbor", "json"]"#,
      expected: .json),
    Case(
      metadata: #""protocol": "query", "protocols": ["query", "smithy-rpc-v2-cbor"]"#, expected: .rpcV2CBOR),
    Case(metadata: #""protocol": "json", "protocols": ["rest-json", "telex"]"#, expected: .restJSON),
    Case(metadata: #""protocol": "json", "protocols": ["telex"]"#, expected: nil),
    Case(metadata: #""protocol": "telex""#, expected: nil),
    Case(metadata: #""uid": "none""#, expected: nil),
  ]

  @Test(arguments: cases) func preference(_ test: Case) throws {
    let call = try TestedService(metadata: test.metadata, members: "").call("{}")
    #expect(WireProtocol(call.service) == test.expected)
  }

  @Test func unknownProtocol() throws {
    let service = TestedService(metadata: #""protocol": "json", "protocols": ["telex"]"#, members: "")
    #expect(throws: WireFault.unknownProtocol(["telex"])) { try service.request("{}") }
  }

  @Test(arguments: WireProtocol.allCases) func eventStreams(_ wireProtocol: WireProtocol) throws {
    let service = TestedService(
      metadata: TestedService.metadata(wireProtocol.rawValue), members: #""Audio": {"shape": "Stream"}"#)
    #expect(throws: WireFault.eventStreamInput(member: "Audio")) { try service.request("{}") }
  }

  @Test func faultsNameTheValue() throws {
    let service = TestedService(members: TestedService.kinds)
    let call = try service.call("{Parts: [], Blob: A, When: x}")
    let blob = try #require(call.document.value(of: "Blob", in: call.document.root))
    #expect(throws: WireFault.notBase64(blob)) { try httpRequest(for: call) }
  }

  /// botocore fills tokens in after all else, and only where the member is absent.
  @Test(arguments: [
    ("{Text: a}", #"{"Text": "a", "Token": "tok"}"#),
    ("{Token: '', Text: a}", #"{"Token": "", "Text": "a"}"#),
    ("{Token: mine}", #"{"Token": "mine"}"#), ("{}", #"{"Token": "tok"}"#),
  ]) func idempotencyTokens(_ parameters: String, _ body: String) throws {
    let service = TestedService(
      members: #""Token": {"shape": "Text", "idempotencyToken": true}, "Text": {"shape": "Text"}"#)
    let request = try service.request(parameters, options: WireOptions(idempotencyToken: "tok"))
    #expect(String(decoding: request.body, as: UTF8.self) == body)
    #expect(try service.request("{Text: a}").body == Array(#"{"Text": "a"}"#.utf8))
  }

  @Test func tokensInURLAndHeader() throws {
    let service = TestedService(
      http: #"{"method": "POST", "requestUri": "/{T}"}"#,
      members: """
        "T": {"shape": "Text", "idempotencyToken": true, "location": "uri"},
        "H": {"shape": "Text", "idempotencyToken": true, "location": "header", "locationName": "X-H"}
        """)
    let request = try service.request("{}", options: WireOptions(idempotencyToken: "a b"))
    #expect(request.target == "/a%20b")
    #expect(request.headers == [.init("X-H", "a b"), .init("Content-Length", "0")])
    #expect(throws: WireFault.unfit(nil, .header)) {
      try service.request("{}", options: WireOptions(idempotencyToken: "a\nb"))
    }
  }

  @Test func compatibilityWithQuery() throws {
    for name in ["json", "smithy-rpc-v2-cbor"] {
      let service = TestedService(
        metadata: TestedService.metadata(name) + #", "awsQueryCompatible": {}"#, members: "")
      #expect(try service.request("{}").headers.contains(.init("x-amzn-query-mode", "true")))
    }
  }

  // MARK: Hostile values

  @Test(.timeLimit(.minutes(1)), arguments: WireProtocol.allCases)
  func deepNesting(_ wireProtocol: WireProtocol) throws {
    let service = TestedService(
      metadata: TestedService.metadata(wireProtocol.rawValue), members: TestedService.kinds)
    let depth = 500
    let deep =
      String(repeating: "{\"Part\": ", count: depth) + "{\"Inner\": \"x\"}"
      + String(repeating: "}", count: depth)
    let request = try service.request(deep, as: .json)
    #expect(request.body.count > depth * 5)
  }

  @Test(.timeLimit(.minutes(1)), arguments: WireProtocol.allCases)
  func hugeCollections(_ wireProtocol: WireProtocol) throws {
    let service = TestedService(
      metadata: TestedService.metadata(wireProtocol.rawValue),
      members: """
        \(TestedService.kinds),
        "Meta": {"shape": "Table", "location": "headers", "locationName": "x-"},
        "Query": {"shape": "Table", "location": "querystring"}
        """)
    let count = 20_000
    let items = (0..<count).map { "\"\($0)\"" }.joined(separator: ",")
    let entries = (0..<count).map { "\"\($0)\": \"v\"" }.joined(separator: ",")
    let request = try service.request(
      "{\"Items\": [\(items)], \"Table\": {\(entries)}, \"Meta\": {\(entries)}, \"Query\": {\(entries)}}",
      as: .json)
    #expect(request.body.count > count * 10)
    let isREST = wireProtocol == .restJSON || wireProtocol == .restXML
    #expect((request.headers.count > count) == isREST)
  }
}
