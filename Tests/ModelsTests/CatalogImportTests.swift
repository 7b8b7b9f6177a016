import Foundation
import Syntax
import TestSupport
import Testing

@testable import Models

/// Cutting botocore's data down to the catalog's files.
@Suite struct CatalogImportTests {
  private static func file(_ text: String, _ path: String = "x/1/service-2.json") -> BotocoreFile {
    BotocoreFile(path: path, bytes: Array(text.utf8))
  }

  private static let endpoints = """
    {"partitions": [
      {"partition": "aws", "regions": {"us-east-1": {"description": "d"}, "eu-west-1": {}},
       "services": {
         "some": {"endpoints": {"us-east-1": {}, "eu-west-1": {}, "fips-us-east-1": {}}},
         "everywhere": {"isRegionalized": false, "endpoints": {"us-east-1": {}}},
         "nowhere": {"endpoints": {}}}},
      {"partition": "aws-cn", "regions": {"cn-north-1": {}}, "services": {"some": {"endpoints": {"cn-north-1": {}}}}}
    ], "version": 3}
    """

  private static let partitions = """
    {"partitions": [
      {"id": "aws", "outputs": {"dnsSuffix": "amazonaws.com"}, "regionRegex": "^us\\\\-\\\\w+", "regions": {"aws-global": {"description": "d"}, "us-east-1": {"description": "d"},
         "eu-west-1": {"description": "d", "dnsSuffix": "own.com"}}},
      {"id": "aws-cn", "outputs": {}, "regionRegex": "^cn"}], "version": "1.1"}
    """

  private static func importer() throws -> CatalogImport {
    try CatalogImport(
      endpoints: file(endpoints, "endpoints.json"), partitions: file(partitions, "partitions.json"))
  }

  private static func reduced(_ model: String) throws -> (json: String, endpointPrefix: String) {
    let reduced = try importer().service(file(model))
    return (String(decoding: reduced.json, as: UTF8.self), reduced.endpointPrefix)
  }

  private static let model = """
    {"version": "2.0", "documentation": "<p>Long words.</p>",
     "metadata": {"endpointPrefix": "some", "apiVersion": "1", "protocol": "json", "unknownKey": 1, "serviceFullName": "X"},
     "operations": {
       "Put": {"name": "Put", "documentation": "<p>Puts.</p>", "http": {"method": "POST", "requestUri": "/"},
               "input": {"shape": "PutRequest", "documentation": "<p>In.</p>"}, "output": {"shape": "PutResponse"},
               "errors": [{"shape": "Gone"}], "deprecated": true, "deprecatedMessage": "Words.", "futureKey": {"a": 1}},
       "Get": {"name": "Get", "http": {"method": "GET", "requestUri": "/"}}},
     "shapes": {
       "PutRequest": {"type": "structure", "required": ["documentation"], "documentation": "<p>Words.</p>",
         "members": {
           "Tree": {"shape": "Tree", "documentation": "<p>Words.</p>", "location": "uri", "futureTrait": true},
           "documentation": {"shape": "Text"}}},
       "Tree": {"type": "list", "member": {"shape": "Branch", "locationName": "b"}, "max": 5},
       "Branch": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Tree"}},
       "Text": {"type": "string", "enum": ["\\u00e4", "b/c"], "documentation": "<p>Words.</p>", "futureTrait": 1},
       "PutResponse": {"type": "structure", "members": {}},
       "Gone": {"type": "structure", "members": {}, "exception": true}}}
    """

