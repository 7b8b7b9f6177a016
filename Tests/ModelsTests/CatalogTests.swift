import Models
import Syntax
import Testing

/// All services together, and what is found across them.
@Suite struct CatalogTests {
  @Test func services() throws {
    let catalog = Catalog.builtIn
    #expect(catalog.source == "botocore 1.44.8")
    #expect(catalog.date == "2026-11-28")
    #expect(catalog.datedSource == "botocore 1.44.8 of 2026-11-28")
    #expect(catalog.serviceNames == catalog.serviceNames.sorted())
    #expect(Set(catalog.serviceNames).isSuperset(of: ["es", "opensearch", "proton"]))
    #expect(catalog.hasService("es"))
    for name in ["partitions", "ES", "", "es.json", "../es", "es.endpoints", ".endpoints"] {
      #expect(!catalog.hasService(name))
      #expect(try catalog.service(name) == nil)
      #expect(catalog.siblings(of: name) == [])
      #expect(try catalog.endpointRules(of: name)?.bytes == nil)
    }
    #expect(!catalog.serviceNames.contains { $0.contains(".") })
    #expect(catalog.siblings(of: "es") == ["opensearch"])
    #expect(catalog.siblings(of: "opensearch") == ["es"])
    #expect(catalog.siblings(of: "proton") == [])
  }

  /// Every service has its rules, and no words of documentation are among them.
  @Test(arguments: Catalog.builtIn.serviceNames)
  func endpointRules(_ service: String) throws {
    let rules = try #require(try Catalog.builtIn.endpointRules(of: service))
    #expect(rules.isASCII)
    #expect(!rules.bytes.contains("\"documentation\"".utf8))
  }

  @Test func regions() throws {
    let all = try #require(Catalog.builtIn.regions())
    #expect(all == all.sorted())
    #expect(Set(all).count == all.count)
    #expect(
      Set(all).isSuperset(of: ["us-east-1", "cn-north-1", "us-gov-west-1", "us-iso-east-1", "eusc-de-east-1"])
    )
    #expect(!all.contains { $0.contains("fips") || $0.contains("global") })
    for service in ["es", "opensearch", "proton"] {
      let offered = try #require(try Catalog.builtIn.service(service)?.regions)
      #expect(offered == offered.sorted())
      #expect(Set(all).isSuperset(of: offered))
      #expect(offered.count == (service == "proton" ? 11 : 46))
    }
  }

  static let siblings: [(operation: String, expected: String?)] = [
    ("es.StartElasticsearchServiceSoftwareUpdate", "opensearch.StartServiceSoftwareUpdate"),
    ("es.CreatePackage", "opensearch.CreatePackage"), ("opensearch.CreatePackage", "es.CreatePackage"),
    ("opensearch.StartServiceSoftwareUpdate", "es.StartElasticsearchServiceSoftwareUpdate"),
    ("proton.UpdateServiceInstance", nil), ("opensearch.CreateApplication", nil),
  ]

  @Test(arguments: siblings)
  func sibling(_ test: (operation: String, expected: String?)) throws {
    let models = LoadedModels(.builtIn)
    let id = try #require(OperationID(parsing: test.operation))
    #expect(models.sibling(of: id)?.id.description == test.expected)
  }

  static let likely: [(keys: [String], expected: [String])] = [
    ([], []), (["foo"], []),
    // Hundreds fit, and equally.
    (["Name"], []),
    (["PackageName", "PackageType", "PackageSource"], ["es.CreatePackage", "opensearch.CreatePackage"]),
    (
      ["PackageName", "PackageType", "PackageSource", "EngineVersion"],
      ["opensearch.CreatePackage"]
    ),
    (
      ["deploymentType", "name", "serviceName"],
      ["proton.UpdateServiceInstance", "proton.UpdateComponent"]
    ),
    // One key misspelt.
    (["PackageNam", "PackageType", "PackageSource"], ["es.CreatePackage", "opensearch.CreatePackage"]),
  ]

  @Test(arguments: likely)
  func likelyOperations(_ test: (keys: [String], expected: [String])) throws {
    let models = LoadedModels(.builtIn)
    #expect(models.likelyOperations(forKeys: test.keys).map(\.description) == test.expected)
  }

  // MARK: Files at hand

  private static let empty = Array(#"{"metadata": {}, "operations": {}, "shapes": {}}"#.utf8)

  @Test func filesAtHand() throws {
    let table = Array(#"{"partitions": [{"regions": ["b-1", "a-1"]}, {"regions": ["c-1"]}, {}]}"#.utf8)
    let catalog = Catalog(
      source: "tests",
      files: [
        ("zoo", "animals", Self.empty), ("kinds", "kinds", Array(ServiceModelTests.model.utf8)),
        ("partitions", "animals", table), ("ark", "animals", Self.empty),
        ("zoo.endpoints", "animals", Array("{}".utf8)),
      ])
    #expect(catalog.source == "tests")
    #expect(catalog.serviceNames == ["ark", "kinds", "zoo"])
    #expect(catalog.siblings(of: "zoo") == ["ark"])
    #expect(catalog.regions() == ["a-1", "b-1", "c-1"])
    #expect(try catalog.partitionTable()?.bytes == table)
    #expect(try catalog.endpointRules(of: "zoo")?.bytes == Array("{}".utf8))
    #expect(try catalog.endpointRules(of: "ark")?.bytes == nil)
    #expect(try catalog.service("kinds")?.operationNames == ["Empty", "Old", "Put"])
  }

  @Test func withoutPartitions() throws {
    #expect(Catalog(source: "tests", files: []).regions() == nil)
    #expect(try Catalog(source: "tests", files: []).partitionTable()?.bytes == nil)
    #expect(Catalog(source: "tests", files: [("ark", "", Self.empty)]).siblings(of: "ark") == [])
  }

  @Test func faultyFiles() throws {
    let catalog = Catalog(source: "tests", files: [("bad", "bad", Array("{}".utf8))])
    let models = LoadedModels(catalog)
    #expect(throws: ModelFault(path: "bad", .missing(key: "operations"))) {
      try models.operation(OperationID(service: "bad", operation: "Put"))
    }
  }
}
