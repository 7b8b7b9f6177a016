import Models
import Syntax
import Testing

/// Reading one service's model.
@Suite struct ServiceModelTests {
  /// Every kind of shape, with unsorted tables as botocore never has them.
  static let model = """
    {"metadata": {"apiVersion": "2026-01-01", "endpointPrefix": "kinds", "protocol": "rest-json", "uid": "kinds-2026"},
     "operations": {
       "Put": {"http": {"method": "PUT", "requestUri": "/things/{Id}"}, "input": {"shape": "PutRequest"}},
       "Empty": {"name": "Empty"},
       "Old": {"input": {"shape": "Nothing"}, "deprecated": true}},
     "shapes": {
       "PutRequest": {"type": "structure", "required": ["Token", "Id"], "members": {
         "Token": {"shape": "Text", "idempotencyToken": true},
         "Id": {"shape": "Text", "location": "uri", "locationName": "id", "hostLabel": true},
         "Old": {"shape": "OldText", "deprecated": true},
         "Header": {"shape": "Text", "location": "header", "locationName": "x", "jsonvalue": true},
         "Tree": {"shape": "Tree"}, "Table": {"shape": "Table"}, "Choice": {"shape": "Choice"},
         "Free": {"shape": "Free"}, "Bytes": {"shape": "Bytes"}, "When": {"shape": "When"},
         "Float": {"shape": "Float"}, "Double": {"shape": "Double"}, "Integer": {"shape": "Integer"},
         "Long": {"shape": "Long"}, "Flag": {"shape": "Flag"}, "Letter": {"shape": "Letter"}}},
       "Nothing": {"type": "structure", "members": {}},
       "Text": {"type": "string", "min": 1, "max": 5, "pattern": "a+", "enum": ["a", "aa"], "sensitive": true},
       "OldText": {"type": "string", "deprecated": true},
       "Tree": {"type": "list", "member": {"shape": "Tree"}, "min": 0, "max": 3},
       "Table": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Long"}},
       "Choice": {"type": "structure", "union": true, "members": {"A": {"shape": "Text"}, "B": {"shape": "Choice"}}},
       "Free": {"type": "structure", "document": true, "members": {}},
       "Bytes": {"type": "blob", "max": 10, "streaming": true},
       "When": {"type": "timestamp", "timestampFormat": "iso8601"},
       "Float": {"type": "float", "min": 0.5, "max": 1.5e1}, "Double": {"type": "double", "min": -0.1},
       "Integer": {"type": "integer", "max": 7}, "Long": {"type": "long", "min": 9007199254740993},
       "Flag": {"type": "boolean"}, "Letter": {"type": "character"}}}
    """

  private static func service(_ json: String = model) throws -> ServiceModel {
    try ServiceModel(name: "kinds", json: SourceText(json))
  }

  @Test func metadata() throws {
    let metadata = try Self.service().metadata
    #expect(metadata.apiVersion == "2026-01-01")
    #expect(metadata.endpointPrefix == "kinds")
    #expect(metadata.wireProtocol == "rest-json")
    #expect(metadata.uid == "kinds-2026")
    #expect(try Self.service().regions == nil)
  }

  @Test func operations() throws {
    let service = try Self.service()
    #expect(service.operationNames == ["Empty", "Old", "Put"])
    #expect(service.operationNames.allSatisfy { service.hasOperation($0) })
    #expect(!service.hasOperation("put") && !service.hasOperation("") && !service.hasOperation("Puts"))
    let put = try #require(try service.operation("Put"))
    #expect(put.id.description == "kinds.Put")
    #expect([put.method, put.requestURI] == ["PUT", "/things/{Id}"])
    #expect(!put.isDeprecated)
    let empty = try #require(try service.operation("Empty"))
    #expect(empty.input == nil && empty.shapes.isEmpty)
    #expect([empty.method, empty.requestURI] == ["POST", "/"])
    let old = try #require(try service.operation("Old"))
    #expect(old.isDeprecated && old.shapes.count == 1)
    #expect(try service.operation("Nothing") == nil)
  }

