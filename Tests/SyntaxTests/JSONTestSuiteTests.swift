import TestSupport
import Testing

@testable import Syntax

/// JSONTestSuite: what must be read, what must be refused, what may go either way.
@Suite(.enabled(if: Suites.folder != nil, "REQLINT_SUITES is unset"))
struct JSONTestSuiteTests {
  private static let folder = "json-parsing/test_parsing"

  /// A file with its name, and why it is refused, if it is.
  private struct Outcome {
    let name: String
    let size: Int
    let refusal: ByteSpan?
  }

  private func outcomes(_ prefix: String) throws -> [Outcome] {
    try Suites.files(under: Self.folder)
      .filter { $0.hasPrefix("\(Self.folder)/\(prefix)") }
      .map { path in
        let source = SourceText(try Suites.bytes(path))
        let name = String(path.dropFirst(Self.folder.count + 1))
        if let fault = source.fault {
          return Outcome(name: name, size: source.bytes.count, refusal: fault.span)
        }
        let issue = readJSON(source, limits: Limits(nesting: 100_000)).issue
        return Outcome(name: name, size: source.bytes.count, refusal: issue?.span)
      }
  }

  @Test func readsEveryValidText() throws {
    let outcomes = try outcomes("y_")
    #expect(outcomes.count == 95)
    #expect(outcomes.filter { $0.refusal != nil }.map(\.name) == [])
  }

  @Test func refusesEveryInvalidText() throws {
    let outcomes = try outcomes("n_")
    #expect(outcomes.count == 188)
    #expect(outcomes.filter { $0.refusal == nil }.map(\.name) == [])
  }

  @Test func takesTheRestEitherWay() throws {
    let outcomes = try outcomes("i_")
    #expect(outcomes.count == 35)
    // Numbers of any size are kept as written, and nesting is a matter of limits: only what UTF-8 cannot hold goes.
    #expect(outcomes.count { $0.refusal == nil } == 12)
    for outcome in outcomes where outcome.refusal == nil {
      #expect(
        outcome.name.hasPrefix("i_number_") || outcome.name.hasPrefix("i_structure_"), "\(outcome.name)")
    }
  }

  @Test func placesEveryRefusalInsideTheFile() throws {
    let refused = try outcomes("").filter { $0.refusal != nil }
    #expect(refused.filter { Int($0.refusal?.end ?? .max) > $0.size }.map(\.name) == [])
  }
}
