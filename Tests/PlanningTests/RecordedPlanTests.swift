import Linting
import Syntax
import Testing
import Wire

@testable import Planning

/// Plan files that were not written by this program, though their digest and seal fit.
@Suite struct RecordedPlanTests {
  /// A plan of requests of these ids, sealed.
  ///
  /// - Parameter inputs: members of its inputs besides the paths, as JSON, each after a comma.
  private func read(_ ids: [String], inputs: String = "") throws -> RecordedPlan {
    let requests = ids.map { id in
      """
      {"id": "\(id)", "file": "a", "verdict": "ready", "digest": "sha256:0", "parameters": {}}
      """
    }
    let digest = Digest.ofPlan(ids.map { _ in "sha256:0" })
    let body = """
      {"format": "\(PlanSeal.format)", "digest": "\(digest)", "inputs": {"paths": []\(inputs)},
       "requests": [\(requests.joined(separator: ","))]
      """
    var seal = PlanSeal()
    seal.add(Array(body.utf8)[...])
    return try RecordedPlan(SourceText("\(body),\"seal\":\"\(seal.digest)\"}"), limits: Limits())
  }

  @Test func takesRequestsOfDifferentIDs() throws {
    #expect(try read(["a#1", "a#2"]).requests.map(\.id) == ["a#1", "a#2"])
  }

  /// Of two requests of one id a comparison would see but one, and show nothing of the other.
  @Test func refusesTwoRequestsOfOneID() {
    #expect(throws: RecordedPlan.Fault.repeatedID("a#1")) { try read(["a#1", "a#2", "a#1"]) }
  }

  // MARK: Endpoint options

  static let endpoints = [
    EndpointOptions(), EndpointOptions(usesFIPS: true), EndpointOptions(usesDualStack: true),
    EndpointOptions(endpointURL: "https://x.example"),
    EndpointOptions(usesFIPS: true, usesDualStack: true, endpointURL: "https://x.example:8443/base"),
  ]

  @Test(arguments: endpoints) func readsTheEndpointOptionsThatAreWritten(_ options: EndpointOptions) throws {
    var inputs = PlanInputs(
      paths: ["requests"], operation: "es.ListDomainNames", region: "eu-west-1", account: "123456789012")
    inputs.endpoints = options
    inputs.configuration = "settings.yaml"
    let plan = Plan(
      digest: Digest.ofPlan([]), now: Instant(milliseconds: 0), catalogSource: "none", inputs: inputs,
      requests: [], order: [], conflicts: [], findings: [], files: [], skippedFiles: 0)
    var text: [UInt8] = []
    plan.writeJSON { text += $0 }
    #expect(try RecordedPlan(SourceText(text), limits: Limits()).inputs == inputs)
  }

  @Test func takesPlansWithoutEndpointOptions() throws {
    #expect(try read([]).inputs.endpoints == EndpointOptions())
  }

  @Test(arguments: [
    ("useFIPSEndpoint", #""true""#), ("useDualStackEndpoint", "1"), ("endpointURL", "null"),
    ("endpointURL", "true"),
  ])
  func refusesEndpointOptionsOfAnotherType(_ key: String, _ value: String) {
    #expect(throws: RecordedPlan.Fault.malformed(pointer: "/inputs/\(key)")) {
      try read([], inputs: #","\#(key)": \#(value)"#)
    }
  }
}
