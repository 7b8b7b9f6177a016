import Foundation
import Models
import Syntax
import TestSupport
import Testing
import Wire

/// The cases of one file of botocore's serialisation tests.
struct ProtocolSuite {
  /// A call and what must come of it.
  struct Case {
    let id: String
    let group: String
    let call: Call
    let given: NodeID
    let expected: NodeID
    let endpoint: String?
    let isIgnored: Bool
  }

  let name: String
  let document: Document
  let cases: [Case]

  init(_ name: String) throws {
    self.name = name
    let document = try Self.read(Suites.bytes("aws-protocols/input/\(name).json"))
    let ignored = try Self.ignored(name)
    self.document = document
    var cases: [Case] = []
    for group in document.items(of: document.root) {
      func text(_ key: String, _ node: NodeID) -> String? {
        document.value(of: key, in: node).map { document.string(of: $0) }
      }
      let description = text("description", group) ?? ""
      for node in document.items(of: try #require(document.value(of: "cases", in: group))) {
        let given = try #require(document.value(of: "given", in: node))
        let id = text("id", node) ?? ""
        let model = try Self.model(group, given, in: document)
        let operation = try #require(try model.operation(text("name", given) ?? ""))
        cases.append(
          Case(
            id: id, group: description,
            call: Call(
              operation: operation, service: model.metadata, document: document,
              parameters: document.value(of: "params", in: node)),
            given: given, expected: try #require(document.value(of: "serialized", in: node)),
            endpoint: text("clientEndpoint", group),
            isIgnored: ignored.contains(id) || ignored.contains(description)))
      }
    }
    self.cases = cases
  }

  func text(_ key: String, of test: Case) -> String? {
    document.value(of: key, in: test.expected).map { document.string(of: $0) }
  }

  func headers(of test: Case) -> [(name: String, value: String)] {
    document.value(of: "headers", in: test.expected).map { headers in
      document.entries(of: headers).map { (document.string(of: $0.key), document.string(of: $0.value)) }
    } ?? []
  }

  func list(_ key: String, of test: Case) -> [String] {
    document.value(of: key, in: test.expected).map { list in
      document.items(of: list).map { document.string(of: $0) }
    } ?? []
  }

  // MARK: Reading

  static func read(_ bytes: [UInt8]) throws -> Document {
    switch readJSON(SourceText(bytes), limits: Limits()) {
    case .document(let document): return document
    case .issue(let issue):
      Issue.record("\(issue)")
      throw CocoaError(.fileReadCorruptFile)
    }
  }

  private static func model(
    _ group: NodeID, _ given: NodeID, in document: Document
  ) throws -> ServiceModel {
    let name = try #require(document.value(of: "name", in: given))
    var writer = JSONWriter(.compact)
    writer.object { writer in
      for key in ["metadata", "shapes"] {
        guard let value = document.value(of: key, in: group) else { continue }
        writer.key(key)
        writer.copy(value, of: document) { _ in true }
      }
      writer.key("operations")
      writer.object { writer in
        writer.key(document.string(of: name))
        writer.copy(given, of: document) { _ in true }
      }
    }
    return try ServiceModel(name: "tested", json: SourceText(writer.bytes))
  }

  /// Ids of cases and descriptions of groups that botocore itself does not pass.
  private static func ignored(_ name: String) throws -> Set<String> {
    let document = try read(Suites.bytes("aws-protocols/protocol-tests-ignore-list.json"))
    var names: Set<String> = []
    for path in [["general"], ["protocols", name]] {
      for kind in ["suites", "cases"] {
        let list = document.follow(JSONPointer(path + ["input", kind]), from: document.root).value
        if let list { names.formUnion(document.items(of: list).map { document.string(of: $0) }) }
      }
    }
    return names
  }
}
