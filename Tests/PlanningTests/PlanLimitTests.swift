import Linting
import Syntax
import Testing
import Verdicts

@testable import Planning

/// What a limit leaves unchecked is blocked, and nothing else is.
@Suite struct PlanLimitTests {
  private static let bomb = (1...8).reduce("a0: &a0 x\n") { text, level in
    let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
    return text + "a\(level): &a\(level) [\(aliases)]\n"
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "  \($0)\n" }.joined()
  }

  /// A bomb in a spec blocks its own request; the bomb of a document blocks that document.
  @Test func blocksWhatIsNotEvaluated() throws {
    let spec = request(
      "proton.UpdateServicePipeline", "region=eu-west-1",
      "serviceName: abc\ndeploymentType: CURRENT_VERSION\nspec: |\n\(Self.indented(Self.bomb))")
    let document = request("es.ListDomainNames", "", Self.bomb)
    let plan = try Planned([spec + "---\n" + start("one") + "---\n" + document + "---\n" + start("two")]).plan
    #expect(plan.requests.map { $0.verdict == .blocked } == [true, false, true, false])
    #expect(plan.requests[0].findings.contains { $0.rule == "evaluation-limit" && $0.severity == .error })
    #expect(plan.requests[2].findings.map(\.rule) == ["document-limit"])
    #expect(plan.requests[2].http == nil)
    #expect(plan.requests[2].command.isEmpty)
    #expect(plan.requests.map(\.id) == (1...4).map { "a.yaml#\($0)" })
  }

  /// An event stream cannot be judged whatever the budget: a remark, which the plan shows.
  @Test func showsWhatIsNotEvaluatedByNature() throws {
    let text = request(
      "lexv2-runtime.StartConversation", "region=eu-west-1",
      "botId: ABCDEFGHIJ\nbotAliasId: ABCDEFGHIJ\nlocaleId: en_US\nsessionId: ab\nrequestEventStream: {}")
    let planned = try Planned(text).only
    #expect(planned.notEvaluated.map(\.pointer) == ["/requestEventStream"])
  }

  /// A suppressed error asks for a review, also beyond the limit of what is listed.
  @Test func reviewsWhatIsSuppressedBeyondTheLimit() throws {
    let ignored = "# reqlint-ignore: unknown-parameter -- not ours\n"
    let many = ignored + start("one", (0..<1_001).map { "k\($0): 1\n" }.joined())
    let one = ignored + start("two", "k: 1\n")
    let alone = try Planned([one]).plan.requests.map(\.verdict)
    #expect(alone == [.review])
    #expect(try Planned([many + "---\n" + one]).plan.requests.map(\.verdict) == [.review, .review])
  }
}
