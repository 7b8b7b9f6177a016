import Models
import Syntax
import Testing

@testable import Rules

/// How groups are made, counted and ordered.
struct BatchTests {
  /// A rule for two operations of Proton with this `x-batch`.
  private func rule(_ batch: String, message: String = "found {count} of {limit}", when: String? = nil) throws
    -> Rule
  {
    let text = """
      title: t
      severity: warning
      operations: [proton.UpdateServiceInstance, proton.UpdateServicePipeline]
      \(when.map { "when: \($0)" } ?? "")
      x-batch: \(batch)
      message: "\(message)"
      why: w
      source: https://example.com/
      examples: {bad: [{requests: [{operation: proton.UpdateServiceInstance, parameters: {}}]}]}

      """
    let models: LoadedModels? = LoadedModels(.builtIn)
    let file = RuleFile(id: "some-rule", origin: "some-rule.yaml", bytes: Array(text.utf8))
    let loaded = RuleLoader.load(file, checkedAgainst: models)
    #expect(loaded.faults.map(\.message) == [])
    return try #require(loaded.rule)
  }

  private func instance(_ name: String, _ more: String = "") -> BatchRequest {
    BatchRequest("proton.UpdateServiceInstance", "{serviceName: s, name: \(name)\(more)}")
  }

  private func pipeline(_ more: String = "") -> BatchRequest {
    BatchRequest("proton.UpdateServicePipeline", "{serviceName: s\(more)}")
  }

  @Test func oneGroupWithoutTerms() throws {
    let rule = try rule("{same: [], more-than: 2}")
    #expect(try judged([rule], [instance("a"), pipeline()]) == [])
    #expect(
      try judged([rule], [instance("a"), pipeline(), instance("b")]) == ["some-rule [0, 1, 2]: found 3 of 2"])
  }

  @Test func limitOfNone() throws {
    #expect(
      try judged([rule("{same: [/name], more-than: 0}")], [instance("a")]) == ["some-rule [0]: found 1 of 0"])
  }

  @Test func absentValuesAreEqualAndShownAsSuch() throws {
    let rule = try rule(
      "{same: [/name, /templateMajorVersion]}", message: "{name} {templateMajorVersion} {spec}")
    #expect(try judged([rule], [instance("a"), instance("a")]) == ["some-rule [0, 1]: a absent absent"])
    #expect(try judged([rule], [instance("a"), instance("a", ", templateMajorVersion: '1'")]) == [])
    #expect(try judged([rule], [pipeline(), pipeline()]) == ["some-rule [0, 1]: absent absent absent"])
  }

  @Test func longAndSensitiveValuesMakeGroupsButAreNotShown() throws {
    let long = String(repeating: "x", count: 300)
    let rule = try rule("{same: [/name, /spec]}", message: "{name} {spec}")
    #expect(
      try judged([rule], [instance(long, ", spec: secret"), instance(long, ", spec: secret")]) == [
        "some-rule [0, 1]: the same value the same value"
      ])
    #expect(try judged([rule], [instance(long), instance(long + "y")]) == [])
    #expect(try judged([rule], [instance("a", ", spec: secret"), instance("a", ", spec: Secret")]) == [])
  }

  @Test func collectionsAreComparedByValue() throws {
    let rule = try rule("{same: [\"\"]}")
    #expect(
      try judged(
        [rule], [instance("a", ", spec: {x: 1, y: [2]}"), instance("a", ", spec: {y: [2.0], x: 1}")]) == [
          "some-rule [0, 1]: found 2 of 1"
        ])
  }

  @Test func groupsThatMustDiffer() throws {
    let rule = try rule("{same: [/serviceName], differ: [/spec, /name]}")
    #expect(try judged([rule], [instance("a", ", spec: x"), instance("a", ", spec: x")]) == [])
    #expect(
      try judged([rule], [instance("a"), instance("a"), instance("b")]) == [
        "some-rule [0, 1, 2]: found 3 of 1"
      ])
    #expect(
      try judged([rule], [instance("a"), instance("a", ", spec: x")]) == ["some-rule [0, 1]: found 2 of 1"])
  }

  @Test func requestsThatTheRuleIsNotFor() throws {
    let rule = try rule("{same: [/serviceName]}", when: "{required: [name]}")
    let other = BatchRequest("proton.DeleteService", "{name: s}")
    #expect(try judged([rule], [instance("a"), pipeline(), other]) == [])
    #expect(
      try judged([rule], [instance("a"), pipeline(), instance("b")]) == ["some-rule [0, 2]: found 2 of 1"])
  }

  @Test func groupsCountFromTheirFirst() throws {
    let rule = try rule("{same: [/serviceName], first: {required: [spec]}}")
    #expect(try judged([rule], [instance("a"), instance("b")]) == [])
    #expect(try judged([rule], [instance("a"), instance("b", ", spec: x")]) == [])
    #expect(
      try judged([rule], [instance("a"), instance("b", ", spec: x"), instance("c")]) == [
        "some-rule [1, 2]: found 2 of 1"
      ])
  }

  @Test func ordersByOperation() throws {
    let rule = try rule(
      "{same: [/serviceName], order: [proton.UpdateServicePipeline, proton.UpdateServiceInstance]}")
    #expect(try judged([rule], [instance("a"), instance("b")]) == [], "one step is no order")
    #expect(
      try judged([rule], [instance("a"), pipeline(), instance("b"), pipeline()]) == [
        "some-rule [0, 1, 2, 3] in order [[1, 3], [0, 2]]: found 4 of 1"
      ])
  }

  @Test func ordersAsWritten() throws {
    let rule = try rule("{same: [/serviceName], order: as-written}")
    #expect(
      try judged([rule], [instance("b"), instance("a")]) == [
        "some-rule [0, 1] in order [[0], [1]]: found 2 of 1"
      ])
  }

  @Test func regionsAndAccountsMakeGroups() throws {
    let rule = try rule("{same: [/name]}")
    var requests = [instance("a"), instance("a"), instance("a"), instance("a")]
    requests[1].region = "eu-west-1"
    requests[2].account = "eu-west-1"
    requests[3].region = "eu-west-1"
    // Who declares no region is taken to be in the one that all others are in; the same with accounts.
    #expect(try judged([rule], requests) == ["some-rule [0, 1, 2, 3]: found 4 of 1"])
    requests[3].region = "us-east-1"
    #expect(try judged([rule], requests) == ["some-rule [0, 2]: found 2 of 1"])
  }

  @Test func verdictsAreSortedWhateverTheGroups() throws {
    let rules = try [
      rule("{same: [/name]}", message: "{name}"),
      rule("{same: [operation, /serviceName]}", message: "{operation}"),
    ]
    let requests = ["c", "b", "a", "c", "b", "a"].map { instance($0) }
    let expected = [
      "some-rule [0, 1, 2, 3, 4, 5]: proton.UpdateServiceInstance", "some-rule [0, 3]: c",
      "some-rule [1, 4]: b",
      "some-rule [2, 5]: a",
    ]
    for _ in 0..<3 { #expect(try judged(rules, requests) == expected) }
  }
}
