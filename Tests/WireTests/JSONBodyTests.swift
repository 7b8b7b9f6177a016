import Syntax
import Testing
import Wire

/// Bodies in JSON: what files hold, and what becomes of it.
@Suite struct JSONBodyTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let parameters: String
    let body: String

    var testDescription: String { name }

    init(_ name: String, _ parameters: String, _ body: String) {
      self.name = name
      self.parameters = parameters
      self.body = body
    }
  }

  static let json = TestedService(
    metadata: TestedService.metadata("json"), members: TestedService.kinds)
  static let restJSON = TestedService(members: TestedService.kinds)

  static let cases: [Case] = [
    Case("no parameters", "{}", "{}"),
    Case("members keep the file's order", "{Whole: 1, Text: a}", #"{"Whole": 1, "Text": "a"}"#),
    Case("unknown members are left out", "{Nope: 1, Text: a, text: b}", #"{"Text": "a"}"#),
    Case(
      "a key given twice has its first place and last value", "{Text: a, Whole: 1, Text: b}",
      #"{"Text": "b", "Whole": 1}"#),
    Case(
      "aliases and merge keys", "{Part: &p {Inner: a}, Parts: [*p, {<<: *p, Part: *p}]}",
      #"{"Part": {"Inner": "a"}, "Parts": [{"Inner": "a"}, {"Part": {"Inner": "a"}, "Inner": "a"}]}"#),
    Case("empty collections", "{Items: [], Table: {}, Part: {}}", #"{"Items": [], "Table": {}, "Part": {}}"#),
    Case(
      "null inside", "{Items: [~, a], Table: {k: null}}", #"{"Items": [null, "a"], "Table": {"k": null}}"#),
    Case(
      "a document of any type", "{Free: {a: [1, 1.50, true, ~, x], b: {}}}",
      #"{"Free": {"a": [1, 1.5, true, null, "x"], "b": {}}}"#),
    Case("a document that is a scalar", "{Free: 1e3}", #"{"Free": 1000.0}"#),
    Case(
      "a document with a number that is none", "{Free: [.inf, -.inf, .nan]}",
      #"{"Free": [Infinity, -Infinity, NaN]}"#),

    Case(
      "controls and non-ASCII are escaped", #"{Text: "\"\\/\b\f\n\r\t\x01\x7f\xe4\u2028\U0001F600"}"#,
      #"{"Text": "\"\\/\b\f\n\r\t\u0001\u007f\u00e4\u2028\ud83d\ude00"}"#),
    Case("keys are escaped too", #"{Table: {"ä\"": a}}"#, #"{"Table": {"\u00e4\"": "a"}}"#),

    Case(
      "integers of any size", "{Whole: 123456789012345678901234567890}",
      #"{"Whole": 123456789012345678901234567890}"#),
    Case(
      "integers as YAML may write them", "{Items: [-0, +7, 0x1F, 0o17, 007, -5]}",
      #"{"Items": [0, 7, 31, 15, 7, -5]}"#),
    Case("an integer for a float", "{Double: 3}", #"{"Double": 3}"#),
    Case(
      "floats with the fewest digits",
      "{Free: [1.0, .5, 1e15, 1e16, 1.5e-7, 0.0001, 0.00001, -0.0, 1.10, 5e-324]}",
      #"{"Free": [1.0, 0.5, 1000000000000000.0, 1e+16, 1.5e-07, 0.0001, 1e-05, -0.0, 1.1, 5e-324]}"#),
    Case(
      "floats beyond the exact integers",
      "{Free: [9007199254740993.0, 123456789012345680.0, 1e22, 1.7976931348623157e308]}",
      #"{"Free": [9007199254740992.0, 1.2345678901234568e+17, 1e+22, 1.7976931348623157e+308]}"#),
    Case("special floats", "{Single: .nan, Double: -.inf}", #"{"Single": "NaN", "Double": "-Infinity"}"#),
    Case("a float too large is infinite", "{Double: 1e999}", #"{"Double": "Infinity"}"#),
    Case(
      "special floats as text", "{Single: NaN, Double: Infinity}", #"{"Single": "NaN", "Double": "Infinity"}"#
    ),

    Case("blobs are checked and written anew", "{Blob: ' aGVs\n bG8= '}", #"{"Blob": "aGVsbG8="}"#),
    Case("binary YAML", "Blob: !!binary |\n  aGVs\n  bG8=\n", #"{"Blob": "aGVsbG8="}"#),
    Case("an empty blob", "{Blob: ''}", #"{"Blob": ""}"#),
    Case("a blob without its padding", "{Blob: aGVsbG8}", "not base64"),
    Case("a blob with padding inside", "{Blob: aGVsb=G8}", "not base64"),
    Case("other characters are dropped", "{Blob: aGVs*bG8=}", #"{"Blob": "aGVsbG8="}"#),

    Case("times are seconds", "{When: 2026-12-01T10:00:00.9Z}", #"{"When": 1796119200.9}"#),
    Case("a time that is none", "{When: tomorrow}", "not a timestamp"),

    Case(
      "scalars of another type", "{Text: 1, Flag: 'yes', Whole: '5', Single: true, Blob: 7, When: true}",
      #"{"Text": 1, "Flag": "yes", "Whole": "5", "Single": true, "Blob": 7, "When": true}"#),
    Case(
      "collections of another type", "{Text: [1, {a: b}], Items: {a: 1}, Part: [x], Table: [y]}",
      #"{"Text": [1, {"a": "b"}], "Items": {"a": 1}, "Part": ["x"], "Table": ["y"]}"#),
    Case(
      "values that must not be shown",
      "{Text: (sensitive), Flag: (sensitive), Whole: (sensitive), Blob: (sensitive), When: (sensitive), "
        + "Items: (sensitive), Table: (sensitive), Part: (sensitive), Free: (sensitive)}",
      #"{"Text": "(sensitive)", "Flag": "(sensitive)", "Whole": "(sensitive)", "Blob": "(sensitive)", "#
        + #""When": "(sensitive)", "Items": "(sensitive)", "Table": "(sensitive)", "Part": "(sensitive)", "#
        + #""Free": "(sensitive)"}"#),
  ]

  @Test(arguments: cases) func bodies(_ test: Case) throws {
    #expect(try Self.json.body(test.parameters) == test.body)
    #expect(try Self.restJSON.body(test.parameters) == test.body)
  }

  @Test func nullAtTheTop() throws {
    #expect(
      try Self.json.body("{Text: ~, Part: ~, Whole: 1}") == #"{"Text": null, "Part": null, "Whole": 1}"#)
    #expect(try Self.restJSON.body("{Text: ~, Part: ~, Whole: 1}") == #"{"Whole": 1}"#)
  }

  @Test func scalarsThatOnlyYAML11Reads() throws {
    let call = try Self.json.call("{Flag: on, Whole: 010, Free: off}")
    let document = call.document
    let plain = ["Flag", "Whole", "Free"].compactMap { document.value(of: $0, in: document.root) }
    let reread = Call(
      operation: call.operation, service: call.service, document: document.reading(asYAML11: plain),
      parameters: call.parameters)
    let request = try httpRequest(for: reread)
    #expect(String(decoding: request.body, as: UTF8.self) == #"{"Flag": true, "Whole": 8, "Free": false}"#)
  }

  @Test func namesOnTheWire() throws {
    let service = TestedService(
      members: """
        "A": {"shape": "Text", "locationName": "alpha"},
        "W": {"shape": "When", "timestampFormat": "rfc822"}, "V": {"shape": "Time"}
        """, shapes: #", "Time": {"type": "timestamp", "timestampFormat": "iso8601"}"#)
    #expect(
      try service.body("{A: x, W: 0, V: 0.5}")
        == #"{"alpha": "x", "W": "Thu, 01 Jan 1970 00:00:00 GMT", "V": "1970-01-01T00:00:00.500000Z"}"#)
  }

  @Test func rawBlobs() throws {
    let request = try Self.json.request("{Blob: 'ä*'}", options: WireOptions(blobs: .raw))
    #expect(String(decoding: request.body, as: UTF8.self) == #"{"Blob": "w6Qq"}"#)
  }

  @Test func headers() throws {
    let request = try Self.json.request("{}")
    #expect(request.target == "/")
    #expect(
      request.headers == [
        .init("X-Amz-Target", "Tested.Put"), .init("Content-Type", "application/x-amz-json-1.1"),
        .init("Content-Length", "2"),
      ])
  }
}
