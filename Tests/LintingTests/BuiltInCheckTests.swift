import Testing
import Verdicts

@testable import Linting
@testable import Requests

/// Every id that needs no rule file is described once.
struct BuiltInCheckTests {
  @Test func describesEveryID() {
    #expect(BuiltInCheck.all.map(\.id) == FindingID.allCases.map(\.rawValue))
    for check in BuiltInCheck.all {
      #expect(!check.title.isEmpty && !check.title.hasSuffix("."), "\(check.id)")
      #expect(check.why.hasSuffix("."), "\(check.id)")
    }
  }

  @Test(arguments: BindingIssue.Rule.allCases)
  func knowsWhatBindingReports(_ rule: BindingIssue.Rule) {
    #expect(FindingID(rawValue: rule.rawValue)?.severity == .error)
  }
}
