import Models
import Syntax
import Testing

@testable import Wire

/// Values that are known at run time only: sent as they are written, in braces where they are part of the address.
///
/// - Shape: texts that begin with `$` are such values.
@Suite struct RunTimeValueTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let parameters: String
    let expected: String

    var testDescription: String { "\(name) \(parameters)" }

    init(_ name: String, _ parameters: String, _ expected: String) {
      self.name = name
      self.parameters = parameters
      self.expected = expected
    }
  }

  private static func marked(_ document: Document) -> Document {
    func nodes(below id: NodeID) -> [NodeID] {
      if document.firstByte(of: id) == UInt8(ascii: "$") { return [id] }
      return document.items(of: id).flatMap(nodes)
        + document.entries(of: id).flatMap { nodes(below: $0.key) + nodes(below: $0.value) }
    }
    return document.marking(dynamic: nodes(below: document.root))
  }

  private static func sent(_ service: TestedService, _ parameters: String) throws -> HTTPRequest {
    let call = try service.call(parameters)
    let document = marked(call.document)
    return try httpRequest(
      for: Call(
        operation: call.operation, service: call.service, document: document, parameters: document.root))
  }

  // MARK: Bodies

  static let everyKind =
    "{Text: $A, Flag: $B, Whole: $C, Double: $D, Blob: $E, When: $F, Items: $G, Table: {$K: $V}, Parts: [$P],"
    + " Free: $Q}"

  static let bodies: [Case] = [
    Case(
      "json", everyKind,
      #"{"Text": "$A", "Flag": "$B", "Whole": "$C", "Double": "$D", "Blob": "$E", "When": "$F", "Items": "$G","#
        + #" "Table": {"$K": "$V"}, "Parts": ["$P"], "Free": "$Q"}"#),
    Case(
      "rest-xml", everyKind,
      "<Put><Text>$A</Text><Flag>$B</Flag><Whole>$C</Whole><Double>$D</Double><Blob>$E</Blob><When>$F</When>"
        + "<Items>$G</Items><Table><entry><key>$K</key><value>$V</value></entry></Table>"
        + "<Parts><member>$P</member></Parts><Free>$Q</Free></Put>"),
    Case(
      "query", everyKind,
      "Action=Put&Version=2026-01-01&Text=%24A&Flag=%24B&Whole=%24C&Double=%24D&Blob=%24E&When=%24F&Items=%24G"
        + "&Table.entry.1.key=%24K&Table.entry.1.value=%24V&Parts.member.1=%24P&Free=%24Q"),
    Case("rest-xml", #"{Text: "$(\x01)"}"#, "<Put><Text>$(\u{1})</Text></Put>"),
    Case("json", "{Text: $A, Whole: soon}", #"{"Text": "$A", "Whole": "soon"}"#),
    Case("json", "{Text: $A, Blob: A}", "not base64"),
  ]

  @Test(arguments: bodies) func body(_ test: Case) throws {
    let service = TestedService(
      metadata: TestedService.metadata(test.name), members: TestedService.kinds)
    let found = try outcome {
      String(decoding: try Self.sent(service, test.parameters).body, as: UTF8.self)
    }
    #expect(found == test.expected)
  }

  @Test func everyKindIsTextInCBOR() throws {
    let service = TestedService(
      metadata: TestedService.metadata("smithy-rpc-v2-cbor"), members: TestedService.kinds)
    let body = try Self.sent(service, Self.everyKind).body
    for letter in "ABCDEFGKVPQ".utf8 {
      #expect(body.contains(sequence: [0x62, UInt8(ascii: "$"), letter]), "\(letter)")
    }
  }

  @Test(arguments: ["Blob", "Text", "Part", "Items"]) func payload(_ shape: String) throws {
    let service = TestedService(
      members: #""Body": {"shape": "\#(shape)"}"#, traits: #""payload": "Body","#)
    let body = String(decoding: try Self.sent(service, "{Body: $B}").body, as: UTF8.self)
    #expect(body == (shape == "Blob" || shape == "Text" ? "$B" : "\"$B\""))
  }

  // MARK: Address and headers

  static let targets: [Case] = [
    Case("labels", "{Bucket: $B, Key: $K}", "/b/{Bucket}/k/{Key}?fixed"),
    Case("beside a known label", "{Bucket: a b, Key: $K}", "/b/a%20b/k/{Key}?fixed"),
    Case(
      "query", "{Bucket: b, Key: k, Text: $T, Items: [x, $I], When: $W, Flag: true}",
      "/b/b/k/k?fixed&text={Text}&item=x&item={Items}&when={When}&flag=true"),
    Case("a list", "{Bucket: b, Key: k, Items: $I}", "/b/b/k/k?fixed&item={Items}"),
    Case("maps", "{Bucket: b, Key: k, Table: {a: $V, $K: b}}", "/b/b/k/k?fixed&a={Table}&{Table}=b"),
    Case("lists in a map", "{Bucket: b, Key: k, Lists: {a: [$V, c]}}", "/b/b/k/k?fixed&a={Lists}&a=c"),
    Case("a label is absent", "{Bucket: $B}", #"missingLabel(member: "Key")"#),
  ]

  @Test(arguments: targets) func target(_ test: Case) throws {
    #expect(try outcome { try Self.sent(HTTPBindingTests.located, test.parameters).target } == test.expected)
  }

  static let headers: [Case] = [
    Case("text", "{Text: $T, When: $W, Flag: $F}", "X-Text: $T\nX-When: $W\nX-Flag: $F"),
    Case("a line break", #"{Text: "$(a\nb)"}"#, "X-Text: $(a\nb)"),
    Case("lists", "{Items: [a, $I], Times: $S}", "X-Items: a,$I\nX-Times: $S"),
    Case("JSON", "{JSON: $J}", "X-JSON: $J"),
    Case("prefix headers", "{Meta: {a: $V, '${K}': b}}", "X-Meta-a: $V\nX-Meta-{Meta}: b"),
    Case("all prefix headers", "{Meta: $M}", "X-Meta-{Meta}: $M"),
    Case("a known name beside", "{Text: $T, Meta: {'a: b': c}}", "unfit for headerName"),
  ]

  @Test(arguments: headers) func header(_ test: Case) throws {
    let found = try outcome {
      try Self.sent(HTTPBindingTests.headed, test.parameters).headers.map { "\($0.name): \($0.value)" }
        .joined(separator: "\n")
    }
    #expect(
      found == (found.hasPrefix("unfit") ? test.expected : "\(test.expected)\n\(HTTPBindingTests.standard)"))
  }

  @Test func host() throws {
    let service = TestedService(
      endpoint: #"{"hostPrefix": "x.{Id}."}"#, members: #""Id": {"shape": "Text", "hostLabel": true}"#)
    #expect(try Self.sent(service, "{Id: $I}").hostPrefix == "x.{Id}.")
  }

  // MARK: Clients

  static let calls: [Case] = [
    Case(
      "s3.GetObject", #"{"Bucket": "$B", "Key": "$K"}"#,
      "https://{Bucket}.s3.eu-west-1.amazonaws.com/{Key}"),
    Case(
      "s3.GetBucketLocation", #"{"Bucket": "$B"}"#, "https://s3.eu-west-1.amazonaws.com/{Bucket}?location"),
    Case(
      "s3control.ListAccessPoints", #"{"AccountId": "$A"}"#,
      "https://{AccountId}.s3-control.eu-west-1.amazonaws.com/v20180820/accesspoint"),
    Case(
      "sesv2.SendEmail", #"{"EndpointId": "$E", "Content": {}}"#,
      "https://{EndpointId}.endpoints.email.amazonaws.com/v2/email/outbound-emails"),
    Case(
      "route53.GetHostedZone", #"{"Id": "$Z"}"#, "https://route53.amazonaws.com/2013-04-01/hostedzone/{Id}"),
    Case("dynamodb.GetItem", #"{"TableName": "$T", "Key": {}}"#, "https://dynamodb.eu-west-1.amazonaws.com/"),
    Case(
      "dynamodb.BatchGetItem", #"{"RequestItems": {"$T": {"Keys": []}}}"#,
      "https://dynamodb.eu-west-1.amazonaws.com/"),
    Case(
      "cloudfront-keyvaluestore.ListKeys", #"{"KvsARN": "$A"}"#,
      "the address depends on KvsARN, known at run time only"),
  ]

  @Test(arguments: calls) func address(_ test: Case) throws {
    let (service, client) = try Self.client(test)
    let resolver = EndpointResolver(.builtIn)
    let found: String
    do {
      let endpoint = try resolver.endpoint(for: service, client.endpointContext, region: "eu-west-1")
      found = try client.request().url(at: endpoint.url)
    } catch let fault as EndpointFault {
      found = fault.message
    }
    #expect(found == test.expected)
  }

  static let changes: [Case] = [
    Case("s3.CopyObject", #"{"Bucket": "b", "Key": "k", "CopySource": "$S"}"#, "x-amz-copy-source: $S"),
    Case("s3.PutObject", #"{"Bucket": "b", "Key": "k", "Expires": "$E"}"#, "Expires: $E"),
    Case(
      "s3.PutObject", #"{"Bucket": "b", "Key": "k", "Metadata": {"a": "$ä"}}"#, "x-amz-meta-a: $ä"),
    Case(
      "s3.PutObject", #"{"Bucket": "b", "Key": "k", "ChecksumAlgorithm": "$A"}"#,
      "a checksum by the algorithm in ChecksumAlgorithm is added when it is sent"),
    Case("ec2.RunInstances", #"{"UserData": "$U", "MinCount": 1, "MaxCount": 1}"#, "UserData=%24U"),
  ]

  @Test(arguments: changes) func isUnchanged(_ test: Case) throws {
    let sent = try Self.client(test).client.request()
    let headers = sent.request.headers.map { "\($0.name): \($0.value)" }
    let fields = String(decoding: sent.request.body, as: UTF8.self).split(separator: "&").map(String.init)
    #expect((headers + sent.notes + fields).contains(test.expected), "\(headers + sent.notes + fields)")
  }

  private static func client(_ test: Case) throws -> (service: ServiceModel, client: ClientCall) {
    let id = try #require(OperationID(parsing: test.name))
    let service = try #require(try Catalog.builtIn.service(id.service))
    let operation = try #require(try service.operation(id.operation))
    let document = marked(try TestedService.document(test.parameters, as: .json))
    let call = Call(
      operation: operation, service: service.metadata, document: document, parameters: document.root)
    return (service, try ClientCall(call, options: WireOptions(region: "eu-west-1", isBodyOpen: true)))
  }

  private func outcome(_ body: () throws -> String) throws -> String {
    do { return try body() } catch let fault as WireFault { return TestedService.describe(fault) }
  }
}
