import Foundation
import TestSupport
import Testing

/// Which configuration holds where, for which command, and how it is told.
@Suite struct ConfigurationPlaceTests {
  private static let good = ConfigurationTests.good
  private static let bad = ConfigurationTests.bad
  private static let bare = ConfigurationTests.bare
  private static let bound = ConfigurationTests.bound

  /// A repository with two configurations and a folder without one.
  private static func fill(_ scratch: Scratch) throws {
    try scratch.write(".reqlint.yaml", "bindings: [\(bound)]\nseverity: {pattern-mismatch: warning}\n")
    try scratch.write("a.yaml", bare)
    try scratch.write("deep/er/a.yaml", bare)
    try scratch.write(
      "team/.reqlint.yaml",
      "exclude: [old/]\nsuppress:\n  - {rule: pattern-mismatch, files: x/**, reason: r}\n")
    try scratch.write("team/old/a.yaml", bad)
    try scratch.write("team/x/a.yaml", bad)
    try scratch.write("team/y/a.yaml", bad)
  }

  @Test func nearestCountsFromWhereverItIsRun() throws {
    try withScratch { scratch in
      try Self.fill(scratch)
      let root = scratch.folder.path
      for (folder, arguments) in [
        ("", ["."]), ("", [root]), ("team", [".."]), ("team/x", [root]), ("deep/er", ["../.."]),
        ("", ["team", "deep", "a.yaml"]), ("team", ["../a.yaml", "../deep", "."]),
        ("deep", ["er", "../a.yaml", "../team/x", "../team/y/a.yaml"]),
      ] {
        let run = try Invocation(
          ["lint", "--format", "json", "--skip-unbound"] + arguments,
          in: folder.isEmpty ? scratch.folder : scratch.folder.appending(path: folder))
        func found(_ list: String) throws -> Set<String> {
          Set(
            (try run.json()[list] as? [[String: Any]] ?? []).map { finding in
              let base = scratch.folder.appending(path: folder).path
              let name = finding["file"] as? String ?? ""
              let file = URL(fileURLWithPath: name.hasPrefix("/") ? name : "\(base)/\(name)")
                .standardizedFileURL
              let path = file.path.dropFirst(root.count + 1)
              return "\(path) \(finding["severity"] ?? "") \(finding["rule"] ?? "")"
            })
        }
        let (findings, suppressed) = (try found("findings"), try found("suppressed"))
        #expect(
          findings == [
            "a.yaml warning pattern-mismatch", "deep/er/a.yaml warning pattern-mismatch",
            "team/y/a.yaml error pattern-mismatch",
          ], "\(folder) \(arguments)")
        #expect(suppressed == ["team/x/a.yaml error pattern-mismatch"], "\(folder) \(arguments)")
        #expect(run.status == 1)
      }
    }
  }

  @Test func resultDoesNotDependOnJobs() throws {
    try withScratch { scratch in
      try Self.fill(scratch)
      for number in 0..<60 { try scratch.write("team/y/\(number).yaml", Self.bad) }
      for number in 0..<60 { try scratch.write("deep/\(number).yaml", Self.bare) }
      let one = try Invocation("lint --format json --now \(referenceTime) --jobs 1", in: scratch.folder)
      let many = try Invocation("lint --format json --now \(referenceTime) --jobs 7", in: scratch.folder)
      #expect(one.output == many.output)
      #expect(try one.rules().count == 123)
    }
  }

  /// A folder that a link leads to is ruled by what is above the link; its names count as they are walked.
  @Test func linkedFolders() throws {
    try withScratch { scratch in
      try scratch.write("outside/a.yaml", Self.bare)
      try scratch.write("outside/b.yaml", Self.bare)
      try scratch.write("inside/own.yaml", Self.bare)
      try scratch.write(
        "inside/.reqlint.yaml",
        "exclude: [link/b.yaml]\nbindings: [{files: '{link/*,own.yaml}', operation: opensearch.StartServiceSoftwareUpdate}]\n"
      )
      try FileManager.default.createSymbolicLink(
        atPath: scratch.folder.path + "/inside/link", withDestinationPath: "../outside")
      try FileManager.default.createSymbolicLink(
        atPath: scratch.folder.path + "/other", withDestinationPath: "inside")
      for (arguments, count) in [
        ("inside", 2), ("other", 2), ("--config other/.reqlint.yaml inside/own.yaml", 1),
      ] {
        let run = try Invocation("lint \(arguments) --format json", in: scratch.folder)
        let rules = try run.rules()
        #expect(rules == Array(repeating: "pattern-mismatch", count: count), "\(arguments)")
        #expect(run.errors == "", "\(arguments)")
      }
    }
  }

  @Test func standardInputIsRuledFromTheWorkingDirectory() throws {
    try withScratch { scratch in
      try scratch.write(".reqlint.yaml", "severity: {pattern-mismatch: warning}\n")
      let run = try Invocation("lint --format json -", in: scratch.folder, input: Self.bad)
      #expect(
        try ConfigurationTests.places(run.json()["findings"]) == ["warning <stdin>:2:13 pattern-mismatch"])
      #expect(run.status == 0)
    }
  }

  @Test func namedTakesThePlaceOfAll() throws {
    try withScratch { scratch in
      try Self.fill(scratch)
      try scratch.write("strict.yaml", "bindings: [\(Self.bound)]\n")
      let run = try Invocation("lint --config strict.yaml --format json", in: scratch.folder)
      let findings = ConfigurationTests.places(try run.json()["findings"])
      #expect(
        findings == [
          "error a.yaml:1:13 pattern-mismatch", "error deep/er/a.yaml:1:13 pattern-mismatch",
          "error team/old/a.yaml:2:13 pattern-mismatch", "error team/x/a.yaml:2:13 pattern-mismatch",
          "error team/y/a.yaml:2:13 pattern-mismatch",
        ])
    }
  }

  @Test func isNotWrittenOver() throws {
    try withScratch { scratch in
      try scratch.write(".reqlint.yaml", "region: eu-west-1\n")
      try scratch.write("a.yaml", Self.good)
      for command in ["lint --report json=.reqlint.yaml a.yaml", "plan --report json=.reqlint.yaml a.yaml"] {
        let run = try Invocation(command, in: scratch.folder)
        #expect(run.errors == "reqlint: .reqlint.yaml: a report would overwrite a file that is to be read\n")
        #expect(run.status == 2)
        #expect(try scratch.read(".reqlint.yaml") == "region: eu-west-1\n")
      }
    }
  }

  // MARK: Plan

  @Test func plansHonourIt() throws {
    try withScratch { scratch in
      try scratch.write(
        ".reqlint.yaml",
        "region: eu-west-1\naccount: 123456789012\nexclude: [old]\nbindings: [\(Self.bound)]\nseverity: {schedule-defaults-to-now: off}\n"
      )
      try scratch.write("a.yaml", "DomainName: logs\n")
      try scratch.write("old/a.yaml", Self.good)
      let plan = try Invocation("plan --format json --report json=plan.json", in: scratch.folder)
      let requests = try plan.json()["requests"] as? [[String: Any]] ?? []
      #expect(requests.map { $0["file"] as? String } == ["a.yaml"])
      #expect(requests.map { $0["operation"] as? String } == ["StartServiceSoftwareUpdate"])
      #expect(requests.map { $0["region"] as? String } == ["eu-west-1"])
      #expect(requests.map { $0["account"] as? String } == ["123456789012"])
      #expect(
        requests.map { ($0["findings"] as? [[String: Any]])?.map { $0["rule"] as? String } } == [
          ["capacity-not-guaranteed"]
        ])
      #expect(try Invocation("verify plan.json", in: scratch.folder).status == 0)
      let flagged = try Invocation("plan --format json --region us-east-1", in: scratch.folder)
      #expect(
        (try flagged.json()["requests"] as? [[String: Any]])?.first?["region"] as? String == "us-east-1")
      try scratch.write(".reqlint.yaml", "region: eu-west-2\nbindings: [\(Self.bound)]\n")
      #expect(try Invocation("verify plan.json", in: scratch.folder).status == 1)
    }
  }

  @Test func verifyGoesByTheNamedOne() throws {
    try withScratch { scratch in
      try scratch.write("strict.yaml", "region: eu-west-1\n")
      try scratch.write("a.yaml", Self.good)
      let plan = try Invocation(
        "plan --config strict.yaml --format json --report json=plan.json a.yaml", in: scratch.folder)
      #expect(try (plan.json()["inputs"] as? [String: Any])?["config"] as? String == "strict.yaml")
      #expect(try Invocation("verify plan.json", in: scratch.folder).status == 0)
    }
  }

  /// Rules about several requests are those of the working directory, also where files have rules of their own.
  @Test func batchRulesAreThoseOfTheRun() throws {
    try withScratch { scratch in
      let off = "region: eu-west-1\naccount: '123456789012'\nseverity: {domain-updated-twice: off}\n"
      let on = "region: eu-west-1\naccount: '123456789012'\n"
      try scratch.write("one/a.yaml", Self.good)
      try scratch.write("two/a.yaml", Self.good)
      for (root, one, two, expected) in [
        (on, on, on, ["domain-updated-twice"]), (on, off, on, ["domain-updated-twice"]),
        (on, off, off, ["domain-updated-twice"]), (off, on, on, []), (off, off, off, []),
      ] {
        try scratch.write(".reqlint.yaml", root)
        try scratch.write("one/.reqlint.yaml", one)
        try scratch.write("two/.reqlint.yaml", two)
        let plan = try Invocation("plan --format json", in: scratch.folder).json()
        let conflicts = plan["conflicts"] as? [[String: Any]] ?? []
        #expect(conflicts.map { $0["rule"] as? String } == expected)
      }
    }
  }

  // MARK: Telling

  @Test func printsWhatApplies() throws {
    try withScratch { scratch in
      try scratch.write(
        ".reqlint.yaml",
        """
        exclude: [old]
        bindings:
          - {files: 'a/*.yaml', operation: opensearch.start-service-software-update}
        severity: {too-long: off}
        region: eu-west-1
        suppress:
          - {rule: wrong-type, files: a/b.yaml, pointer: /X, reason: old tool, until: 2020-01-31}
        limits: {nesting: 600}

        """)
      try scratch.write("a/b.yaml", Self.bare)
      let run = try Invocation("config print a/b.yaml", in: scratch.folder)
      #expect(
        run.output == """
          a/b.yaml: by .reqlint.yaml
            excluded              no                                        default
            operation             opensearch.StartServiceSoftwareUpdate     .reqlint.yaml:3:13 (a/*.yaml)
            rules                 built in                                  default
            severity.too-long     off                                       .reqlint.yaml:4:22
            fail-level            error                                     default
            region                eu-west-1                                 .reqlint.yaml:5:9
            account               none                                      default
            require-reason        true                                      default
            limits.file-bytes     268435456                                 default
            limits.nesting        600                                       .reqlint.yaml:8:19
            limits.aliased-nodes  1000000                                   default
            limits.aliased-bytes  67108864                                  default
            limits.findings       1000                                      default
            limits.finding-bytes  16777216                                  default
            limits.pattern-steps  2000000                                   default
            limits.rule-steps     1000000                                   default
            suppress              wrong-type at /X, ended on 2020-01-31, because "old tool"  .reqlint.yaml:7:12 (a/b.yaml)

          """)
      #expect(run.status == 0)
      let gone = try Invocation("config print --format json old/CreatePackage/none.yaml", in: scratch.folder)
      let report = try gone.json()
      #expect(report["format"] as? String == "reqlint-config/1")
      #expect(report["is"] as? String == "nothing")
      #expect(report["configuration"] as? String == ".reqlint.yaml")
      let settings = report["settings"] as? [[String: String]] ?? []
      #expect(
        settings.prefix(2) == [
          ["key": "excluded", "value": "yes", "from": ".reqlint.yaml:1 (old)"],
          ["key": "operation", "value": "what the file names", "from": "default"],
        ])
      let bound = try Invocation("config print x/es/CreatePackage/none.yaml", in: scratch.folder).output
      #expect(bound.hasPrefix("x/es/CreatePackage/none.yaml (there is no such file): by .reqlint.yaml\n"))
      #expect(bound.contains("es.CreatePackage  the path\n"))
      try scratch.write(".reqlint.yaml", "exlude: []\n")
      let faulty = try Invocation("config print a", in: scratch.folder)
      #expect(
        faulty.errors
          == "reqlint: .reqlint.yaml:1:1: a configuration has no key \"exlude\"; did you mean exclude?\n")
      #expect(faulty.output == "")
      #expect(faulty.status == 2)
    }
  }

  @Test func schemaHoldsEveryKey() throws {
    let schema = try Invocation("config schema").json()
    #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    let keys = (schema["properties"] as? [String: Any])?.keys.sorted() ?? []
    #expect(
      keys == [
        "account", "bindings", "exclude", "fail-level", "limits", "region", "require-reason", "rules",
        "severity", "suppress",
      ])
  }
}
