import Foundation
import TestSupport
import Testing

/// The packs of a configuration, for every command that tells of rules.
@Suite struct ConfiguredPackTests {
  private static let rule = """
    title: Says when
    severity: error
    operations: [account.EnableRegion]
    assert: { required: [AccountId] }
    message: no AccountId
    why: whoever reads it should not have to ask
    source: https://example.com/why
    examples:
      good: [{ AccountId: "123456789012", RegionName: af-south-1 }]
      bad: [{ RegionName: af-south-1 }]

    """

  private func withPack(_ body: (Scratch) throws -> Void) throws {
    try withScratch { scratch in
      try scratch.write(".reqlint.yaml", "rules: [pack]\n")
      try scratch.write("pack/says-when.yaml", Self.rule)
      try scratch.write("sub/a.yaml", "# reqlint: account.EnableRegion\nRegionName: af-south-1\n")
      try body(scratch)
    }
  }

  @Test(arguments: ["", "sub"])
  func explained(_ folder: String) throws {
    try withPack { scratch in
      let place = scratch.folder.appending(path: folder)
      let rule = try Invocation("explain says-when", in: place)
      #expect(rule.status == 0)
      #expect(
        rule.output.hasPrefix("says-when (error)\nSays when\n\nwhoever reads it should not have to ask\n"))
      #expect(rule.errors == "")
      let operation = try Invocation("explain account.EnableRegion", in: place)
      #expect(operation.output.contains("  error    says-when: Says when\n"))
      let list = try Invocation("rules list", in: place)
      #expect(list.status == 0)
      #expect(list.output.contains("error    says-when "))
      let completed = try Invocation(
        ["---completion", "explain", "--", "positional@0", "2", "6", "reqlint", "explain", "says-w"],
        in: place, environment: ["SAP_SHELL": "bash", "SAP_SHELL_VERSION": "5.2"])
      #expect(completed.output == "says-when\n")
    }
  }

  @Test func unknownWithoutIt() throws {
    try withPack { scratch in
      let other = try scratch.write("other.yaml", "{}\n")
      let run = try Invocation("explain says-when --config \(other.path)", in: scratch.folder)
      #expect(run.status == 2)
      #expect(run.errors == "reqlint: there is no rule, service or operation \"says-when\"\n")
    }
  }

  /// A configuration that cannot be used is named, and nothing passes for complete.
  @Test(arguments: ["explain unknown-parameter", "rules list"])
  func faulty(_ line: String) throws {
    try withPack { scratch in
      try scratch.write(".reqlint.yaml", "rules: [gone]\n")
      let run = try Invocation(line, in: scratch.folder)
      #expect(run.status == 2)
      #expect(run.output.contains("unknown-parameter"))
      #expect(
        run.errors == "reqlint: .reqlint.yaml:1:9: gone: cannot be read: No such file or directory\n")
    }
  }

  @Test func inSARIF() throws {
    try withPack { scratch in
      let run = try Invocation("lint --format sarif .", in: scratch.folder)
      #expect(run.status == 1)
      let runs = try run.json()["runs"] as? [[String: Any]]
      let driver = (runs?.first?["tool"] as? [String: Any])?["driver"] as? [String: Any]
      let rules = try #require(driver?["rules"] as? [[String: Any]])
      #expect(rules.map { $0["id"] as? String } == ["says-when"])
      let title = (rules.first?["shortDescription"] as? [String: Any])?["text"] as? String
      #expect(title == "Says when")
      #expect(rules.first?["helpUri"] as? String == "https://example.com/why")
    }
  }

  /// The request breaks the pack's rule with either catalog, and is too long for the other one.
  @Test func inCatalogDifference() throws {
    try withPack { scratch in
      let model = try smallModel {
        $0.replacing(
          #""RegionName":{"type":"string","max":50,"min":1}"#,
          with: #""RegionName":{"type":"string","max":3}"#)
      }
      try scratch.write("models/account/2021-02-01/service-2.json", model)
      let run = try Invocation("catalog diff models --against sub --format json", in: scratch.folder)
      #expect(run.status == 1)
      let requests = try #require(try run.json()["requests"] as? [[String: Any]])
      let verdicts = requests.compactMap { $0["verdict"] as? [String: String] }
      #expect(verdicts == [["old": "fail", "new": "fail"]])
    }
  }

  /// What the configuration keeps out, suppresses or switches off plays no part.
  @Test func configuredInCatalogDifference() throws {
    try withPack { scratch in
      let model = try smallModel {
        $0.replacing(
          #""RegionName":{"type":"string","max":50,"min":1}"#,
          with: #""RegionName":{"type":"string","max":3}"#)
      }
      try scratch.write("models/account/2021-02-01/service-2.json", model)
      try scratch.write(".reqlint.yaml", "severity: {too-long: off}\n")
      #expect(try Invocation("catalog diff models --against sub", in: scratch.folder).status == 0)
      try scratch.write(".reqlint.yaml", "exclude: [sub]\n")
      let excluded = try Invocation("catalog diff models --against sub", in: scratch.folder)
      #expect(excluded.status == 2)
      #expect(excluded.errors.hasPrefix("reqlint: sub: excluded by .reqlint.yaml:1\n"))
    }
  }
}
