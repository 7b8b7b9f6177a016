import Syntax
import Testing
import Wire

/// Parameters in URL and headers.
@Suite struct HTTPBindingTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let parameters: String
    /// The target or the headers, or what keeps them from being written.
    let expected: String

    var testDescription: String { name }

    init(_ name: String, _ parameters: String, _ expected: String) {
      self.name = name
      self.parameters = parameters
      self.expected = expected
    }
  }

  // MARK: Path and query

  static let located = TestedService(
    http: #"{"method": "GET", "requestUri": "/b/{bucket}/k/{Key+}?fixed"}"#,
    members: """
      "Bucket": {"shape": "Text", "location": "uri", "locationName": "bucket"},
      "Key": {"shape": "Text", "location": "uri"},
      "Text": {"shape": "Text", "location": "querystring", "locationName": "text"},
      "Items": {"shape": "Items", "location": "querystring", "locationName": "item"},
      "Table": {"shape": "Table", "location": "querystring"},
      "Lists": {"shape": "Lists", "location": "querystring"},
      "Flag": {"shape": "Flag", "location": "querystring", "locationName": "flag"},
      "When": {"shape": "When", "location": "querystring", "locationName": "when"},
      "Double": {"shape": "Double", "location": "querystring", "locationName": "double"}
      """, shapes: #", "Lists": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Items"}}"#)

  static let targets: [Case] = [
    Case("labels", "{Bucket: a b, Key: c/d e}", "/b/a%20b/k/c/d%20e?fixed"),
    Case("non-ASCII", "{Bucket: ä, Key: 😀}", "/b/%C3%A4/k/%F0%9F%98%80?fixed"),
    Case("dot segments stay", "{Bucket: .., Key: ../../x/./y}", "/b/../k/../../x/./y?fixed"),
    Case("slashes only where the label is greedy", "{Bucket: a/b, Key: /}", "/b/a%2Fb/k//?fixed"),
    Case(
      "braces are no labels", "{Bucket: '{Key+}', Key: '{bucket}'}", "/b/%7BKey%2B%7D/k/%7Bbucket%7D?fixed"),
    Case("line breaks", #"{Bucket: "a\r\nX: y", Key: "\0"}"#, "/b/a%0D%0AX%3A%20y/k/%00?fixed"),
    Case("numbers and booleans", "{Bucket: 7, Key: true}", "/b/7/k/true?fixed"),
    Case(
      "a value that must not be shown", "{Bucket: (sensitive), Key: a, When: (sensitive)}",
      "/b/%28sensitive%29/k/a?fixed&when=%28sensitive%29"),
    Case("a label is absent", "{Bucket: a}", #"missingLabel(member: "Key")"#),
    Case(
      "a label is absent that has another name on the wire", "{Key: a}", #"missingLabel(member: "Bucket")"#),
    Case("a label is null", "{Bucket: a, Key: ~}", #"missingLabel(member: "Key")"#),
    Case("a label is empty", "{Bucket: '', Key: a}", #"emptyLabel(member: "Bucket")"#),
    Case("a label is a list", "{Bucket: [a], Key: a}", "unfit for path"),
    Case(
      "query", "{Bucket: b, Key: k, Text: 'a&b=c d/+~', Items: [x, y], Flag: false, When: 0.5, Double: 1}",
      "/b/b/k/k?fixed&text=a%26b%3Dc%20d%2F%2B~&item=x&item=y&flag=false&when=1970-01-01T00%3A00%3A00.500000Z&double=1"
    ),
    Case(
      "maps in a query", "{Bucket: b, Key: k, Table: {a b: c, d: 1}, Lists: {l: [x, y], m: []}}",
      "/b/b/k/k?fixed&a%20b=c&d=1&l=x&l=y"),
    Case(
      "the later of two equal keys", "{Bucket: b, Key: k, Text: x, Table: {text: y}}", "/b/b/k/k?fixed&text=y"
    ),
    Case(
      "null and empty in a query", "{Bucket: b, Key: k, Text: '', Items: [], Flag: ~}", "/b/b/k/k?fixed&text="
    ),
    Case("a special float", "{Bucket: b, Key: k, Double: .nan}", "/b/b/k/k?fixed&double=NaN"),
    Case("a structure in a query", "{Bucket: b, Key: k, Text: {a: {b: c}}}", "unfit for query"),
  ]

  @Test(arguments: targets) func target(_ test: Case) throws {
    #expect(try outcome { try Self.located.request(test.parameters).target } == test.expected)
  }

  @Test func everyCharacterOfASCII() throws {
    let kept = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
    for byte in UInt8(0)..<128 {
      let hex = String(byte, radix: 16, uppercase: true)
      let escape = "%" + (byte < 16 ? "0" : "") + hex
      let plain = kept.contains(byte) ? String(UnicodeScalar(byte)) : escape
      let greedy = byte == UInt8(ascii: "/") ? "/" : plain
      let target = try Self.located.request(
        #"{Bucket: "\x\#(escape.dropFirst())", Key: "\x\#(escape.dropFirst())"}"#
      ).target
      #expect(target == "/b/\(plain)/k/\(greedy)?fixed")
    }
  }

  // MARK: Headers

  static let headed = TestedService(
    members: """
      "Text": {"shape": "Text", "location": "header", "locationName": "X-Text"},
      "Type": {"shape": "Text", "location": "header", "locationName": "content-type"},
      "Length": {"shape": "Whole", "location": "header", "locationName": "Content-Length"},
      "Items": {"shape": "Items", "location": "header", "locationName": "X-Items"},
      "Times": {"shape": "Times", "location": "header", "locationName": "X-Times"},
      "When": {"shape": "When", "location": "header", "locationName": "X-When"},
      "Flag": {"shape": "Flag", "location": "header", "locationName": "X-Flag"},
      "JSON": {"shape": "Text", "location": "header", "locationName": "X-JSON", "jsonvalue": true},
      "Meta": {"shape": "Table", "location": "headers", "locationName": "X-Meta-"},
      "Any": {"shape": "Table", "location": "headers", "locationName": ""},
      "Body": {"shape": "Text"}
      """, shapes: #", "Times": {"type": "list", "member": {"shape": "When"}}"#)

  static let standard = "Content-Type: application/json\nContent-Length: 2"

  static let headers: [Case] = [
    Case("none", "{}", standard),
    Case("null and an empty list", "{Text: ~, Items: []}", standard),
    Case("empty text", "{Text: ''}", "X-Text: \n\(standard)"),
    Case("text", "{Text: a b, Flag: true}", "X-Text: a b\nX-Flag: true\n\(standard)"),
    Case("a number for text", "{Text: 0x10}", "X-Text: 16\n\(standard)"),
    Case("lists", "{Items: [a, 'b,c', 'd\"e', ~, '']}", "X-Items: a,\"b,c\",\"d\\\"e\",\n\(standard)"),
    Case(
      "times", "{When: 0.5, Times: [0, 1]}",
      "X-When: Thu, 01 Jan 1970 00:00:00 GMT\n"
        + "X-Times: Thu, 01 Jan 1970 00:00:00 GMT,Thu, 01 Jan 1970 00:00:01 GMT\n\(standard)"),
    Case("JSON", "{JSON: {a: [1, ä]}}", "X-JSON: eyJhIjpbMSwiXHUwMGU0Il19\n\(standard)"),
    Case("JSON that is text", "{JSON: a}", "X-JSON: ImEi\n\(standard)"),
    Case("prefix headers", "{Meta: {a: b, c: ~, D: 1}}", "X-Meta-a: b\nX-Meta-D: 1\n\(standard)"),
    Case("one name in two spellings", "{Text: a, Any: {x-text: b}}", "X-Text: b\n\(standard)"),
    Case(
      "a type of one's own", "{Type: text/plain, Body: a}", "content-type: text/plain\nContent-Length: 13"),
    Case("a length of one's own", "{Length: 7}", "Content-Length: 7\nContent-Type: application/json"),
    Case(
      "values that must not be shown",
      "{Text: (sensitive), Items: (sensitive), When: (sensitive), JSON: (sensitive), Meta: (sensitive)}",
      "X-Text: (sensitive)\nX-Items: (sensitive)\nX-When: (sensitive)\nX-JSON: (sensitive)\n"
        + "X-Meta-: (sensitive)\n\(standard)"),
    Case("a line break", #"{Text: "a\r\nX-Evil: 1"}"#, "unfit for header"),
    Case("a folded line", #"{Text: "a\n b"}"#, "unfit for header"),
    Case("a NUL", #"{Text: "\0"}"#, "unfit for header"),
    Case("a line break in a list", #"{Items: [a, "b\n"]}"#, "unfit for header"),
    Case("a line break in a prefix header", #"{Meta: {a: "b\rc"}}"#, "unfit for header"),
    Case("a line break in a name", #"{Meta: {"a\nb": c}}"#, "unfit for headerName"),
    Case("a colon in a name", "{Meta: {'a: b': c}}", "unfit for headerName"),
    Case("no name", "{Any: {'': a}}", "unfit for headerName"),
    Case("a non-ASCII name", "{Meta: {ä: c}}", "unfit for headerName"),
    Case("a structure", "{Text: {a: b}}", "unfit for header"),
    Case("a list for prefix headers", "{Meta: [a]}", "unfit for header"),
    Case("a list inside prefix headers", "{Meta: {a: [b]}}", "unfit for header"),
  ]

  @Test(arguments: headers) func header(_ test: Case) throws {
    let found = try outcome {
      try Self.headed.request(test.parameters).headers.map { "\($0.name): \($0.value)" }.joined(
        separator: "\n")
    }
    #expect(found == test.expected)
  }

  @Test(arguments: ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"]) func lengths(_ method: String) throws
  {
    let service = TestedService(
      http: #"{"method": "\#(method)", "requestUri": "/"}"#,
      members: #""Text": {"shape": "Text", "location": "header", "locationName": "X"}"#)
    let isBodiless = ["GET", "HEAD", "OPTIONS"].contains(method)
    #expect(try service.request("{}").headers == (isBodiless ? [] : [.init("Content-Length", "0")]))
  }

  // MARK: Payload

  static let payloads: [Case] = [
    Case("Blob", "{Body: AAEC, Text: a}", "\0\u{1}\u{2}"),
    Case("Blob", "{}", ""),
    Case("Blob", "{Body: (sensitive)}", "(sensitive)"),
    Case("Blob", "{Body: 'A*A=='}", "\0"), Case("Blob", "{Body: A}", "not base64"),
    Case("Text", "{Body: ä}", "ä"),
    Case("Text", "{Body: ~}", ""),
    Case("Text", "{Body: {a: b}}", "unfit for payload"),
    Case("Part", "{Body: {Inner: a}}", #"{"Inner": "a"}"#),
    Case("Part", "{}", "{}"),
    Case("Free", "{Body: [1, a]}", #"[1, "a"]"#),
    Case("Items", "{Body: [a]}", #"["a"]"#),
  ]

  @Test(arguments: payloads) func payload(_ test: Case) throws {
    let service = TestedService(
      members:
        #""Body": {"shape": "\#(test.name)"}, "Text": {"shape": "Text", "location": "header", "locationName": "X"}"#,
      traits: #""payload": "Body","#)
    #expect(try service.body(test.parameters) == test.expected)
    guard !test.expected.hasPrefix("not"), !test.expected.hasPrefix("unfit") else { return }
    let types = try service.request(test.parameters).headers.filter { $0.name == "Content-Type" }
    #expect(types.isEmpty == (test.name == "Blob" || test.name == "Text"))
  }

  // MARK: Host

  static let hosts: [Case] = [
    Case("a label", "{Id: a-b.c}", "x.a-b.c."),
    Case("a value that must not be shown", "{Id: (sensitive)}", "x.(sensitive)."),
    Case("absent", "{}", #"missingLabel(member: "Id")"#),
    Case("null", "{Id: ~}", #"missingLabel(member: "Id")"#),
    Case("empty", "{Id: ''}", #"emptyLabel(member: "Id")"#),
    Case("a slash", "{Id: a/b}", "unfit for hostName"),
    Case("a line break at the end", #"{Id: "a\n"}"#, "unfit for hostName"),
    Case("a mapping", "{Id: {}}", "unfit for hostName"),
    Case("braces", "{Id: '{Id}'}", "unfit for hostName"),
  ]

  @Test(arguments: hosts) func host(_ test: Case) throws {
    for name in ["json", "rest-json", "rest-xml", "query", "ec2", "smithy-rpc-v2-cbor"] {
      let service = TestedService(
        metadata: TestedService.metadata(name), endpoint: #"{"hostPrefix": "x.{Id}."}"#,
        members: #""Id": {"shape": "Text", "hostLabel": true}"#)
      let found = try outcome { try service.request(test.parameters).hostPrefix }
      #expect(found == test.expected, "\(name)")
    }
  }

  private func outcome(_ body: () throws -> String) throws -> String {
    do { return try body() } catch let fault as WireFault { return TestedService.describe(fault) }
  }
}
