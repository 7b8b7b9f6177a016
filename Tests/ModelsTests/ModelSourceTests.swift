import Synchronization
import Syntax
import Testing

@testable import Models

/// A catalog of a source with a format of its own.
@Suite struct ModelSourceTests {
  /// Names of the services that a source has read, in order.
  private final class ReadLog: Sendable {
    private let entries = Mutex<[String]>([])

    var names: [String] { entries.withLock { $0 } }

    func append(_ name: String) { entries.withLock { $0.append(name) } }
  }

  /// Operations of a service, each with the members of its input, all of them text.
  private struct ListedModels: ModelSource {
    let operations: [String: [String: [String]]]
    let log = ReadLog()

    var serviceNames: [String] { operations.keys.sorted() }

    func hasService(_ name: String) -> Bool { operations[name] != nil }

    func service(_ name: String) throws(ModelFault) -> ServiceModel? {
      guard let operations = operations[name] else { return nil }
      log.append(name)
      let entries = operations.keys.sorted().map { #""\#($0)": {"input": {"shape": "\#($0)Request"}}"# }
      let shapes = operations.map { operation, members in
        let members = members.map { #""\#($0)": {"shape": "Text"}"# }.joined(separator: ", ")
        return #""\#(operation)Request": {"type": "structure", "members": {\#(members)}}"#
      }
      let json = """
        {"metadata": {}, "operations": {\(entries.joined(separator: ", "))},
         "shapes": {\((shapes + [#""Text": {"type": "string"}"#]).sorted().joined(separator: ", "))}}
        """
      return try ServiceModel(name: name, json: SourceText(json))
    }

    func endpointRules(of service: String) -> [UInt8]? { nil }

    func partitionTable() -> [UInt8]? { Array(#"{"partitions": [{"regions": ["moon-1"]}]}"#.utf8) }

    func services(naming words: [String]) -> [String] {
      serviceNames.filter { operations[$0, default: [:]].values.contains { Set($0).isSuperset(of: words) } }
    }

    func metadata(of service: String) -> ServiceMetadata? { nil }

    func siblings(of service: String) -> [String] { service == "bakery" ? ["kitchen"] : [] }

    func sensitiveNames() -> Set<String>? { ["recipe"] }
  }

  private static let listed = ListedModels(operations: [
    "bakery": ["BakeBread": ["Flour", "Water"], "SellBread": ["Price"]],
    "kitchen": ["CookSoup": ["Water", "Salt"]],
  ])

  @Test func catalog() throws {
    let catalog = Catalog(Self.listed, source: "a list", date: "2026-01-01")
    #expect(catalog.datedSource == "a list of 2026-01-01")
    #expect(catalog.serviceNames == ["bakery", "kitchen"])
    #expect(catalog.hasService("kitchen"))
    #expect(!catalog.hasService("es"))
    #expect(catalog.siblings(of: "bakery") == ["kitchen"])
    #expect(catalog.regions() == ["moon-1"])
    #expect(try catalog.endpointRules(of: "bakery") == nil)
    #expect(try catalog.service("es") == nil)
    let service = try #require(try catalog.service("bakery"))
    #expect(service.operationNames == ["BakeBread", "SellBread"])
  }

  /// Sources without files take the text of a model from the service.
  @Test func modelJSON() throws {
    let catalog = Catalog(Self.listed, source: "a list")
    let json = try #require(try catalog.modelJSON(of: "kitchen"))
    #expect(try ServiceModel(name: "kitchen", json: SourceText(json)).operationNames == ["CookSoup"])
    #expect(try catalog.modelJSON(of: "es") == nil)
  }

  @Test func loadedModels() throws {
    let models = LoadedModels(Catalog(Self.listed, source: "a list"))
    let baking = OperationID(service: "bakery", operation: "BakeBread")
    let operation = try #require(try models.operation(baking))
    let input = try #require(operation.input)
    #expect(operation[input].members.map(\.name) == ["Flour", "Water"])
    #expect(models.canonicalName(OperationID(service: "bakery", operation: "bake-bread")) == baking)
    #expect(models.nearService("bakry") == "bakery")
    #expect(
      models.nearOperation(OperationID(service: "kitchen", operation: "CookSop"))?.id.operation == "CookSoup")
    #expect(models.nearOperation(OperationID(service: "bakery", operation: "cook-soup"))?.hasThatName == true)
    #expect(models.likelyOperations(forKeys: ["Flour", "Water"]) == [baking])
    #expect(models.regions() == ["moon-1"])
    #expect(models.sensitiveNames().values == ["recipe"])
    #expect(models.service("es") == nil)
  }

  /// Questions about all services read none, and a service is read once.
  @Test func laziness() throws {
    let source = ListedModels(operations: Self.listed.operations)
    let models = LoadedModels(Catalog(source, source: "a list"))
    #expect(models.nearService("kitchn") == "kitchen")
    #expect(models.serviceName("bakery") == "bakery")
    #expect(models.regions() == ["moon-1"])
    #expect(models.sensitiveNames().values == ["recipe"])
    #expect(source.log.names == [])
    for operation in ["BakeBread", "SellBread", "BakeBread"] {
      #expect(try models.operation(OperationID(service: "bakery", operation: operation)) != nil)
    }
    #expect(source.log.names == ["bakery"])
  }
}