  @Test func onlyFactsAboutInputs() throws {
    let reduced = try Self.reduced(Self.model)
    #expect(reduced.endpointPrefix == "some")
    #expect(
      reduced.json == """
        {
        "metadata":{"endpointPrefix":"some","apiVersion":"1","protocol":"json"},
        "regions":["cn-north-1","eu-west-1","us-east-1"],
        "operations":{
        "Get":{"http":{"method":"GET","requestUri":"/"}},
        "Put":{"http":{"method":"POST","requestUri":"/"},"input":{"shape":"PutRequest"},"deprecated":true}
        },
        "shapes":{
        "Branch":{"type":"map","key":{"shape":"Text"},"value":{"shape":"Tree"}},
        "PutRequest":{"type":"structure","required":["documentation"],"members":{
        "Tree":{"shape":"Tree","location":"uri","futureTrait":true},
        "documentation":{"shape":"Text"}
        }},
        "Text":{"type":"string","enum":["ä","b/c"]},
        "Tree":{"type":"list","member":{"shape":"Branch","locationName":"b"},"max":5}
        }
        }

        """)
  }

  /// The cut-down file read again gives itself.
  @Test func idempotent() throws {
    let once = try Self.reduced(Self.model).json
    #expect(try Self.reduced(once).json == once)
    let reader = try ServiceModel(name: "some", json: SourceText(once))
    #expect(reader.operationNames == ["Get", "Put"])
    #expect(try reader.operation("Put")?.shapes.map(\.name) == ["PutRequest", "Tree", "Branch", "Text"])
  }

  @Test func packedFiles() throws {
    let importer = try Self.importer()
    #expect(throws: CatalogImport.Fault.missing(path: "a.gz", key: "metadata")) {
      try importer.service(BotocoreFile(path: "a.gz", bytes: GzipTests.packed))
    }
    #expect(throws: CatalogImport.Fault.packed(path: "a.gz", .truncated)) {
      try importer.service(BotocoreFile(path: "a.gz", bytes: Array(GzipTests.packed.dropLast())))
    }
  }

  @Test(arguments: [
    ("some", ["cn-north-1", "eu-west-1", "us-east-1"]), ("everywhere", nil), ("nowhere", nil),
    ("unheard-of", nil),
  ])
  func regions(_ prefix: String, _ expected: [String]?) throws {
    let model = #"{"metadata": {"endpointPrefix": "\#(prefix)"}, "operations": {}, "shapes": {}}"#
    let json = try Self.importer().service(Self.file(model)).json
    #expect(try ServiceModel(name: prefix, json: SourceText(json)).regions == expected)
  }

  @Test func partitionTable() throws {
    let table = String(decoding: try Self.importer().partitionTable(), as: UTF8.self)
    #expect(
      table == """
        {
        "partitions":[
        {"id":"aws","outputs":{"dnsSuffix":"amazonaws.com"},"regionRegex":"^us\\\\-\\\\w+","regions":["eu-west-1","us-east-1"],"otherRegions":{"aws-global":{},"eu-west-1":{"dnsSuffix":"own.com"}}},
        {"id":"aws-cn","outputs":{},"regionRegex":"^cn","regions":["cn-north-1"]}
        ]
        }

        """)
  }

  private static let rules = """
    {"version": "1.0", "documentation": "Words.",
     "parameters": {
       "documentation": {"type": "string", "builtIn": "AWS::Region", "documentation": "Words.",
         "deprecated": {"message": "Words."}},
       "Bucket": {"type": "stringArray", "default": ["a"], "required": true, "documentation": "Words."}},
     "rules": [
       {"documentation": "Words.", "type": "tree", "conditions": [{"fn": "isSet", "argv": [{"ref": "Bucket"}]}],
        "rules": [
          {"conditions": [], "documentation": "Words.", "type": "tree", "rules": [
            {"conditions": [], "error": "{documentation}", "type": "error"}]},
          {"documentation": "Words.", "conditions": [], "type": "tree", "rules": []}]},
       {"conditions": [], "type": "endpoint", "documentation": "Words.",
        "endpoint": {"url": "https://ä", "properties": {"authSchemes": [{"name": "x"}]}, "headers": {"h": ["v"]}}}]}
    """

  @Test func endpointRules() throws {
    let importer = try Self.importer()
    let rules = try importer.endpointRules(Self.file(Self.rules))
    #expect(
      String(decoding: rules, as: UTF8.self) == """
        {
        "version":"1.0",
        "parameters":{
        "documentation":{"type":"string","builtIn":"AWS::Region"},
        "Bucket":{"type":"stringArray","default":["a"],"required":true}
        },
        "rules":[
        {"type":"tree","conditions":[{"fn":"isSet","argv":[{"ref":"Bucket"}]}],"rules":[
         {"conditions":[],"type":"tree","rules":[
          {"conditions":[],"error":"{documentation}","type":"error"}
         ]},
         {"conditions":[],"type":"tree","rules":[]}
        ]},
        {"conditions":[],"type":"endpoint","endpoint":{"url":"https://ä","properties":{"authSchemes":[{"name":"x"}]},"headers":{"h":["v"]}}}
        ]
        }

        """)
    #expect(try importer.endpointRules(BotocoreFile(path: "x", bytes: rules)) == rules)
  }

  @Test(arguments: ["version", "parameters", "rules"])
  func endpointRulesWithout(_ key: String) throws {
    let rest = ["version", "parameters", "rules"].filter { $0 != key }.map { "\"\($0)\": \"\"" }
    #expect(throws: CatalogImport.Fault.missing(path: "m", key: key)) {
      try Self.importer().endpointRules(Self.file("{\(rest.joined(separator: ", "))}", "m"))
    }
  }

  static let faults: [(model: String, fault: CatalogImport.Fault)] = [
    ("{}", .missing(path: "m", key: "metadata")),
    (#"{"metadata": {}}"#, .missing(path: "m", key: "operations")),
    (#"{"metadata": {}, "operations": {}}"#, .missing(path: "m", key: "shapes")),
    (
      #"{"metadata": {}, "operations": {"Put": {"input": {"shape": "Gone"}}}, "shapes": {}}"#,
      .danglingShape(path: "m", shape: "Gone")
    ),
    (
      #"{"metadata": {}, "operations": {"Put": {"input": {"shape": "A"}}}, "#
        + #""shapes": {"A": {"type": "list", "member": {"shape": "B"}}}}"#,
      .danglingShape(path: "m", shape: "B")
    ),
    (
      "{",
      .syntax(
        path: "m",
        SyntaxIssue(kind: .syntax, message: "text ends inside the JSON value", span: ByteSpan(1, 1)))
    ),
  ]

  @Test(arguments: faults)
  func fault(_ test: (model: String, fault: CatalogImport.Fault)) throws {
    let importer = try Self.importer()
    #expect(throws: test.fault) { try importer.service(Self.file(test.model, "m")) }
  }

  @Test func cSource() {
    let text = catalogSource(files: [("es", "es"), ("partitions", "")], source: "botocore 1")
    #expect(text.contains("#embed \"files/es.json\""))
    #expect(
      text.contains(
        "{\"es\", \"es\", file_0, sizeof file_0},\n  {\"partitions\", \"\", file_1, sizeof file_1},"))
    #expect(text.contains("reqlint_catalog_count = 2;"))
    #expect(text.contains("reqlint_catalog_source[] = \"botocore 1\";"))
  }
}

