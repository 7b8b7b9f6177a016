import Syntax
import Testing

@testable import Models

/// What a folder of models answers itself, and what its index answers.
@Suite struct BotocoreModelsTests {
  private static func model(_ operation: String) -> [UInt8] {
    Array(
      #"{"metadata": {"serviceId": "\#(operation)"}, "operations": {"\#(operation)": {}}, "shapes": {}}"#.utf8
    )
  }

  private static func models() throws -> BotocoreModels {
    let folder = BotocoreData(
      path: "data",
      files: ["zoo", "ship", "partitions"].map {
        BotocoreFile(path: "\($0)/2026-01-01/service-2.json", bytes: model("New"))
      })
    let index = ["zoo", "ark"].map { CatalogFile(name: $0, endpointPrefix: "animals", json: model("Old")) }
    return BotocoreModels(try CatalogImport(folder), index: InMemoryModels(index))
  }

  @Test func services() throws {
    let models = try Self.models()
    for name in ["zoo", "ship", "zoo@2026-01-01"] {
      #expect(models.hasService(name))
      #expect(try models.service(name)?.operationNames == ["New"])
    }
    for name in ["ark", "zoo@2020-01-01", "partitions"] {
      #expect(!models.hasService(name))
      #expect(try models.service(name) == nil)
    }
  }

  /// The index answers for services of the folder only, with what it knows of them.
  @Test func answersOfTheIndex() throws {
    let models = try Self.models()
    #expect(models.services(naming: ["Old"]) == ["zoo"])
    #expect(models.services(naming: ["New"]) == [])
    #expect(models.metadata(of: "zoo")?.serviceID == "Old")
    #expect(models.metadata(of: "ship") == nil)
    #expect(models.siblings(of: "zoo") == [])
    #expect(models.siblings(of: "ark") == ["zoo"])
    #expect(models.sensitiveNames() == nil)
  }
}
