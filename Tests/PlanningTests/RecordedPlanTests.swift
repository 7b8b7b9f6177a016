import Linting
import Syntax
import Testing

@testable import Planning

/// Plan files that were not written by this program, though their digest and seal fit.
@Suite struct RecordedPlanTests {
  /// A plan of requests of these ids, sealed.
  private func read(_ ids: [String]) throws -> RecordedPlan {
    let requests = ids.map { id in
      """
      {"id": "\(id)", "file": "a", "verdict": "ready", "digest": "sha256:0", "parameters": {}}
      """
    }
    let digest = Digest.ofPlan(ids.map { _ in "sha256:0" })
    let body = """
      {"format": "\(PlanSeal.format)", "digest": "\(digest)", "inputs": {"paths": []},
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
}
