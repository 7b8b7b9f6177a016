import Syntax
import Testing
import Wire

/// Bodies that are forms, XML or CBOR.
@Suite struct FormAndXMLTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let parameters: String
    let expected: String

    var testDescription: String { name }

    init(_ name: String, _ parameters: String, _ expected: String) {
      self.name = name
      self.parameters = parameters
      self.expected = expected
    }
  }

  static let members = """
    \(TestedService.kinds),
    "Flat": {"shape": "Flat"}, "FlatNamed": {"shape": "Named", "flattened": true},
    "Named": {"shape": "Named"}, "FlatTable": {"shape": "Table", "flattened": true, "locationName": "ft"},
    "small": {"shape": "Text", "locationName": "small"},
    "Both": {"shape": "Text", "locationName": "both", "queryName": "queried"},
    "Version": {"shape": "Text"}
    """
  static let shapes = """
    , "Flat": {"type": "list", "member": {"shape": "Text"}, "flattened": true},
    "Named": {"type": "list", "member": {"shape": "Text", "locationName": "item"}}
    """

  // MARK: Forms

  static let query: [Case] = [
    Case("nothing", "{}", ""),
    Case("blanks and signs", "{Text: 'a b+c/ä*~'}", "&Text=a+b%2Bc%2F%C3%A4%2A~"),
    Case(
      "scalars", "{Flag: true, Whole: -7, Double: 1e16, Single: .nan}",
      "&Flag=true&Whole=-7&Double=1e%2B16&Single=NaN"),
    Case("blob and time", "{Blob: AAEC, When: 0.5}", "&Blob=AAEC&When=1970-01-01T00%3A00%3A00.500000Z"),
    Case("null is left out", "{Text: ~, Items: ~, Part: {Inner: ~}}", ""),
    Case("structures", "{Part: {Inner: a, Part: {Inner: b}}}", "&Part.Inner=a&Part.Part.Inner=b"),
    Case("lists", "{Items: [a, b]}", "&Items.member.1=a&Items.member.2=b"),
    Case("lists of structures", "{Parts: [{Inner: a}]}", "&Parts.member.1.Inner=a"),
    Case("an empty list", "{Items: []}", "&Items="),
    Case("flattened", "{Flat: [a, b]}", "&Flat.1=a&Flat.2=b"),
    Case("flattened with names", "{FlatNamed: [a]}", "&item.1=a"),
    Case("named", "{Named: [a]}", "&Named.item.1=a"),
    Case("maps", "{Table: {a b: c}}", "&Table.entry.1.key=a+b&Table.entry.1.value=c"),
    Case("flattened maps", "{FlatTable: {a: b, c: d}}", "&ft.1.key=a&ft.1.value=b&ft.2.key=c&ft.2.value=d"),
    Case("names", "{small: a, Both: b}", "&small=a&both=b"),
    Case(
      "values that must not be shown", "{Blob: (sensitive), Items: (sensitive), Part: (sensitive)}",
      "&Blob=%28sensitive%29&Items=%28sensitive%29&Part=%28sensitive%29"),
    Case("a list for text", "{Text: [a]}", "unfit for form"),
    Case("a mapping for a list", "{Items: {a: b}}", "unfit for form"),
    Case("no base64", "{Blob: A}", "not base64"),
  ]

  static let ec2: [Case] = [
    Case("structures", "{Part: {Inner: a}}", "&Part.Inner=a"),
    Case(
      "lists have no name", "{Items: [a, b], Named: [c], Flat: [d]}",
      "&Items.1=a&Items.2=b&Named.1=c&Flat.1=d"),
    Case("an empty list is nothing", "{Items: []}", ""),
    Case("capital names, and names of their own", "{small: a, Both: b}", "&Small=a&queried=b"),
    Case("a value that must not be shown", "{Items: (sensitive)}", "&Items=%28sensitive%29"),
  ]

  private func form(_ test: Case, _ name: String) throws {
    let service = TestedService(
      metadata: TestedService.metadata(name), members: Self.members, shapes: Self.shapes)
    let isFault = test.expected.contains(" ")
    let expected = isFault ? test.expected : "Action=Put&Version=2026-01-01\(test.expected)"
    #expect(try service.body(test.parameters) == expected)
    guard !isFault else { return }
    let request = try service.request(test.parameters)
    #expect(request.target == "/")
    #expect(
      request.headers == [
        .init("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
        .init("Content-Length", String(request.body.count)),
      ])
  }

  @Test(arguments: query) func queryForm(_ test: Case) throws { try form(test, "query") }
  @Test(arguments: ec2) func ec2Form(_ test: Case) throws { try form(test, "ec2") }

  @Test func aMemberNamedLikeTheVersion() throws {
    let service = TestedService(
      metadata: TestedService.metadata("query"), members: Self.members, shapes: Self.shapes)
    #expect(try service.body("{Text: a, Version: mine}") == "Action=Put&Version=mine&Text=a")
  }

  // MARK: XML

  static let xml: [Case] = [
    Case("no parameters, no body", "{}", ""),
    Case("text", "{Text: 'a<b>&\"c\" ä'}", "<Put><Text>a&lt;b&gt;&amp;\"c\" ä</Text></Put>"),
    Case("empty", "{Text: '', Items: [], Part: {}}", "<Put><Text /><Items /><Part /></Put>"),
    Case("null is left out", "{Text: ~, Part: {Inner: ~}, Items: [~]}", "<Put><Part /><Items /></Put>"),
    Case(
      "scalars", "{Flag: false, Whole: 7, Double: 1.50, Single: -.inf, When: 0, Blob: AAEC}",
      "<Put><Flag>false</Flag><Whole>7</Whole><Double>1.5</Double><Single>-Infinity</Single>"
        + "<When>1970-01-01T00:00:00Z</When><Blob>AAEC</Blob></Put>"),
    Case(
      "lists", "{Items: [a], Named: [b], Flat: [c, d]}",
      "<Put><Items><member>a</member></Items><Named><item>b</item></Named><Flat>c</Flat><Flat>d</Flat></Put>"),
    Case(
      "maps", "{Table: {k: v}, FlatTable: {a: b}}",
      "<Put><Table><entry><key>k</key><value>v</value></entry></Table><ft><key>a</key><value>b</value></ft></Put>"
    ),
    Case(
      "markup in a key", "{Table: {'</key>': v}}",
      "<Put><Table><entry><key>&lt;/key&gt;</key><value>v</value></entry></Table></Put>"),
    Case(
      "values that must not be shown", "{Blob: (sensitive), Items: (sensitive), Part: (sensitive)}",
      "<Put><Blob>(sensitive)</Blob><Items>(sensitive)</Items><Part>(sensitive)</Part></Put>"),
    Case("a mapping for text", "{Text: {a: b}}", "unfit for xml"),
  ]

  @Test(arguments: xml) func xmlBody(_ test: Case) throws {
    let service = TestedService(
      metadata: TestedService.metadata("rest-xml"), members: Self.members, shapes: Self.shapes)
    #expect(try service.body(test.parameters) == test.expected)
  }

  @Test func namespacesAndAttributes() throws {
    let service = TestedService(
      metadata: TestedService.metadata("rest-xml"),
      members: """
        "Body": {"shape": "Grant", "locationName": "G", "xmlNamespace": {"uri": "http://a/?b&c"}}
        """, traits: #""payload": "Body","#,
      shapes: """
        , "Grant": {"type": "structure", "members": {
          "Name": {"shape": "Text", "xmlNamespace": {"prefix": "n", "uri": "urn:n"}},
          "Type": {"shape": "Text", "locationName": "x:type", "xmlAttribute": true}}}
        """)
    #expect(
      try service.body(#"{Body: {Name: a, Type: "b\"\n<"}}"#)
        == #"<G xmlns="http://a/?b&amp;c" x:type="b&quot;&#10;&lt;"><Name xmlns:n="urn:n">a</Name></G>"#)
    #expect(try service.request("{Body: {}}").headers == [.init("Content-Length", "31")])
  }

  // MARK: CBOR

  static let cbor: [Case] = [
    Case("nothing", "{}", "a0"),
    Case("null is left out, but not of a list", "{Text: ~, Items: [~]}", "a1 65 4974656d73 81 f6"),
    Case(
      "integers below and at each width", "{Free: [23, 24, 255, 256, 65535, 65536, 4294967295, 4294967296]}",
      "a1 64 46726565 88 17 1818 18ff 190100 19ffff 1a00010000 1affffffff 1b0000000100000000"),
    Case(
      "negative integers", "{Free: [-1, -24, -25, -18446744073709551615]}",
      "a1 64 46726565 84 20 37 3818 3bfffffffffffffffe"),
    Case("an integer beyond 64 bits", "{Whole: 18446744073709551616}", "unfit for cbor"),
    Case(
      "floats as wide as their shape", "{Single: 1.5, Double: 1.5}",
      "a2 66 53696e676c65 fa3fc00000 66 446f75626c65 fb3ff8000000000000"),
    Case("an integer for a float", "{Double: 2}", "a1 66 446f75626c65 fb4000000000000000"),
    Case(
      "special floats", "{Single: .nan, Double: -Infinity}",
      "a2 66 53696e676c65 f97e00 66 446f75626c65 f9fc00"),
    Case("blobs and booleans", "{Blob: AAEC, Flag: true}", "a2 64 426c6f62 43 000102 64 466c6167 f5"),
    Case("times", "{When: 1}", "a1 64 5768656e c1 01"),
    Case("times with a fraction", "{When: 1.9}", "a1 64 5768656e c1 fb 3ffe666666666666"),
    Case("times before 1970", "{When: -1}", "a1 64 5768656e c1 20"),
    Case(
      "structures and maps", "{Part: {Inner: ä}, Table: {k: v}}",
      "a2 64 50617274 a1 65 496e6e6572 62 c3a4 65 5461626c65 a1 61 6b 61 76"),
    Case(
      "values that must not be shown", "{Blob: (sensitive), When: (sensitive), Part: (sensitive)}",
      "a3 64 426c6f62 6b 2873656e73697469766529 64 5768656e 6b 2873656e73697469766529 "
        + "64 50617274 6b 2873656e73697469766529"),
  ]

  @Test(arguments: cbor) func cborBody(_ test: Case) throws {
    let service = TestedService(
      metadata: TestedService.metadata("smithy-rpc-v2-cbor"), members: TestedService.kinds)
    do {
      let request = try service.request(test.parameters)
      let hex = request.body.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      #expect(hex == test.expected.replacing(" ", with: ""))
      #expect(request.target == "/service/Tested/operation/Put")
      #expect(
        request.headers == [
          .init("smithy-protocol", "rpc-v2-cbor"), .init("Accept", "application/cbor"),
          .init("Content-Type", "application/cbor"), .init("Content-Length", String(request.body.count)),
        ])
    } catch let fault as WireFault {
      #expect(TestedService.describe(fault) == test.expected)
    }
  }

  @Test func cborAnsweredByAnEventStream() throws {
    let service = TestedService(
      metadata: TestedService.metadata("smithy-rpc-v2-cbor"), operation: #", "output": {"shape": "Answer"}"#,
      members: "",
      shapes: #", "Answer": {"type": "structure", "members": {"Events": {"shape": "Stream"}}}"#)
    let type = "application/vnd.amazon.eventstream"
    #expect(
      try service.request("{}").headers == [
        .init("smithy-protocol", "rpc-v2-cbor"), .init("Accept", type), .init("Content-Type", type),
        .init("Content-Length", "1"),
      ])
  }
}
