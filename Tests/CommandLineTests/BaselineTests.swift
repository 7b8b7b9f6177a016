import Foundation
import TestSupport
import Testing

/// Adopting reqlint where old findings are: they are accepted, new ones are not.
@Suite struct BaselineTests {
  private static let directive = "# reqlint: opensearch.StartServiceSoftwareUpdate\n"

  /// A repository of 500 requests in 50 files, each with one fault, half of them in the same words.
  private func fill(_ scratch: Scratch) throws {
    for file in 0..<50 {
      let requests = (0..<10).map { number in
        "\(Self.directive)DomainName: \(number % 2 == 0 ? "ab" : "x\(number)")\n"
      }
      try scratch.write("requests/\(file).yaml", requests.joined(separator: "---\n"))
    }
  }

  private func entries(_ text: String) throws -> [[String: String]] {
    var lines = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: String]])
    #expect(lines.removeLast() == ["format": "reqlint-baseline/2"])
    return lines
  }

  @Test func adoptsWithOneCommand() throws {
    try withScratch { scratch in
      try fill(scratch)
      #expect(try Invocation("lint requests", in: scratch.folder).status == 1)
      let written = try Invocation("lint --write-baseline base.json requests", in: scratch.folder)
      #expect(written.status == 0)
      #expect(written.output == "500 requests in 50 files: 0 errors, 0 warnings, 500 suppressed\n")
      #expect(written.errors == "reqlint: base.json: 500 findings accepted\n")

      let accepted = try Invocation("lint --baseline base.json --format json requests", in: scratch.folder)
      #expect(accepted.status == 0)
      let report = try accepted.json()
      #expect((report["findings"] as? [Any])?.isEmpty == true)
      #expect((report["suppressed"] as? [[String: Any]])?.count == 500)
      #expect((report["summary"] as? [String: Int])?["suppressed"] == 500)

      // Lines move, and a new fault comes in the words of an old one.
      let old = try scratch.read("requests/7.yaml")
      try scratch.write("requests/7.yaml", "# moved\n\n\(old)---\n\(Self.directive)DomainName: ab\n")
      let new = try Invocation("lint --baseline base.json requests", in: scratch.folder)
      #expect(new.status == 1)
      #expect(new.output.hasPrefix("requests/7.yaml:34:13: error: "))
      #expect(new.output.hasSuffix("501 requests in 50 files: 1 error, 0 warnings, 500 suppressed\n"))
    }
  }

  @Test func holdsNoLinesAndIsSorted() throws {
    try withScratch { scratch in
      try fill(scratch)
      _ = try Invocation("lint --write-baseline base.json requests", in: scratch.folder)
      let text = try scratch.read("base.json")
      let lines = text.split(separator: "\n").filter { $0.hasPrefix("{\"file") }
        .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " ,")) }
      #expect(lines.count == 500)
      #expect(lines == lines.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
      for entry in try entries(text) {
        #expect(Set(entry.keys) == ["file", "operation", "pointer", "rule", "severity", "value"])
      }
      let again = try Invocation("lint --jobs 1 --write-baseline other.json requests", in: scratch.folder)
      #expect(again.status == 0)
      #expect(try scratch.read("other.json") == text)
    }
  }

  @Test func tellsWhatIsGoneAndDropsIt() throws {
    try withScratch { scratch in
      try fill(scratch)
      _ = try Invocation("lint --write-baseline base.json requests", in: scratch.folder)
      try scratch.write("requests/0.yaml", "\(Self.directive)DomainName: repaired\n")
      try FileManager.default.removeItem(at: scratch.folder.appending(path: "requests/1.yaml"))
      let gone = try Invocation("lint --baseline base.json --format json requests", in: scratch.folder)
      #expect(gone.status == 0)
      let findings = try #require(try gone.json()["findings"] as? [[String: Any]])
      #expect(findings.count == 20)
      #expect(
        findings.allSatisfy {
          $0["rule"] as? String == "unused-suppression" && $0["file"] as? String == "base.json"
        })

      // A run over some files says nothing of the others, and keeps their entries.
      let some = try Invocation("lint --baseline base.json requests/2.yaml", in: scratch.folder)
      #expect(some.output.contains("1 file: 0 errors, 10 warnings, 10 suppressed"))
      let renewed = try Invocation("lint --write-baseline base.json requests/0.yaml", in: scratch.folder)
      #expect(
        renewed.errors
          == "reqlint: base.json: 0 findings accepted, 480 that this run has not looked at kept\n")
      #expect(
        try Invocation("lint --baseline base.json requests", in: scratch.folder).output.hasSuffix(
          "481 requests in 49 files: 0 errors, 0 warnings, 480 suppressed\n"))
    }
  }

  @Test func pathsAreThoseFromItsFolder() throws {
    try withScratch { scratch in
      try fill(scratch)
      _ = try Invocation("lint --write-baseline base.json requests", in: scratch.folder)
      let inside = scratch.folder.appending(path: "requests")
      let result = try Invocation("lint --baseline ../base.json .", in: inside)
      #expect(result.status == 0)
      #expect(result.output.hasSuffix("0 errors, 0 warnings, 500 suppressed\n"))
      let absolute = try Invocation(
        ["lint", "--baseline", scratch.folder.appending(path: "base.json").path, inside.path],
        in: Project.root)
      #expect(absolute.status == 0)
    }
  }

  @Test(arguments: [
    ("DomainName: [\n", "# more\nDomainName: [\n"),
    // The outline counts where a text may hold secrets.
    ("MasterUserPassword: [abc\n", "MasterUserPassword: [abc\nFoo: {\n"),
  ])
  func whatCannotBeTakenInCountsAsAWhole(_ before: String, _ after: String) throws {
    try withScratch { scratch in
      try scratch.write("good.yaml", "\(Self.directive)DomainName: abc\n")
      try scratch.write("a.yaml", Self.directive + before)
      #expect(
        try Invocation("lint --write-baseline base.json a.yaml good.yaml", in: scratch.folder).status == 0)
      #expect(try entries(try scratch.read("base.json")).allSatisfy { $0["value"] != nil })
      #expect(try Invocation("lint --baseline base.json a.yaml good.yaml", in: scratch.folder).status == 0)
      // Nothing checked is no success, whatever was accepted.
      #expect(try Invocation("lint --baseline base.json a.yaml", in: scratch.folder).status == 2)
      try scratch.write("a.yaml", Self.directive + after)
      #expect(try Invocation("lint --baseline base.json a.yaml good.yaml", in: scratch.folder).status == 1)
    }
  }

  @Test(arguments: [
    (
      "service: nosuch\noperation: Do\nparameters: {a: b}\n",
      "service: nosuch\noperation: Do\nparameters: {a: c}\n"
    ),
    (
      "service: nosuch\noperation: Do\nparameters: {a: b}\n",
      "service: nosuch\noperation: Did\nparameters: {a: b}\n"
    ),
    ("# reqlint: nosuch.Do\na: b\n", "# reqlint: nosuch.Do\na: c\n"),
    (
      "# reqlint: sqs.ListQueues region=eu-west-1 region=eu-west-2\n{}\n",
      "# reqlint: sqs.ListQueues region=eu-west-1 region=us-east-1\n{}\n"
    ),
    (
      "# reqlint: sqs.ListQueues region=eu-west-1 region=eu-west-2\n{}\n",
      "# reqlint: sqs.ListQueues region=us-east-1 region=eu-west-2\n{}\n"
    ),
  ])
  func acceptsNothingElseInARequestThatIsNotChecked(_ before: String, _ after: String) throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", before)
      _ = try Invocation("lint --write-baseline base.json a.yaml", in: scratch.folder)
      #expect(try Invocation("lint --baseline base.json a.yaml", in: scratch.folder).status == 0)
      try scratch.write("a.yaml", after)
      #expect(try Invocation("lint --baseline base.json a.yaml", in: scratch.folder).status == 1)
    }
  }

  @Test func anotherMissingMemberIsNew() throws {
    try withScratch { scratch in
      let head = "# reqlint: opensearch.CreatePackage\nPackageName: pkg1\n"
      try scratch.write("a.yaml", "\(head)PackageType: TXT-DICTIONARY\n")
      _ = try Invocation("lint --write-baseline base.json a.yaml", in: scratch.folder)
      #expect(try Invocation("lint --baseline base.json a.yaml", in: scratch.folder).status == 0)
      try scratch.write("a.yaml", "\(head)PackageSource: {S3BucketName: bucket1, S3Key: key.txt}\n")
      let new = try Invocation("lint --baseline base.json --format json a.yaml", in: scratch.folder)
      #expect(new.status == 1)
      #expect(try new.rules().contains("missing-parameter"))
    }
  }

  @Test func keepsEntriesOfWhatCouldNotBeReadOrWasNotLookedFor() throws {
    try withScratch { scratch in
      try fill(scratch)
      _ = try Invocation("lint --min-severity info --write-baseline base.json requests", in: scratch.folder)
      let all = try entries(try scratch.read("base.json")).count
      #expect(all > 1000)
      let usual = try Invocation("lint --baseline base.json requests", in: scratch.folder)
      #expect(usual.output.hasSuffix("0 errors, 0 warnings, 500 suppressed\n"))
      let gone = scratch.folder.appending(path: "requests/3.yaml")
      try FileManager.default.removeItem(at: gone)
      try FileManager.default.createSymbolicLink(atPath: gone.path, withDestinationPath: "3.yaml")
      let renewed = try Invocation("lint --write-baseline base.json requests", in: scratch.folder)
      #expect(renewed.status == 2)
      #expect(try entries(try scratch.read("base.json")).count == all)
    }
  }

  /// What the first format wrote is honoured, with a note, and renewed for the files that a run looks at.
  @Test func renewsTheFirstFormat() throws {
    try withScratch { scratch in
      let old = [
        #"{"file":"a.yaml","rule":"document-limit","pointer":""}"#,
        #"{"file":"a.yaml","rule":"too-short","pointer":"/DomainName","value":"fb8e20fc2e4c3f24"}"#,
        #"{"file":"b.yaml","rule":"too-short","pointer":"/DomainName","value":"fb8e20fc2e4c3f24"}"#,
        #"{"format":"reqlint-baseline/1"}"#,
      ]
      try scratch.write("base.json", "[\n\(old.joined(separator: ",\n"))\n]\n")
      for name in ["a", "b"] { try scratch.write("\(name).yaml", "\(Self.directive)DomainName: ab\n") }
      let accepted = try Invocation("lint --baseline base.json a.yaml b.yaml", in: scratch.folder)
      #expect(accepted.status == 0)
      #expect(
        accepted.errors
          == """
          reqlint: base.json: 2 entries of an older format may accept changed requests too; renew the baseline with \
          --write-baseline
          reqlint: base.json: 1 entry of document-limit ignored, since it says that something was not checked; renew the \
          baseline with --write-baseline

          """)
      _ = try Invocation("lint --write-baseline base.json a.yaml", in: scratch.folder)
      let left = try entries(try scratch.read("base.json"))
      #expect(
        left.map { $0["file"] } == ["b.yaml", "a.yaml"] || left.map { $0["file"] } == ["a.yaml", "b.yaml"])
      #expect(left.filter { $0["severity"] == nil }.map { $0["file"] } == ["b.yaml"])
      #expect(
        left.filter { $0["severity"] != nil }.map { $0["operation"] } == [
          "opensearch.StartServiceSoftwareUpdate"
        ])
      #expect(try Invocation("lint --baseline base.json a.yaml b.yaml", in: scratch.folder).status == 0)
      try scratch.write("a.yaml", "# reqlint: opensearch.DeleteDomain\nDomainName: ab\n")
      #expect(try Invocation("lint --baseline base.json a.yaml b.yaml", in: scratch.folder).status == 1)
    }
  }

  @Test func whatWasNotCheckedIsNotWritten() throws {
    try withScratch { scratch in
      try scratch.write(
        "a.yaml",
        "\(Self.directive)DomainName: \(String(repeating: "[", count: 600))\(String(repeating: "]", count: 600))\n"
      )
      try scratch.write("b.yaml", "\(Self.directive)DomainName: ab\n")
      let written = try Invocation("lint --write-baseline base.json a.yaml b.yaml", in: scratch.folder)
      #expect(written.status == 1)
      #expect(written.errors == "reqlint: base.json: 1 finding accepted\n")
      #expect(try entries(try scratch.read("base.json")).map { $0["rule"] } == ["too-short"])
    }
  }

  @Test func branchesMerge() throws {
    try withScratch { scratch in
      func write(_ names: [String], _ baseline: String) throws {
        for name in names { try scratch.write("\(name).yaml", "\(Self.directive)DomainName: ab\n") }
        _ = try Invocation(
          ["lint", "--write-baseline", baseline] + names.map { "\($0).yaml" }, in: scratch.folder)
      }
      try write(["b", "d"], "base.json")
      try write(["b", "c", "d"], "ours.json")
      try write(["b", "d", "z"], "theirs.json")
      // Each side adds whole lines and touches no other.
      let base = try scratch.read("base.json").split(separator: "\n")
      for side in ["ours.json", "theirs.json"] {
        let lines = try scratch.read(side).split(separator: "\n")
        let difference = lines.difference(from: base)
        #expect(difference.removals.isEmpty)
        #expect(difference.insertions.count == 1)
      }
    }
  }

  @Test func keepsNoTraceOfSensitiveValues() throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", "# reqlint: kms.Encrypt\nKeyId: k\nPlaintext: \"12345\"\n")
      let result = try Invocation("lint --write-baseline base.json a.yaml", in: scratch.folder)
      #expect(result.status == 0)
      let found = try entries(try scratch.read("base.json"))
      #expect(found.map { $0["rule"] } == ["ambiguous-blob"])
      #expect(found.map { $0["value"] } == [nil])
      #expect(
        try Invocation("lint --baseline base.json a.yaml", in: scratch.folder).output.contains("1 suppressed")
      )
    }
  }

  @Test(arguments: [
    ("", "1:1: the baseline is no JSON; remove it, and write one with --write-baseline"),
    ("{\"format\": ", "1:12: the baseline is no JSON; remove it, and write one with --write-baseline"),
    ("[]", "1:1: the baseline is no baseline; remove it, and write one with --write-baseline"),
    ("{}", "1:1: the baseline is no baseline; remove it, and write one with --write-baseline"),
    (
      "[{\"format\": \"reqlint-plan/1\"}]",
      "1:2: the baseline has the format \"reqlint-plan/1\", this version of reqlint reads reqlint-baseline/1 and reqlint-baseline/2"
    ),
    (
      "[{\"file\": 1}, {\"format\": \"reqlint-baseline/1\"}]",
      "1:2: the baseline has an entry without the texts file, rule and pointer"
    ),
    (
      "[{\"file\": \"a\", \"rule\": \"b\", \"pointer\": \"\", \"severity\": \"bad\"}, {\"format\": \"reqlint-baseline/2\"}]",
      "1:2: the baseline has an entry with the severity \"bad\""
    ),
    (
      "[\n<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n]",
      "2:1: the baseline holds a merge conflict; keep the entries of both sides"
    ),
    ("\u{0}", "1:1: the baseline is no JSON; remove it, and write one with --write-baseline"),
  ])
  func badBaselines(_ text: String, _ message: String) throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", "\(Self.directive)DomainName: abc\n")
      try scratch.write("base.json", text)
      for option in ["--baseline", "--write-baseline"] {
        let result = try Invocation("lint \(option) base.json a.yaml", in: scratch.folder)
        #expect(result.status == 2)
        #expect(result.output == "")
        #expect(result.errors == "reqlint: base.json:\(message)\n")
        #expect(try scratch.read("base.json") == text)
      }
    }
  }

  @Test(arguments: ["none/base.json", "/dev/full", "."])
  func unwritable(_ path: String) throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", "\(Self.directive)DomainName: ab\n")
      let result = try Invocation(
        "lint --write-baseline \(path) --report json=out.json a.yaml", in: scratch.folder)
      #expect(result.status == 2)
      #expect(result.errors.hasPrefix("reqlint: \(path): cannot be written: "))
      #expect(try scratch.read("out.json").contains("\"suppressed\": 1"))
    }
  }
}
