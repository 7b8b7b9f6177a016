import Foundation
import TestSupport
import Testing

/// A file that holds a command line and what it prints.
private struct Transcript: CustomTestStringConvertible {
  let file: URL
  let sample: String

  var testDescription: String { sample }

  private var command: [String] {
    let time = sample.hasSuffix("service-ending.yaml") ? "2026-09-01T00:00:00Z" : referenceTime
    return ["lint", "--now", time, sample]
  }

  func record() throws -> String {
    let run = try Invocation(command)
    let streams = run.output + run.errors
    return "$ reqlint \(command.joined(separator: " "))\n\(streams)exit status \(run.status)\n"
  }

  /// One for each request file under a folder of `samples`.
  static func all(under folder: String) -> [Transcript] {
    let root = Project.root.appending(path: folder)
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root.path)) ?? []
    return paths.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".json") }.sorted().map { path in
      Transcript(file: root.appending(path: path + ".txt"), sample: "\(folder)/\(path)")
    }
  }
}

@Suite struct SampleTests {
  /// Set to rewrite what stands beside the broken samples; that run fails all the same.
  private static let isRewriting = ProcessInfo.processInfo.environment["REQLINT_REWRITE_GOLDENS"] != nil

  @Test(arguments: Transcript.all(under: "samples/broken"))
  fileprivate func brokenSamplePrintsWhatStandsBesideIt(_ transcript: Transcript) throws {
    let actual = try transcript.record()
    if Self.isRewriting {
      try actual.write(to: transcript.file, atomically: true, encoding: .utf8)
      Issue.record("rewritten: \(transcript.file.lastPathComponent)")
    }
    let expected = try String(contentsOf: transcript.file, encoding: .utf8)
    #expect(actual == expected)
  }

  @Test(arguments: Transcript.all(under: "samples/broken"))
  fileprivate func brokenSampleShowsTheRuleItIsNamedFor(_ transcript: Transcript) throws {
    let rule = URL(fileURLWithPath: transcript.sample).deletingPathExtension().lastPathComponent
    let expected = try String(contentsOf: transcript.file, encoding: .utf8)
    #expect(expected.contains("[\(rule)]\n"))
  }

  /// The plan of `samples/plan` in the formats that people read.
  @Test(arguments: [("text", "plan.txt"), ("markdown", "plan.md"), ("sh", "plan.sh")])
  func planPrintsWhatStandsBesideIt(_ format: String, _ name: String) throws {
    let run = try Invocation(
      "plan --now \(referenceTime) --format \(format) --state samples/plan/state samples/plan/requests")
    #expect(run.status == 1 && run.errors == "")
    let file = Project.root.appending(path: "samples/plan/\(name)")
    if Self.isRewriting {
      try run.output.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("rewritten: \(name)")
    }
    #expect(try run.output == String(contentsOf: file, encoding: .utf8))
  }

  @Test func noTranscriptWithoutItsSample() throws {
    let root = Project.root.appending(path: "samples/broken")
    let transcripts = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter {
      $0.hasSuffix(".txt")
    }
    #expect(transcripts.count == Transcript.all(under: "samples/broken").count)
  }

  @Test func goodSamplesAreSilentButForTheEndOfProton() throws {
    let run = try Invocation("lint --now \(referenceTime) --format json samples/good")
    #expect(run.status == 0)
    let findings = try #require(try run.json()["findings"] as? [[String: Any]])
    let others = findings.filter { finding in
      let isEnd =
        finding["rule"] as? String == "deprecated-operation" || finding["rule"] as? String == "service-ended"
      return !(isEnd && finding["service"] as? String == "proton")
    }
    #expect(others.isEmpty)
    #expect(findings.count == 16)
    #expect((try run.json()["requests"] as? [Any])?.count == 30)
  }

  @Test func requestsThatKeepThePolicies() throws {
    let run = try Invocation(
      "lint --now \(referenceTime) --rules samples/policies/rules samples/policies/requests/pass")
    #expect(run.status == 0)
    #expect(run.output.hasSuffix(": 0 errors, 0 warnings\n"))
  }

  @Test func requestsThatBreakThePolicies() throws {
    let folder = Project.root.appending(path: "samples/policies/requests/fail")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names.count == 7)
    for name in names {
      let path = "samples/policies/requests/fail/\(name)"
      let run = try Invocation(
        "lint --now \(referenceTime) --format json --rules samples/policies/rules \(path)")
      let id = URL(fileURLWithPath: name).deletingPathExtension().lastPathComponent
      #expect(try Set(run.rules()) == [id], "\(name)")
      let builtIn = try Invocation("lint --now \(referenceTime) --format json \(path)")
      #expect(try builtIn.rules() == [], "\(name)")
    }
  }
}
