import TestSupport
import Testing

@testable import Rules

/// The official JSON Schema test suite, draft 2020-12.
@Suite(.enabled(if: Suites.folder != nil, "REQLINT_SUITES is unset"))
struct JSONSchemaSuiteTests {
  private static let folder = "json-schema/draft2020-12"

  private func groups(_ name: String) throws -> [SchemaGroup] {
    try SchemaGroup.all(in: "\(Self.folder)/\(name).json")
  }

  @Test func agreesWithEveryRequiredTest() throws {
    let groups = try SchemaGroup.all(under: Self.folder).filter { !$0.file.contains("/optional/") }
    #expect(groups.reduce(0) { $0 + $1.tests.count } == 1299)
    let tally = SchemaTally(groups)
    #expect(tally.wrong == [])
    #expect(tally.unjustified == [])
    #expect(tally.agreeing == 837)
    #expect(tally.refused == 462)
  }

  @Test(arguments: [("date-time", 33), ("uri", 46), ("ipv4", 41), ("ipv6", 42)])
  func agreesOnFormats(_ format: String, _ agreeing: Int) throws {
    let tally = SchemaTally(try groups("optional/format/\(format)"), assertsFormat: true)
    #expect(tally.wrong == [])
    #expect(tally.refused == 0)
    #expect(tally.agreeing == agreeing)
  }

  @Test func refusesOtherFormats() throws {
    let known = ["date-time", "uri", "ipv4", "ipv6"].map { "\(Self.folder)/optional/format/\($0).json" }
    let groups = try SchemaGroup.all(under: "\(Self.folder)/optional/format").filter {
      !known.contains($0.file)
    }
    let tally = SchemaTally(groups, assertsFormat: true)
    #expect(tally.agreeing == 0)
    #expect(tally.refused == 602)
    #expect(tally.unjustified == [])
  }

  struct Case: CustomTestStringConvertible {
    let file: String
    let agreeing: Int
    let refused: Int

    var testDescription: String { file }
  }

  @Test(arguments: [
    Case(file: "anchor", agreeing: 0, refused: 4), Case(file: "bignum", agreeing: 9, refused: 0),
    Case(file: "cross-draft", agreeing: 0, refused: 1),
    Case(file: "dependencies-compatibility", agreeing: 0, refused: 36),
    Case(file: "dynamicRef", agreeing: 0, refused: 2),
    Case(file: "ecmascript-regex", agreeing: 74, refused: 0),
    Case(file: "float-overflow", agreeing: 1, refused: 0),
    Case(file: "format-assertion", agreeing: 0, refused: 4),
    Case(file: "id", agreeing: 0, refused: 3), Case(file: "no-schema", agreeing: 3, refused: 0),
    Case(file: "non-bmp-regex", agreeing: 12, refused: 0),
    Case(file: "refOfUnknownKeyword", agreeing: 2, refused: 8),
    Case(file: "unknownKeyword", agreeing: 0, refused: 3),
  ])
  func agreesWithOptionalTests(_ item: Case) throws {
    let tally = SchemaTally(try groups("optional/\(item.file)"))
    #expect(tally.wrong == [])
    #expect(tally.unjustified == [])
    #expect(tally.agreeing == item.agreeing)
    #expect(tally.refused == item.refused)
  }
}
