import CatalogDifference
import Foundation
import Models
import Syntax
import Testing

@testable import Reports

/// The wording of what changed between two catalogs.
@Suite struct CatalogDifferenceTextTests {
  private static let long = String(repeating: "[a-z0-9]{1,63}", count: 30)

  private static func model(_ type: String, _ facts: String, members: String = "", required: String = "[]")
    -> String
  {
    """
    {"metadata": {"endpointPrefix": "some", "protocol": "json"},
     "operations": {"Put": {"input": {"shape": "In"}}, "Get": {"input": {"shape": "Out"}}, "List": {"input": {"shape": "Out"}},
       "Scan": {"input": {"shape": "Out"}}},
     "shapes": {"In": {"type": "structure", "required": \(required), "members": {\(members)"A": {"shape": "S"}}},
       "Out": {"type": "structure", "members": {"A": {"shape": "S"}}}, "S": {"type": "\(type)"\(facts)},
       "I": {"type": "integer"}}}
    """
  }

  private static func report(
    _ old: String, _ new: String, others: [String: String] = [:], usesColor: Bool = false
  ) throws -> String {
    func imports(_ files: [String: String]) throws -> CatalogImport {
      try CatalogImport(
        BotocoreData(
          path: "data", files: files.map { BotocoreFile(path: $0.key, bytes: Array($0.value.utf8)) }))
    }
    let path = "some/1/service-2.json"
    let before = try imports([path: old])
    let files = try #require(try before.files(of: "some"))
    let catalog = Catalog(source: "old", files: files.map { ($0.name, "some", $0.json) })
    let difference = CatalogDifference(
      from: catalog, to: try imports(others.merging([path: new]) { $1 }), source: "new")
    return String(
      decoding: CatalogDifferenceFormat.text.render(
        CatalogDifferenceReport(difference: difference), usesColor: usesColor),
      as: UTF8.self)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let old: String
    let new: String
    /// What stands below the service's name.
    let lines: String
    var testDescription: String { name }

    static func string(_ name: String, _ old: String, _ new: String, _ lines: String) -> Case {
      let place = "  S in Get.A, List, Put and 1 more operation\n"
      return Case(
        name: name, old: model("string", old), new: model("string", new), lines: "\(place)    \(lines)\n")
    }
  }

  static let cases: [Case] = [
    .string("values", "", #", "enum": ["a", "b c", ""]"#, #"must now be one of: a, "b c", """#),
    .string(
      "any value", #", "enum": ["a", "b,c"]"#, "", #"may now have any value, no longer only: a, "b,c""#),
    .string("bound", "", #", "max": 5"#, "max added: 5"),
    .string("no bound", #", "max": 5"#, "", "max removed, was: 5"),
    .string("control characters", "", #", "pattern": "a\u001bb""#, #"pattern added: a\u{1B}b"#),
    .string("deprecated", "", #", "deprecated": true"#, "deprecated"),
    .string("no longer deprecated", #", "deprecated": true"#, "", "no longer deprecated"),
    .string("unknown fact", "", #", "timestampFormat": "x""#, "timestampFormat added: x"),
    Case(
      name: "long values, cut where they are alike", old: model("string", #", "pattern": "\#(long)a""#),
      new: model("string", #", "pattern": "\#(long)b""#),
      lines: """
          S in Get.A, List, Put and 1 more operation
            pattern: …{1,63}[a-z0-9]{1,63}a → …{1,63}[a-z0-9]{1,63}b

        """),
    Case(
      name: "values on two lines", old: model("string", #", "pattern": "\#(long.prefix(50))""#),
      new: model("string", #", "pattern": "\#(long.prefix(80))""#),
      lines: """
          S in Get.A, List, Put and 1 more operation
            pattern
              old     \(long.prefix(50))
              new     \(long.prefix(66))
                      \(long.prefix(80).dropFirst(66))

        """),
    Case(
      name: "members",
      old: model("string", "", members: #""Gone": {"shape": "I"}, "Gone2": {"shape": "S"}, "#),
      new: model("string", "", members: #""B": {"shape": "I"}, "C": {"shape": "S"}, "#),
      lines: """
          In in Put
            members removed: Gone, Gone2

        harmless: 2 changes

        some
          In in Put
            members added: B (integer), C (string)

        """),
    Case(
      name: "another shape, no longer required", old: model("string", "", required: #"["A"]"#),
      new: model("string", "").replacing(#""S""#, with: #""T""#),
      lines: """
          In in Put
            member A is no longer required
          T in Get.A, List, Put and 1 more operation
            takes the place of S

        """),
    Case(
      name: "order", old: model("string", #", "enum": ["a", "b"]"#, members: #""B": {"shape": "I"}, "#),
      new: model("string", #", "enum": ["b", "a"]"#).replacing(
        #"{"A": {"shape": "S"}}"#, with: #"{"A": {"shape": "S"}, "B": {"shape": "I"}}"#, maxReplacements: 1),
      lines: "  other order: In (members), S (enum)\n"),
    Case(
      name: "operations", old: model("string", ""),
      new: model("string", "").replacing(#""Scan": {"#, with: #""Scan": {"deprecated": true, "#)
        .replacing(#""List": {"#, with: #""List": {"deprecated": true, "#)
        .replacing(#""Get": {"#, with: #""Get": {"idempotent": true, "#),
      lines: """
          2 operations deprecated: List, Scan
          operation Get
            idempotent added: true

        """),
  ]

  @Test(arguments: cases)
  func wording(_ test: Case) throws {
    let text = try Self.report(test.old, test.new)
    let start = try #require(text.firstRange(of: "\nsome\n"))
    let end = try #require(text.firstRange(of: "\n1 service compared: 0 added, 0 removed, 1 changed\n"))
    #expect(text[start.upperBound..<end.lowerBound] == test.lines)
  }

  @Test func servicesAndRules() throws {
    let rules = #"{"version": "1.0", "parameters": {}, "rules": []}"#
    let plain = Self.model("string", "")
    let text = try Self.report(
      plain, plain, others: ["some/1/endpoint-rule-set-1.json": rules, "more/1/service-2.json": plain])
    #expect(
      text == """
          old         old
          new         new

        harmless: 2 changes

        more
          service added, 4 operations

        some
          endpoint rules added

        2 services compared: 1 added, 0 removed, 1 changed
        2 changes, 0 can break requests

        """)
  }

  @Test(arguments: [false, true])
  func colours(_ usesColor: Bool) throws {
    let text = try Self.report(
      Self.model("string", ""), Self.model("string", #", "max": 5"#), usesColor: usesColor)
    #expect(text.contains("\u{1B}[1;31mcan break requests\u{1B}[0m") == usesColor)
    #expect(text.contains("\u{1B}") == usesColor)
  }
}