  @Test func members() throws {
    let put = try #require(try Self.service().operation("Put"))
    let input = try #require(put.shape(at: []))
    #expect(
      input.members.map(\.name) == [
        "Token", "Id", "Old", "Header", "Tree", "Table", "Choice", "Free", "Bytes", "When", "Float", "Double",
        "Integer", "Long", "Flag", "Letter",
      ])
    #expect(input.members.filter(\.isRequired).map(\.name) == ["Token", "Id"])
    #expect(input.members.filter(\.isIdempotencyToken).map(\.name) == ["Token"])
    #expect(input.members.filter(\.isHostLabel).map(\.name) == ["Id"])
    #expect(input.members.filter(\.isDeprecated).map(\.name) == ["Old"])
    #expect(input.members.filter(\.isJSONValue).map(\.name) == ["Header"])
    #expect(input.member("Id")?.location == "uri")
    #expect(input.member("Id")?.locationName == "id")
    #expect(input.member("Tree")?.location == nil)
    #expect(input.member("id") == nil)
  }

  @Test func shapes() throws {
    let put = try #require(try Self.service().operation("Put"))
    func shape(_ path: String...) throws -> Shape { try #require(put.shape(at: path)) }
    let kinds: [(String, Shape.Kind)] = [
      ("Token", .string), ("Tree", .list), ("Table", .map), ("Choice", .structure), ("Free", .structure),
      ("Bytes", .blob), ("When", .timestamp), ("Float", .float), ("Double", .double), ("Integer", .integer),
      ("Long", .long), ("Flag", .boolean), ("Letter", .string),
    ]
    for (name, kind) in kinds { #expect(try shape(name).kind == kind, "\(name)") }
    let text = try shape("Token")
    #expect(text.minimum == ExactNumber(1) && text.maximum == ExactNumber(5))
    #expect(text.pattern == "a+" && text.values == ["a", "aa"] && text.isSensitive)
    #expect(try shape("Old").isDeprecated)
    #expect(try shape("Choice").isUnion && shape("Free").isDocument && shape("Bytes").isStreaming)
    #expect(try shape("When").timestampFormat == "iso8601")
    #expect(
      try shape("Float").minimum == ExactNumber(decimal: "0.5".utf8)
        && shape("Float").maximum == ExactNumber(decimal: "15".utf8))
    #expect(try shape("Long").minimum == ExactNumber(decimal: "9007199254740993".utf8))
  }

  @Test func paths() throws {
    let put = try #require(try Self.service().operation("Put"))
    #expect(put.shape(at: ["Tree", "0", "7", "x"])?.name == "Tree")
    #expect(put.shape(at: ["Table", "any"])?.name == "Long")
    #expect(put.shape(at: ["Choice", "B", "B", "A"])?.name == "Text")
    #expect(put.shape(at: ["Choice", "C"]) == nil)
    #expect(put.shape(at: ["Id", "x"]) == nil)
    #expect(put.shape(at: ["Free", "x"]) == nil)
  }

  @Test func memberNames() throws {
    let service = try Self.service()
    #expect(service.inputMemberNames(of: "Put").names.count == 16)
    #expect(service.inputMemberNames(of: "Put").required == ["Token", "Id"])
    #expect(service.inputMemberNames(of: "Empty").names == [])
    #expect(service.inputMemberNames(of: "Nothing").names == [])
  }

  static let faults: [(json: String, operation: String, problem: ModelFault.Problem)] = [
    ("{}", "", .missing(key: "operations")),
    (#"{"operations": []}"#, "", .missing(key: "operations")),
    (#"{"operations": {}}"#, "", .missing(key: "shapes")),
    (
      #"{"operations": {"Put": {"input": {"shape": "A"}}}, "shapes": {}}"#, "Put",
      .danglingShape("A")
    ),
    (
      #"{"operations": {"Put": {"input": {"shape": "A"}}}, "shapes": {"A": {"type": "bigDecimal"}}}"#, "Put",
      .unknownType("bigDecimal", shape: "A")
    ),
    (
      #"{"operations": {"Put": {"input": {"shape": "A"}}}, "shapes": {"A": {"type": "list"}}}"#, "Put",
      .missing(key: "member")
    ),
    (
      #"{"operations": {"Put": {"input": {"shape": "A"}}}, "shapes": {"A": {"type": "map", "key": {"shape": "A"}}}}"#,
      "Put", .missing(key: "value")
    ),
    (
      "[", "",
      .syntax(
        SyntaxIssue(kind: .syntax, message: "text ends inside the JSON value", span: ByteSpan(1, 1)))
    ),
  ]

  @Test(arguments: faults)
  func fault(_ test: (json: String, operation: String, problem: ModelFault.Problem)) {
    #expect(throws: ModelFault(path: "kinds", test.problem)) {
      try Self.service(test.json).operation(test.operation)
    }
  }

  @Test(arguments: [
    ("es.CreatePackage", OperationID(service: "es", operation: "CreatePackage")), ("es", nil), ("es.", nil),
    (".CreatePackage", nil), ("a.b.c", nil), ("", nil), (".", nil),
    ("ä.ö", OperationID(service: "ä", operation: "ö")),
  ])
  func operationID(_ text: String, _ expected: OperationID?) {
    #expect(OperationID(parsing: text) == expected)
  }
}
