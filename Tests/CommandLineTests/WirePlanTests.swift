import Foundation
import TestSupport
import Testing

/// Requests that botocore was seen to write, planned from files.
@Suite(.enabled(if: Suites.folder != nil, "REQLINT_SUITES is unset"))
struct WirePlanTests {
  private static func samples() throws -> [[String: Any]] {
    let folder = try #require(Suites.folder).deletingLastPathComponent().appending(path: "domain")
    let data = try Data(contentsOf: folder.appending(path: "wire-samples.json"))
    let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    return try #require(root["samples"] as? [[String: Any]])
  }

  private static func flags(_ config: [String: Bool]) -> [String] {
    (config["use_fips_endpoint"] == true ? ["--use-fips-endpoint"] : [])
      + (config["use_dualstack_endpoint"] == true ? ["--use-dualstack-endpoint"] : [])
  }

  /// Method, address, headers and body; a token that a client adds when it sends stands in no plan.
  @Test func plansAreWhatBotocoreSends() throws {
    var equal = 0
    for sample in try Self.samples() {
      guard let wire = sample["http"] as? [String: Any] else { continue }
      let name = try #require(sample["note"] as? String)
      let body = try #require(sample["body"] as? String ?? wire["body"] as? String)
      let token = ", \"clientToken\": \"11111111-2222-4333-8444-555555555555\"}"
      let isFilledIn = body.hasSuffix(token)
      try withScratch { scratch in
        // Written by hand, since the order of members counts.
        let parameters = (isFilledIn ? body.dropLast(token.count) + "}" : body[...])
        try scratch.write(
          "a.json",
          "{\"service\": \"\(sample["service"] ?? "")\", \"operation\": \"\(sample["operation"] ?? "")\", "
            + "\"region\": \"\(sample["region"] ?? "")\", \"parameters\": \(parameters)}")
        let config = sample["config"] as? [String: Bool] ?? [:]
        let run = try Invocation(
          ["plan", "--format", "json", "a.json"] + Self.flags(config), in: scratch.folder)
        let request = try #require((try run.json()["requests"] as? [[String: Any]])?.first)
        let http = try #require(request["http"] as? [String: Any], "\(name): \(run.output)")
        #expect(http["method"] as? String == wire["method"] as? String, "\(name)")
        #expect(http["url"] as? String == wire["url"] as? String, "\(name)")
        let headers = http["headers"] as? [String: String] ?? [:]
        var expected = wire["headers"] as? [String: String] ?? [:]
        let isMasked = (http["body"] as? String)?.contains("(sensitive)") == true
        if isFilledIn || isMasked { expected["Content-Length"] = nil }
        #expect(headers == expected, "\(name)")
        if !isMasked { #expect(http["body"] as? String == String(parameters), "\(name)") }
      }
      equal += 1
    }
    #expect(equal == 13)
  }

  /// The sample that botocore refuses is refused here too, as the same text would be.
  @Test func whatBotocoreRefusesIsBlocked() throws {
    let refused = try Self.samples().filter { $0["http"] == nil }
    #expect(refused.count == 1)
    let run = try Invocation(
      "plan --format json -",
      input: "# reqlint: opensearch.StartServiceSoftwareUpdate region=us-east-1\nDomainName: logs-prod\n"
        + "ScheduleAt: TIMESTAMP\nDesiredStartTime: 2026-11-21T00:00:00\n")
    let request = try #require((try run.json()["requests"] as? [[String: Any]])?.first)
    #expect(run.status == 1 && request["verdict"] as? String == "blocked")
    let rules = (request["findings"] as? [[String: Any]])?.compactMap { $0["rule"] as? String } ?? []
    #expect(rules.contains("wrong-type"))
  }
}