private enum InstalledBotocore {
  static let data = ProcessInfo.processInfo.environment["REQLINT_BOTOCORE_DATA"]
    .map { URL(fileURLWithPath: $0, isDirectory: true) }
}

/// The catalog's files are what an installed botocore of the same version gives, byte for byte.
@Suite(
  .enabled(if: InstalledBotocore.data != nil, "REQLINT_BOTOCORE_DATA names no folder of botocore's data"))
struct InstalledCatalogTests {
  private static func read(_ path: String) throws -> BotocoreFile {
    BotocoreFile(
      path: path, bytes: Array(try Data(contentsOf: #require(InstalledBotocore.data).appending(path: path))))
  }

  private static func importer() throws -> CatalogImport {
    try CatalogImport(endpoints: read("endpoints.json"), partitions: read("partitions.json"))
  }

  private static func committed(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: Project.root.appending(path: "Sources/CCatalog/files/\(name).json")))
  }

  @Test(arguments: Catalog.builtIn.serviceNames)
  func service(_ name: String) throws {
    let versions = try FileManager.default.contentsOfDirectory(
      atPath: #require(InstalledBotocore.data).appending(path: name).path)
    let version = try #require(versions.max())
    let reduced = try Self.importer().service(Self.read("\(name)/\(version)/service-2.json.gz"))
    #expect(try reduced.json == Self.committed(name))
  }

  @Test(arguments: Catalog.builtIn.serviceNames)
  func endpointRules(_ name: String) throws {
    let folder = try #require(InstalledBotocore.data).appending(path: name).path
    let version = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).max())
    let rules = try Self.importer().endpointRules(Self.read("\(name)/\(version)/endpoint-rule-set-1.json.gz"))
    #expect(try rules == Self.committed("\(name).endpoints"))
    #expect(!rules.contains("documentation".utf8))
  }

  @Test func partitions() throws {
    #expect(try Self.importer().partitionTable() == Self.committed("partitions"))
  }
}
