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
      BotocoreData(
        path: "data", files: [file(endpoints, "endpoints.json"), file(partitions, "partitions.json")]))
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
       "Branch": {"type": "structure", "members": {"Twig": {"shape": "Tree"}}},
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
        "Branch":{"type":"structure","members":{
        "Twig":{"shape":"Tree"}
        }},
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

  /// Of a shape or an operation given twice the last counts, whatever the others are.
  @Test func namesGivenTwice() throws {
    let once = try Self.reduced(
      """
      {"metadata": {}, "operations": {"Put": {"input": {"shape": "None"}}, "Put": {"input": {"shape": "In"}}},
       "shapes": {"In": {"uype": "structure", "members": {"A": {"shape": "In"}}}, "In": {"type": "structure"}}}
      """
    ).json
    #expect(
      once == """
        {
        "metadata":{},
        "operations":{
        "Put":{"input":{"shape":"In"}}
        },
        "shapes":{
        "In":{"type":"structure"}
        }
        }

        """)
    #expect(try Self.reduced(once).json == once)
  }

  @Test func packedFiles() throws {
    let importer = try Self.importer()
    #expect(throws: ModelFault(path: "a.gz", .missing(key: "metadata"))) {
      try importer.service(BotocoreFile(path: "a.gz", bytes: GzipTests.packed))
    }
    #expect(throws: ModelFault(path: "a.gz", .packed(.truncated))) {
      try importer.service(BotocoreFile(path: "a.gz", bytes: Array(GzipTests.packed.dropLast())))
    }
  }

  /// Else the catalog would hold other names than the model.
  @Test func refusesWhatIsNotUTF8() throws {
    let importer = try Self.importer()
    var bytes = Array(Self.model.utf8)
    let place = try #require(bytes.firstIndex(of: UInt8(ascii: "T")))
    bytes[place] = 0xFF
    let issue = SyntaxIssue(kind: .syntax, message: "file is not UTF-8", span: ByteSpan(place, place + 1))
    #expect(throws: ModelFault(path: "x/1/service-2.json", .syntax(issue))) {
      try importer.service(BotocoreFile(path: "x/1/service-2.json", bytes: bytes))
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
    let table = String(decoding: try #require(try Self.importer().partitionTable()), as: UTF8.self)
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
    let rules = try CatalogImport.endpointRules(Self.file(Self.rules))
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
    #expect(try CatalogImport.endpointRules(BotocoreFile(path: "x", bytes: rules)) == rules)
  }

  @Test(arguments: ["version", "parameters", "rules"])
  func endpointRulesWithout(_ key: String) throws {
    let rest = ["version", "parameters", "rules"].filter { $0 != key }.map { "\"\($0)\": \"\"" }
    #expect(throws: ModelFault(path: "m", .missing(key: key))) {
      try CatalogImport.endpointRules(Self.file("{\(rest.joined(separator: ", "))}", "m"))
    }
  }

  static let faults: [(model: String, problem: ModelFault.Problem)] = [
    ("{}", .missing(key: "metadata")),
    (#"{"metadata": {}}"#, .missing(key: "operations")),
    (#"{"metadata": {}, "operations": {}}"#, .missing(key: "shapes")),
    (put("A", #""B": {"type": "string"}"#), .danglingShape("A")),
    (put("A", #""A": {"type": "list", "member": {"shape": "B"}}"#), .danglingShape("B")),
    (put("A", #""A": {"type": "bigDecimal"}"#), .unknownType("bigDecimal", shape: "A")),
    (put("A", #""A": {"members": {}}"#), .unknownType("", shape: "A")),
    (put("A", "\(requiring("A", "A"))"), .endlessShape("A")),
    (put("A", #""A": {"type": "list", "member": {"shape": "A"}}"#), .endlessShape("A")),
    (
      put(
        "A",
        #""A": {"type": "list", "member": {"shape": "B"}}, "S": {"type": "string"}, "#
          + #""B": {"type": "map", "key": {"shape": "S"}, "value": {"shape": "A"}}"#), .endlessShape("A")
    ),
    (put("A", "\(requiring("A", "B")), \(requiring("B", "C")), \(requiring("C", "B"))"), .endlessShape("B")),
    (
      "{",
      .syntax(SyntaxIssue(kind: .syntax, message: "text ends inside the JSON value", span: ByteSpan(1, 1)))
    ),
  ]

  private static func put(_ input: String, _ shapes: String) -> String {
    #"{"metadata": {}, "operations": {"Put": {"input": {"shape": "\#(input)"}}}, "shapes": {\#(shapes)}}"#
  }

  private static func requiring(_ name: String, _ other: String) -> String {
    #""\#(name)": {"type": "structure", "required": ["m"], "members": {"m": {"shape": "\#(other)"}}}"#
  }

  @Test(arguments: faults)
  func fault(_ test: (model: String, problem: ModelFault.Problem)) throws {
    let importer = try Self.importer()
    #expect(throws: ModelFault(path: "m", test.problem)) { try importer.service(Self.file(test.model, "m")) }
  }

  /// A shape that may hold itself, or that two members require, is none that never ends.
  @Test(arguments: [
    #""A": {"type": "structure", "members": {"m": {"shape": "A"}}}"#,
    #""A": {"type": "structure", "required": ["m"], "members": {"m": {"shape": "L"}}}, "#
      + #""L": {"type": "list", "member": {"shape": "A"}}"#,
    #""A": {"type": "structure", "required": ["m", "n"], "members": {"m": {"shape": "B"}, "n": {"shape": "B"}}}, "#
      + #""B": {"type": "structure", "members": {}}"#,
  ])
  func recursion(_ shapes: String) throws {
    let json = try Self.importer().service(Self.file(Self.put("A", shapes))).json
    #expect(try ServiceModel(name: "some", json: SourceText(json)).operation("Put") != nil)
  }

  // MARK: Whole folders

  private static func model(_ operation: String) -> String {
    #"{"metadata": {"endpointPrefix": "some"}, "operations": {"\#(operation)": {}}, "shapes": {}}"#
  }

  private static let folder = BotocoreData(
    path: "data",
    files: [
      file(endpoints, "endpoints.json"), file(partitions, "partitions.json"),
      file(model("Old"), "some/2020-01-01/service-2.json"),
      file(model("New"), "some/2026-01-01/service-2.json"),
      file(rules, "some/2026-01-01/endpoint-rule-set-1.json"),
      file("{}", "some/2027-01-01/paginators-1.json"),
      file("{", "torn/2026-01-01/service-2.json"), file("{}", "empty/readme.txt"), file("{}", "_retry.json"),
    ])

  @Test func versions() throws {
    #expect(Self.folder.versions == ["some": ["2020-01-01", "2026-01-01"], "torn": ["2026-01-01"]])
    #expect(Self.folder.serviceNames == ["some", "torn"])
    let imports = try CatalogImport(Self.folder)
    func operations(_ name: String) throws -> [String]? {
      try imports.service(name).map { try ServiceModel(name: name, json: SourceText($0.json)).operationNames }
    }
    #expect(try operations("some") == ["New"])
    #expect(try operations("some@2020-01-01") == ["Old"])
    #expect(try operations("some@2027-01-01") == nil)
    #expect(try operations("../data/some") == nil)
    #expect(try operations("some/2026-01-01") == nil)
    #expect(try imports.files(of: "some")?.map(\.name) == ["some", "some.endpoints"])
    #expect(try imports.files(of: "some@2020-01-01")?.map(\.name) == ["some@2020-01-01"])
  }

  /// A catalog straight from a folder: a torn model keeps none of the others from being used.
  @Test func catalogOfFolder() throws {
    let catalog = Catalog(try CatalogImport(Self.folder), source: "here")
    #expect(catalog.source == "here")
    #expect(catalog.serviceNames == ["some", "torn"])
    #expect(!catalog.hasService("es"))
    #expect(catalog.regions() == ["cn-north-1", "eu-west-1", "us-east-1"])
    #expect(try catalog.endpointRules(of: "some") != nil)
    let models = LoadedModels(catalog)
    #expect(try models.operation(OperationID(service: "some", operation: "New")) != nil)
    #expect(models.canonicalName(OperationID(service: "torn", operation: "Put"))?.operation == "Put")
    #expect(throws: ModelFault.self) { try models.operation(OperationID(service: "torn", operation: "Put")) }
  }

  /// A folder without tables of endpoints and partitions is laid over what is compiled in.
  @Test func catalogOfSomeServices() throws {
    let data = BotocoreData(
      path: "mine", files: [Self.file(Self.model("Put"), "es/2026-01-01/service-2.json")])
    let catalog = Catalog(try CatalogImport(data), source: "here")
    #expect(catalog.source == "here, \(Catalog.builtIn.source)")
    #expect(try catalog.service("es")?.operationNames == ["Put"])
    #expect(try catalog.service("opensearch")?.hasOperation("CreatePackage") == true)
    #expect(catalog.serviceNames == Catalog.builtIn.serviceNames)
    #expect(catalog.regions() == Catalog.builtIn.regions())
  }

  @Test func cSource() {
    let text = catalogSource(
      files: [("es", "es"), ("partitions", "")], source: "botocore 1", date: "2026-11-28")
    #expect(text.contains("#embed \"files/es.json\""))
    #expect(
      text.contains(
        "{\"es\", \"es\", file_0, sizeof file_0},\n  {\"partitions\", \"\", file_1, sizeof file_1},"))
    #expect(text.contains("reqlint_catalog_count = 2;"))
    #expect(text.contains("reqlint_catalog_source[] = \"botocore 1\";"))
    #expect(text.contains("reqlint_catalog_date[] = \"2026-11-28\";"))
    #expect(
      catalogSource(files: [], source: "botocore 1", date: nil).contains("reqlint_catalog_date[] = \"\";"))
  }
}

private enum InstalledBotocore {
  static let path = ProcessInfo.processInfo.environment["REQLINT_BOTOCORE_DATA"]

  static func data() throws -> BotocoreData {
    let root = URL(fileURLWithPath: try #require(path), isDirectory: true)
    return try BotocoreData(path: root.path) { folder in
      (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)) ?? []
    } read: { (path) throws(ModelFault) in
      guard let bytes = try? Data(contentsOf: root.appending(path: path)) else {
        throw ModelFault(path: path, .unreadable("gone"))
      }
      return BotocoreFile(path: path, bytes: Array(bytes))
    }
  }
}

/// The catalog's files are what an installed botocore of the same version gives, byte for byte.
@Suite(
  .enabled(if: InstalledBotocore.path != nil, "REQLINT_BOTOCORE_DATA names no folder of botocore's data"))
struct InstalledCatalogTests {
  private static let files = Project.root.appending(path: "Sources/CCatalog/files")

  @Test func everyFile() throws {
    let imports = try CatalogImport(InstalledBotocore.data())
    #expect(imports.serviceNames == Catalog.builtIn.serviceNames)
    var made: [CatalogFile] = []
    for name in imports.serviceNames { made += try #require(try imports.files(of: name)) }
    made += try imports.sharedFiles(for: made)
    let committed = try FileManager.default.contentsOfDirectory(atPath: Self.files.path).sorted()
    #expect(made.map { "\($0.name).json" }.sorted() == committed)
    for file in made {
      let bytes = Array(try Data(contentsOf: Self.files.appending(path: "\(file.name).json")))
      #expect(bytes == file.json, "\(file.name)")
      #expect(!file.json.contains(sequence: Array("\"documentation\":\"".utf8)), "\(file.name)")
    }
  }
}
