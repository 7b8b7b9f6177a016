import Foundation
import Models
import Syntax
import TestSupport
import Testing

@testable import CatalogDifference

/// What is told of two models of one service.
@Suite struct CatalogDifferenceTests {
  private static let endpoints = """
    {"partitions": [{"partition": "aws", "regions": {"eu-west-1": {}, "us-east-1": {}},
      "services": {"some": {"endpoints": {"eu-west-1": {}, "us-east-1": {}}}}}]}
    """
  private static let partitions =
    #"{"partitions": [{"id": "aws", "outputs": {"dnsSuffix": "a"}, "regions": {}}]}"#

  private static func imports(_ services: [String: String], isWhole: Bool) throws -> CatalogImport {
    var files = services.map { path, text in
      BotocoreFile(path: path.hasSuffix(".json") ? path : "\(path)/1/service-2.json", bytes: Array(text.utf8))
    }
    if isWhole {
      for (path, text) in [("endpoints.json", endpoints), ("partitions.json", partitions)]
      where services[path] == nil {
        files.append(BotocoreFile(path: path, bytes: Array(text.utf8)))
      }
    }
    return try CatalogImport(BotocoreData(path: "data", files: files))
  }

  private static func difference(
    from old: [String: String], to new: [String: String], isWhole: Bool = false, services: [String]? = nil
  ) throws -> CatalogDifference {
    let imports = try imports(old, isWhole: true)
    var files: [CatalogFile] = []
    for service in imports.serviceNames { files += try #require(try imports.files(of: service)) }
    let table = ("partitions", "", try #require(try imports.partitionTable()))
    let catalog = Catalog(
      source: "old", files: files.map { ($0.name, $0.endpointPrefix ?? "", $0.json) } + [table])
    return CatalogDifference(
      from: catalog, to: try self.imports(new, isWhole: isWhole), source: "new", services: services)
  }

  /// A change on one line: `!` where it can break requests, the subject, what changed, where, in which operations.
  private static func line(_ change: CatalogChange) -> String {
    let subject =
      switch change.subject {
      case .partition(let id): "partition \(id)"
      case .service: "service \(change.service ?? "")"
      case .operation(let name): "operation \(name)"
      case .shape(let name): "shape \(name)"
      case .member(let name, let shape): "member \(shape).\(name)"
      }
    let fact = [change.key, change.kind.rawValue].compactMap { $0 }.joined(separator: " ")
    let values = [change.old.map { "-\($0)" }, change.new.map { "+\($0)" }].compactMap { $0 }
    let place = [change.path.map { "at \($0)" }, "in \(change.operations.joined(separator: ","))"].compactMap
    { $0 }
    return ([(change.isBreaking ? "!" : "") + subject, fact] + values + place).joined(separator: " ")
  }

  @Test(arguments: DifferenceCase.shapes + DifferenceCase.inputs + DifferenceCase.operations)
  func change(_ test: DifferenceCase) throws {
    let difference = try Self.difference(from: ["some": test.old], to: ["some": test.new])
    #expect(difference.changes.map(Self.line) == test.changes)
    #expect(difference.faults.isEmpty)
    #expect(difference.comparedCount == 1)
  }

  /// A shape that several operations reach is told once, with all of them and the shortest way.
  @Test func touchedOperations() throws {
    func model(_ maximum: Int) -> String {
      DifferenceCase.model(
        operations: ["Far", "Near", "Other"].map { #""\#($0)": {"input": {"shape": "\#($0)In"}}"# }
          .joined(separator: ", "),
        """
        "FarIn": {"type": "structure", "members": {"L": {"shape": "List"}}},
        "NearIn": {"type": "structure", "members": {"T": {"shape": "Tree"}}},
        "OtherIn": {"type": "structure", "members": {}},
        "List": {"type": "list", "member": {"shape": "Map"}},
        "Map": {"type": "map", "key": {"shape": "Key"}, "value": {"shape": "Tree"}},
        "Tree": {"type": "structure", "members": {"Down": {"shape": "Tree"}, "Leaf": {"shape": "Leaf"}}},
        "Key": {"type": "string", "max": \(maximum)}, "Leaf": {"type": "string", "max": \(maximum)}
        """)
    }
    let difference = try Self.difference(from: ["some": model(5)], to: ["some": model(6)])
    #expect(
      difference.changes.map(Self.line) == [
        "shape Leaf max changed -5 +6 at Near.T.Leaf in Far,Near",
        "shape Key max changed -5 +6 at Far.L[]{key} in Far",
      ])
  }

  /// A shape by another name is compared with the one in whose place it stands.
  @Test func renamedShape() throws {
    let old = DifferenceCase.model(
      #""In": {"type": "structure", "members": {"A": {"shape": "Old"}}}, "Old": {"type": "string", "max": 5}"#
    )
    let new = DifferenceCase.model(
      #""In": {"type": "structure", "members": {"A": {"shape": "New"}}}, "New": {"type": "string", "max": 4}"#
    )
    let difference = try Self.difference(from: ["some": old], to: ["some": new])
    #expect(
      difference.changes.map(Self.line) == [
        #"shape New shape changed -"Old" +"New" at Put.A in Put"#,
        "!shape New max changed -5 +4 at Put.A in Put",
      ])
  }

  // MARK: Services

  private static let plain = DifferenceCase.withShape(#"{"type": "string"}"#)

  @Test func servicesOfAWholeFolder() throws {
    let old = ["gone": Self.plain, "some": Self.plain]
    let new = ["come": Self.plain, "some": Self.plain]
    let whole = try Self.difference(from: old, to: new, isWhole: true)
    #expect(
      whole.changes.map(Self.line) == ["service come added in Put", "!service gone removed in Put"])
    #expect(whole.comparedCount == 3)
    #expect(whole.breakingCount == 1)
    let one = try Self.difference(from: old, to: new, isWhole: true, services: ["gone"])
    #expect(one.changes.map(Self.line) == ["!service gone removed in Put"])
  }

  /// What a folder of some services does not have is not taken for removed: neither services nor regions nor rules.
  @Test func servicesOfAPart() throws {
    let rules = #"{"version": "1.0", "parameters": {}, "rules": []}"#
    let old = ["gone": Self.plain, "some": Self.plain, "some/1/endpoint-rule-set-1.json": rules]
    #expect(try Self.difference(from: old, to: ["some": Self.plain]).changes == [])
    #expect(
      try Self.difference(from: old, to: ["some": Self.plain], isWhole: true, services: ["some"]).changes
        .map(Self.line) == ["service some endpoint-rules removed in "])
    let other = rules.replacing("[]", with: #"[{"type": "error", "error": "no", "conditions": []}]"#)
    #expect(
      try Self.difference(
        from: old, to: ["some": Self.plain, "some/1/endpoint-rule-set-1.json": other]
      ).changes.map(Self.line) == ["service some endpoint-rules changed in "])
  }

