import Foundation
import TestSupport
import Testing
import Verdicts

@testable import Linting

/// Every check that needs no rule file is listed and described once.
struct BuiltInCheckTests {
  @Test func describesEveryCheck() {
    #expect(Set(BuiltInCheck.all.map(\.id)).count == BuiltInCheck.all.count)
    for check in BuiltInCheck.all {
      #expect(!check.title.isEmpty && !check.title.hasSuffix("."), "\(check.id)")
      #expect(check.why.hasSuffix("."), "\(check.id)")
    }
  }

  /// Every declaration in the sources is in the list, so none can be reported without a description.
  @Test func listsEveryDeclaredCheck() throws {
    let sources = Project.root.appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var declared: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: #/static let \w+ = BuiltInCheck\(\s*"([a-z0-9-]+)"/#) {
        declared.insert(String(match.1))
      }
    }
    #expect(declared == Set(BuiltInCheck.all.map(\.id)))
  }
}
