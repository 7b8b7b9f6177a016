import Planning
import Syntax
import Testing
import Verdicts

@testable import Reports

/// Every rendering says in a line why a request with values that are known at run time only is not ready.
@Suite struct RunTimeReasonTests {
  static let plan: Plan = {
    var request = PlanFixtures.request("a", verdict: .review, parameters: #"{"DomainName":"$DOMAIN"}"#)
    request.dynamic = ["/DomainName"]
    request.risk.reasons = ["known-at-run-time: /DomainName"]
    request.command = []
    request.commandNote = "known at run time only: /DomainName"
    return PlanFixtures.plan([request])
  }()

  static let lines: [(PlanFormat, String)] = [
    (.text, "  risk        low: known-at-run-time: /DomainName\n"),
    (.markdown, "  - because: known-at-run-time: `/DomainName`\n"),
    (.html, "low<span class=\"note text\">known-at-run-time: /DomainName</span>"),
    (.json, #""dynamic": ["#),
    (.json, #""known-at-run-time: /DomainName""#),
    (.sh, "'  a (requests/update.yaml:2): no command line can be made: known at run time only: /DomainName'"),
  ]

  @Test(arguments: lines) func isShown(_ format: PlanFormat, _ line: String) {
    let text = String(decoding: format.render(Self.plan), as: UTF8.self)
    #expect(text.contains(line), "\(text.prefix(3000))")
  }
}