  @Test func factsOfTheService() throws {
    let new = Self.plain.replacing(#""protocol": "json""#, with: #""protocol": "query", "signingName": "x""#)
    #expect(
      try Self.difference(from: ["some": Self.plain], to: ["some": new]).changes.map(Self.line) == [
        #"service some metadata.protocol changed -"json" +"query" in "#,
        #"service some metadata.signingName added +"x" in "#,
      ])
  }

  @Test func regionsAndPartitions() throws {
    let new = [
      "some": Self.plain,
      "endpoints.json": """
      {"partitions": [{"partition": "aws", "regions": {"us-east-1": {}, "xx-new-1": {}},
        "services": {"some": {"endpoints": {"us-east-1": {}, "xx-new-1": {}}}}}]}
      """,
      "partitions.json": """
      {"partitions": [{"id": "aws", "outputs": {"dnsSuffix": "b"}, "regions": {}}, {"id": "aws-x", "regions": {}}]}
      """,
    ]
    let difference = try Self.difference(from: ["some": Self.plain], to: new, isWhole: true)
    #expect(
      difference.changes.map(Self.line) == [
        #"!partition aws regions values-removed -["eu-west-1"] in "#,
        #"partition aws regions values-added +["xx-new-1"] in "#,
        #"partition aws outputs changed -{"dnsSuffix":"a"} +{"dnsSuffix":"b"} in "#,
        "partition aws-x added in ",
        #"!service some regions values-removed -["eu-west-1"] in "#,
        #"service some regions values-added +["xx-new-1"] in "#,
      ])
  }

  /// An older version of a model is compared with the one that there is.
  @Test func olderVersion() throws {
    let new = [
      "some": Self.plain, "some/0/service-2.json": DifferenceCase.withShape(#"{"type": "string", "max": 1}"#),
    ]
    let difference = try Self.difference(from: ["some": Self.plain], to: new, services: ["some@0"])
    #expect(difference.changes.map(Self.line) == ["!shape S max added +1 at Put.A in Put"])
  }

  @Test func faultyModelKeepsNoOtherFromBeingCompared() throws {
    let difference = try Self.difference(
      from: ["some": Self.plain],
      to: [
        "torn": "{", "some": DifferenceCase.withShape(#"{"type": "string", "max": 1}"#),
        "bad": DifferenceCase.model(#""X": {}"#),
      ])
    #expect(difference.changes.map(Self.line) == ["!shape S max added +1 at Put.A in Put"])
    #expect(difference.faults.map(\.path) == ["bad/1/service-2.json", "torn/1/service-2.json"])
    #expect(difference.faults.first?.problem == ModelFault.Problem.danglingShape("In").description)
  }

  @Test func differenceDoesNotDependOnThreads() throws {
    let services = (0..<20).map { "s\($0)" }
    let new = try Self.imports(
      Dictionary(uniqueKeysWithValues: services.map { ($0, Self.plain) }), isWhole: false)
    let catalog = Catalog(source: "old", files: [])
    let one = CatalogDifference(from: catalog, to: new, source: "new", workers: 1)
    let many = CatalogDifference(from: catalog, to: new, source: "new", workers: 7)
    #expect(one.changes == many.changes)
    #expect(one.changes.map(\.service) == services.sorted())
  }
}
