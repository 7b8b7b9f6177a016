import Syntax
import Testing

@testable import Models

/// Which of two sources answers.
@Suite struct OverlaidModelsTests {
  private static func model(_ operation: String) -> String {
    #"{"metadata": {"serviceId": "\#(operation)"}, "operations": {"\#(operation)": {}}, "shapes": {}}"#
  }

  private static func source(_ files: KeyValuePairs<String, String>) -> InMemoryModels {
    InMemoryModels(
      files.map { CatalogFile(name: $0.key, endpointPrefix: "animals", json: Array($0.value.utf8)) })
  }

  private static let lower = source([
    "zoo": model("Feed"), "zoo.endpoints": "[0]", "ark": model("Load"), "ark.endpoints": "[1]",
    "partitions": "[2]", "sensitive-members": #"["pin"]"#,
  ])

  private static let upper = source([
    "zoo": model("Pet"), "ark.endpoints": "[3]", "ship": model("Sail"), "ship.endpoints": "[4]",
    "sensitive-members": #"["key"]"#,
  ])

  private static let both = OverlaidModels(upper, over: lower)

  @Test func services() throws {
    #expect(Self.both.serviceNames == ["ark", "ship", "zoo"])
    let expected = ["ark": "Load", "ship": "Sail", "zoo": "Pet"]
    for (name, operation) in expected {
      #expect(Self.both.hasService(name))
      #expect(try Self.both.service(name)?.operationNames == [operation])
      #expect(try Self.both.modelJSON(of: name) == Array(Self.model(operation).utf8))
    }
    for name in ["cat", "partitions", "zoo.endpoints"] {
      #expect(!Self.both.hasService(name))
      #expect(try Self.both.service(name) == nil)
      #expect(try Self.both.modelJSON(of: name) == nil)
    }
  }

  /// Each table has its own precedence: a replaced model keeps the rules of the lower source.
  @Test(arguments: [("zoo", "[0]"), ("ark", "[3]"), ("ship", "[4]"), ("cat", nil)])
  func endpointRules(_ service: String, _ expected: String?) throws {
    let rules = try Self.both.endpointRules(of: service)
    #expect(rules.map { String(decoding: $0, as: UTF8.self) } == expected)
  }

  @Test func partitionTable() throws {
    #expect(try Self.both.partitionTable() == Array("[2]".utf8))
    let whole = OverlaidModels(Self.source(["partitions": "[5]"]), over: Self.lower)
    #expect(try whole.partitionTable() == Array("[5]".utf8))
  }

  /// What would mean reading all models of the upper source comes from the lower one.
  @Test func answersOfTheLowerSource() {
    #expect(Self.both.services(naming: ["Feed"]) == ["zoo"])
    #expect(Self.both.services(naming: ["Sail"]) == [])
    #expect(Self.both.metadata(of: "zoo")?.serviceID == "Feed")
    #expect(Self.both.siblings(of: "zoo") == ["ark"])
    #expect(Self.both.sensitiveNames() == ["pin"])
  }

  /// A damaged model is an error, not a reason to use the lower source.
  @Test func damagedModel() throws {
    let damaged = OverlaidModels(Self.source(["zoo": "{"]), over: Self.lower)
    #expect(throws: ModelFault.self) { try damaged.service("zoo") }
    #expect(try damaged.modelJSON(of: "zoo") == Array("{".utf8))
    #expect(try damaged.service("ark")?.operationNames == ["Load"])
  }
}
