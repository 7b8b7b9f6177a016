import Foundation
@testable import Models
import Syntax
import TestSupport
import Testing

@testable import Wire

/// One case of the endpoint suites: parameters, and where the rules lead.
struct EndpointCase: CustomStringConvertible {
  let description: String
  let parameters: [String: RuleValue]
  let expected: EndpointRuleOutcome

  /// The cases of one file.
  static func all(_ path: String) throws -> [EndpointCase] {
    let document = try json(Suites.bytes(path))
    let list =
      document.value(of: "testCases", in: document.root).map { Array(document.items(of: $0)) } ?? []
    return list.enumerated().map { number, node in
      func text(_ pointer: [String]) -> String? {
        document.follow(JSONPointer(pointer), from: node).value.map { document.string(of: $0) }
      }
      let parameters = document.value(of: "params", in: node).map { RuleValue($0, of: document) }
      return EndpointCase(
        description: "\(path) #\(number): \(text(["documentation"]) ?? "")",
        parameters: parameters?.members ?? [:],
        expected: text(["expect", "error"]).map { .error($0) }
          ?? .endpoint(
            url: text(["expect", "endpoint", "url"]) ?? "",
            headers: headers(
              document, document.follow(JSONPointer(["expect", "endpoint", "headers"]), from: node).value),
            properties: document.follow(JSONPointer(["expect", "endpoint", "properties"]), from: node).value
              .map { RuleValue($0, of: document) } ?? .object([:])))
    }
  }

  private static func headers(_ document: Document, _ table: NodeID?) -> [HTTPRequest.Header] {
    guard let table else { return [] }
    return document.entries(of: table).flatMap { entry in
      document.items(of: entry.value).map {
        HTTPRequest.Header(document.string(of: entry.key), document.string(of: $0))
      }
    }
  }

  static func json(_ bytes: [UInt8]) throws -> Document {
    switch readJSON(SourceText(bytes), limits: Limits()) {
    case .document(let document): return document
    case .issue(let issue): throw EndpointRulesFault.syntax(issue)
    }
  }
}

extension RuleValue {
  init(_ node: NodeID, of document: Document) {
    switch document[node].kind {
    case .mapping:
      let pairs = document.entries(of: node).map {
        (document.string(of: $0.key), RuleValue($0.value, of: document))
      }
      self = .object(Dictionary(pairs) { $1 })
    case .sequence: self = .array(document.items(of: node).map { RuleValue($0, of: document) })
    default:
      if let flag = document.boolean(of: node) {
        self = .boolean(flag)
      } else if let number = document.number(of: node)?.int64 {
        self = .integer(Int(number))
      } else {
        self = .string(document.string(of: node))
      }
    }
  }

  var members: [String: RuleValue] {
    if case .object(let members) = self { members } else { [:] }
  }
}

/// Catalogs and models for tests.
enum EndpointFixture {
  static let folder = "aws-endpoints"

  static func model(_ name: String, metadata: String = "{}") throws -> ServiceModel {
    try ServiceModel(
      name: name, json: SourceText(#"{"metadata": \#(metadata), "operations": {}, "shapes": {}}"#))
  }

  /// The suite's partitions as the catalog's table has them.
  static func partitionTable() throws -> [UInt8] {
    let table = BotocoreFile(
      path: "partitions.json", bytes: try Suites.bytes("\(folder)/partitions.json"))
    let imports = try CatalogImport(BotocoreData(path: "suite", files: [table]))
    return try #require(try imports.partitionTable())
  }

  /// A catalog of one service with rules as they are published, and the suite's partitions.
  static func suiteCatalog(_ service: String) throws -> Catalog {
    Catalog(
      source: "suite",
      files: [
        (
          "\(service).endpoints", "",
          try Suites.bytes("\(folder)/services/\(service)/endpoint-rule-set-1.json")
        ),
        ("partitions", "", try partitionTable()),
      ])
  }
}
