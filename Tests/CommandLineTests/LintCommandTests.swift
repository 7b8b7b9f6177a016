import Foundation
import TestSupport
import Testing

@Suite struct LintCommandTests {
  private static let good = "# reqlint: opensearch.StartServiceSoftwareUpdate\nDomainName: logs-prod\n"
  private static let bad = "# reqlint: opensearch.StartServiceSoftwareUpdate\nDomainName: Logs\n"
  private static let other = "kind: Deployment\nmetadata: {name: web}\n"

  // MARK: Exit status

  struct StatusCase: CustomTestStringConvertible {
    let name: String
    let arguments: String
    var files: [String: String] = [:]
    let status: Int32
    var output = ""
    var errors = ""

    var testDescription: String { name }
  }

  static let statusCases: [StatusCase] = [
    StatusCase(
      name: "clean", arguments: "lint a.yaml", files: ["a.yaml": good], status: 0,
      output: "1 request in 1 file: 0 errors, 0 warnings\n"),
    StatusCase(
      name: "error", arguments: "lint a.yaml", files: ["a.yaml": bad], status: 1,
      output: "a.yaml:2:13: error: "),
    StatusCase(
      name: "warning below the fail level",
      arguments: "lint --now 2026-11-20T12:00:00Z proton/UpdateServiceInstance/a.yaml",
      files: [
        "proton/UpdateServiceInstance/a.yaml": "{name: i, serviceName: s, deploymentType: MINOR_VERSION}"
      ], status: 0,
      output: "0 errors, 2 warnings\n"),
    StatusCase(
      name: "warning that is not shown passes in JUnit",
      arguments:
        "lint --now 2026-11-20T12:00:00Z --min-severity error --format junit proton/UpdateServiceInstance/a.yaml",
      files: [
        "proton/UpdateServiceInstance/a.yaml": "{name: i, serviceName: s, deploymentType: MINOR_VERSION}"
      ], status: 0, output: "<testcase name=\"proton.UpdateServiceInstance "),
    StatusCase(
      name: "warning at the fail level",
      arguments: "lint --fail-level warning proton/UpdateServiceInstance/a.yaml",
      files: [
        "proton/UpdateServiceInstance/a.yaml": "{name: i, serviceName: s, deploymentType: MINOR_VERSION}"
      ], status: 1),
    StatusCase(
      name: "infos are silent", arguments: "lint a.yaml", files: ["a.yaml": good], status: 0,
      output: "0 errors, 0 warnings\n"),
    StatusCase(
      name: "infos on demand", arguments: "lint --min-severity info a.yaml", files: ["a.yaml": good],
      status: 0,
      output: "[schedule-defaults-to-now]"),
    StatusCase(
      name: "infos at the fail level", arguments: "lint --fail-level info a.yaml", files: ["a.yaml": good],
      status: 1,
      output: "[schedule-defaults-to-now]"),
    StatusCase(
      name: "unbound, named", arguments: "lint a.yaml", files: ["a.yaml": other], status: 1,
      output: "[unbound-request]"),
    StatusCase(
      name: "unbound, walked", arguments: "lint .", files: ["a.yaml": other], status: 2,
      errors: "reqlint: no request found; 1 file passed over\n"),
    StatusCase(
      name: "unbound, walked beside a request", arguments: "lint .",
      files: ["a.yaml": other, "b.yaml": good], status: 0,
      output: "1 request in 1 file: 0 errors, 0 warnings, 1 file without a request skipped\n"),
    StatusCase(
      name: "unbound, skipped", arguments: "lint --skip-unbound a.yaml", files: ["a.yaml": other], status: 0,
      output: "0 requests in 0 files: 0 errors, 0 warnings, 1 file without a request skipped\n"),
    StatusCase(
      name: "unparsable but no request, handed over by pre-commit",
      arguments: "lint --skip-unbound tsconfig.json chart.yaml",
      files: [
        "tsconfig.json": "{\n  // strict\n  \"strict\": true\n}\n",
        "chart.yaml": "{{- if .Values.on }}\nkind: Pod\n{{- end }}\n",
      ],
      status: 0, output: "2 files without a request skipped\n"),
    StatusCase(
      name: "unparsable request, handed over by pre-commit", arguments: "lint --skip-unbound a.yaml",
      files: ["a.yaml": "# reqlint: opensearch.StartServiceSoftwareUpdate\nDomainName: [\n"], status: 1,
      output: "[syntax-error]"),
    StatusCase(
      name: "unparsable request under a misspelt directive, handed over by pre-commit",
      arguments: "lint --skip-unbound a.yaml",
      files: ["a.yaml": "# reqlnt: opensearch.StartServiceSoftwareUpdate\nDomainName: [\n"], status: 1,
      output: "[syntax-error]"),
    StatusCase(
      name: "unparsable request under a misspelt directive, walked", arguments: "lint .",
      files: [
        "a.yaml": "# reqlnt: opensearch.StartServiceSoftwareUpdate\nDomainName: [\n", "b.yaml": good,
      ],
      status: 1, output: "[syntax-error]"),
    StatusCase(
      name: "unparsable request bound by its path", arguments: "lint --skip-unbound es/CreatePackage/a.json",
      files: ["es/CreatePackage/a.json": "{\"PackageName\": }\n"], status: 1, output: "[syntax-error]"),
    StatusCase(
      name: "empty folder", arguments: "lint .", status: 2,
      errors: "reqlint: no request found; 0 files passed over\n"),
    StatusCase(
      name: "empty file, named", arguments: "lint a.yaml", files: ["a.yaml": ""], status: 1,
      output: "a.yaml:1:1: error: document is empty"),
    StatusCase(
      name: "empty file, walked", arguments: "lint .", files: ["a.yaml": ""], status: 2,
      errors: "no request found"),
    StatusCase(
      name: "unparsable, walked, others linted", arguments: "lint .",
      files: ["a.yaml": "a: [1,\n", "b.yaml": bad], status: 1,
      output: "[pattern-mismatch]"),
    StatusCase(
      name: "missing file, others linted", arguments: "lint gone.yaml a.yaml", files: ["a.yaml": bad],
      status: 2,
      output: "[pattern-mismatch]", errors: "reqlint: gone.yaml: cannot be read: No such file or directory\n"),
    StatusCase(
      name: "file that cannot be read, others linted", arguments: "lint /proc/self/mem a.yaml",
      files: ["a.yaml": bad],
      status: 2, output: "[pattern-mismatch]", errors: "reqlint: /proc/self/mem: cannot be read: "),
    StatusCase(
      name: "unknown flag", arguments: "lint --frobnicate a.yaml", files: ["a.yaml": good], status: 2,
      errors: "Unknown option '--frobnicate'"),
    StatusCase(
      name: "unknown format", arguments: "lint --format sarf a.yaml", files: ["a.yaml": good], status: 2,
      errors: "sarf"),
    StatusCase(
      name: "unknown operation", arguments: "lint --operation es.CreatePakage a.yaml",
      files: ["a.yaml": good], status: 2,
      errors:
        "reqlint: operation \"es.CreatePakage\" is not in the catalog; did you mean es.CreatePackage?\n"
    ),
    StatusCase(
      name: "bad time", arguments: "lint --now yesterday a.yaml", files: ["a.yaml": good], status: 2,
      errors: "reqlint: --now \"yesterday\" is no RFC 3339 date-time"),
    StatusCase(
      name: "bad report", arguments: "lint --report junit a.yaml", files: ["a.yaml": good], status: 2,
      errors: "reqlint: --report \"junit\" is not FORMAT=FILE"),
    StatusCase(
      name: "no jobs", arguments: "lint --jobs 0 a.yaml", files: ["a.yaml": good], status: 2,
      errors: "--jobs must be at least 1"),
    StatusCase(name: "version", arguments: "--version", status: 0, output: "0.1.0\n"),
    StatusCase(name: "help", arguments: "lint --help", status: 0, output: "USAGE: reqlint lint"),
    StatusCase(
      name: "broken rule pack, files linted all the same", arguments: "lint --rules pack a.yaml",
      files: ["a.yaml": bad, "pack/bad-rule.yaml": "title: t\nseverity: fatal\nasert: true\n"], status: 2,
      output: "[pattern-mismatch]",
      errors: "reqlint: pack/bad-rule.yaml:2:11: severity must be error, warning or info\n"),
    StatusCase(
      name: "no rule pack", arguments: "lint --rules pack a.yaml", files: ["a.yaml": good], status: 2,
      errors: "reqlint: pack: cannot be read: No such file or directory\n"),
    StatusCase(
      name: "empty rule pack", arguments: "lint --rules pack a.yaml",
      files: ["a.yaml": good, "pack/readme.txt": ""], status: 2,
      errors: "reqlint: pack: holds no rule file (.yaml)\n"),
    StatusCase(
      name: "rule that takes a built-in id", arguments: "lint --rules pack a.yaml",
      files: ["a.yaml": good, "pack/demo-bucket-name.yaml": "a: b\n"],
      status: 2,
      errors:
        "pack/demo-bucket-name.yaml:1:1: rule id demo-bucket-name is taken by rules/opensearch/demo-bucket-name.yaml\n"
    ),
  ]

  @Test(arguments: statusCases) func exitStatus(_ testCase: StatusCase) throws {
    try withScratch { scratch in
      for (path, text) in testCase.files { try scratch.write(path, text) }
      let run = try Invocation(testCase.arguments, in: scratch.folder)
      #expect(run.status == testCase.status)
      #expect(
        testCase.output.isEmpty || run.output.contains(testCase.output), "standard output: \(run.output)")
      #expect(
        run.errors.contains(testCase.errors) || testCase.errors.isEmpty, "standard error: \(run.errors)")
      #expect(testCase.status == 2 || run.errors.isEmpty, "standard error: \(run.errors)")
    }
  }

  // MARK: Finding files

  @Test func walksSortedAndVisibleAndOnce() throws {
    try withScratch { scratch in
      for path in ["b.yaml", "a/z.json", "a/b.yml", "a.yaml", ".hidden/x.yaml", "a/.git/y.yaml", "note.txt"] {
        let json = "{\"service\":\"es\",\"operation\":\"DeleteDomain\",\"parameters\":{}}"
        try scratch.write(path, path.hasSuffix("json") ? json : Self.bad)
      }
      try FileManager.default.createSymbolicLink(
        at: scratch.folder.appending(path: "a/loop"), withDestinationURL: scratch.folder)
      let run = try Invocation(
        "lint --format json . a.yaml ./a.yaml \(scratch.folder.path)/b.yaml", in: scratch.folder)
      let files = try #require(try run.json()["requests"] as? [[String: Any]]).compactMap {
        $0["file"] as? String
      }
      #expect(files == ["a.yaml", "a/b.yml", "a/z.json", "b.yaml"])
      #expect(run.status == 1)
    }
  }

  /// Names that only look alike, or cannot be written in UTF-8, are files of their own.
  @Test func losesNoFileToItsName() throws {
    try withScratch { scratch in
      try scratch.write("n/\u{E9}.yaml", Self.bad)
      try scratch.write("n/e\u{301}.yaml", Self.bad)
      #expect(try Invocation("lint n", in: scratch.folder).output.contains("2 requests in 2 files: 2 errors"))
      for byte in [UInt8(0xFE), 0xFF] {
        let path = Array("\(scratch.folder.path)/n/a".utf8) + [byte] + Array(".yaml".utf8) + [0]
        let file = path.withUnsafeBytes { fopen($0.bindMemory(to: CChar.self).baseAddress, "w") }
        #expect(file != nil)
        fputs(Self.bad, file)
        fclose(file)
      }
      let run = try Invocation("lint n", in: scratch.folder)
      #expect(run.output.contains("4 requests in 4 files: 4 errors"))
      #expect(run.output.contains("n/a\\xFF.yaml:2:13: error"))
      let named = try Invocation(shell: "lint n/a$(printf '\\376').yaml", in: scratch.folder)
      #expect(named.output.hasPrefix("n/a\\xFE.yaml:2:13: error"), "\(named.output) \(named.errors)")
    }
  }

  @Test func parentFolderBehindALinkIsTheOneThatTheSystemSees() throws {
    try withScratch { scratch in
      try scratch.write("here/a.yaml", Self.good)
      try scratch.write("there/a.yaml", Self.bad)
      try scratch.write("there/sub/keep", "")
      try FileManager.default.createSymbolicLink(
        atPath: scratch.folder.appending(path: "here/link").path, withDestinationPath: "../there/sub")
      let here = scratch.folder.appending(path: "here")
      #expect(try Invocation("lint link/..", in: here).status == 1)
      #expect(
        try Invocation("lint a.yaml link/../a.yaml", in: here).output.contains(
          "2 requests in 2 files: 1 error"))
    }
  }

  @Test func pathBindsFromWhereverTheRunIsStarted() throws {
    try withScratch { scratch in
      let file = try scratch.write("opensearch/StartServiceSoftwareUpdate/a.yaml", "DomainName: Logs\n")
      let folder = file.deletingLastPathComponent()
      for (start, path) in [
        (scratch.folder, "opensearch"),
        (folder.deletingLastPathComponent(), "StartServiceSoftwareUpdate/a.yaml"),
        (folder, "a.yaml"), (folder, "."), (folder, "../StartServiceSoftwareUpdate/a.yaml"),
        (folder, file.path),
      ] {
        #expect(try Invocation("lint \(path)", in: start).output.contains("a.yaml:1:13: error"), "\(path)")
      }
    }
  }

  @Test func dotsAreOneFile() throws {
    try withScratch { scratch in
      try scratch.write("a/b.yaml", Self.bad)
      let here = scratch.folder
      let run = try Invocation(
        "lint a/b.yaml a/../a/b.yaml ./a/b.yaml ../\(here.lastPathComponent)/a/b.yaml \(here.path)/a/b.yaml",
        in: here)
      #expect(run.output.hasPrefix("a/b.yaml:2:13: error"))
      #expect(run.output.contains("1 request in 1 file: 1 error"))
    }
  }

  @Test func linkThatLeadsNowhereIsTold() throws {
    try withScratch { scratch in
      try scratch.write("w/a.yaml", Self.good)
      try FileManager.default.createSymbolicLink(
        atPath: scratch.folder.appending(path: "w/b.yaml").path, withDestinationPath: "gone.yaml")
      let run = try Invocation("lint w", in: scratch.folder)
      #expect(run.status == 2)
      #expect(run.errors == "reqlint: w/b.yaml: cannot be read: No such file or directory\n")
    }
  }

  @Test func passesOverItsOwnReports() throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", Self.bad)
      for _ in 1...2 {
        let run = try Invocation("lint --report json=report.json .", in: scratch.folder)
        #expect(run.status == 1)
        #expect(run.output.contains("1 request in 1 file: 1 error, 0 warnings"))
      }
    }
  }

  @Test func refusesToWriteAReportOverItsInput() throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", Self.good)
      let run = try Invocation("lint --report json=./a.yaml a.yaml", in: scratch.folder)
      #expect(run.status == 2)
      #expect(run.errors == "reqlint: ./a.yaml: a report would overwrite a file that is to be read\n")
      #expect(try scratch.read("a.yaml") == Self.good)
    }
  }

  @Test func unreadableFilesAreToldOnceAndNotCounted() throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", Self.good)
      let run = try Invocation("lint --format json gone.yaml a.yaml", in: scratch.folder)
      #expect(run.errors == "reqlint: gone.yaml: cannot be read: No such file or directory\n")
      #expect((try run.json()["summary"] as? [String: Int])?["files"] == 1)
    }
  }

  @Test func rulesJudgeARequestWithoutParametersToo() throws {
    let run = try Invocation(
      "lint --now \(referenceTime) --format json -", input: "service: proton\noperation: GetAccountSettings\n"
    )
    #expect(try run.rules() == ["service-ended", "deprecated-operation"])
  }

  @Test func bytesThatAreNoCharacterHaveAnExtent() throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", Data("# reqlint: es.ListDomainNames\na: ".utf8) + [0x80, 0x0A])
      let run = try Invocation("lint --format json a.yaml", in: scratch.folder)
      #expect(
        run.output.contains(
          "\"column\": 4\n        },\n        \"end\": {\n          \"line\": 2,\n          \"column\": 5"))
    }
  }

  @Test(arguments: ["junit", "junit-strict"])
  func junitIsNeverWithoutATestCase(_ format: String) throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", Self.other)
      let run = try Invocation("lint --skip-unbound --format \(format) a.yaml", in: scratch.folder)
      #expect(run.status == 0)
      #expect(run.output.contains("<testcase name=\"no request found\""))
      #expect(run.output.contains("tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\""))
    }
  }

  @Test func pathsOutsideTheWorkingDirectoryStayAsGiven() throws {
    try withScratch { scratch in
      let file = try scratch.write("inner/a.yaml", Self.bad)
      try scratch.write("sub/keep", "")
      let outside = try Invocation("lint \(file.path)", in: scratch.folder.appending(path: "sub"))
      #expect(outside.output.hasPrefix("\(file.path):2:13: error"))
      let parent = try Invocation("lint ../inner/a.yaml", in: scratch.folder.appending(path: "sub"))
      #expect(parent.output.hasPrefix("../inner/a.yaml:2:13: error"))
      let inside = try Invocation("lint \(file.path)", in: scratch.folder)
      #expect(inside.output.hasPrefix("inner/a.yaml:2:13: error"))
    }
  }

  @Test(arguments: [
    ("YAML", bad, 2, 13),
    (
      "YAML that begins like JSON",
      "{service: es, operation: StartElasticsearchServiceSoftwareUpdate, parameters: {DomainName: Logs}}", 1,
      92
    ),
    (
      "JSON",
      "\n {\"service\": \"es\", \"operation\": \"StartElasticsearchServiceSoftwareUpdate\", \"parameters\": {\"DomainName\": \"Logs\"}}",
      2, 105
    ),
  ])
  func readsStandardInput(_ name: String, _ text: String, _ line: Int, _ column: Int) throws {
    let run = try Invocation("lint -", input: text)
    #expect(run.status == 1)
    #expect(
      run.output.hasPrefix("<stdin>:\(line):\(column): error: DomainName \"Logs\""), "\(name): \(run.output)")
  }

  @Test func operationFlagBindsWhatNothingElseDoes() throws {
    let run = try Invocation(
      "lint --operation opensearch.start-service-software-update --format json -", input: "DomainName: logs\n"
    )
    #expect(run.status == 0)
    let request = try #require((try run.json()["requests"] as? [[String: Any]])?.first)
    #expect(request["operation"] as? String == "StartServiceSoftwareUpdate")
    #expect(request["id"] as? String == "<stdin>#1")
  }

  // MARK: Reports

  @Test func writesSeveralReportsInOneRun() throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", Self.bad)
      let run = try Invocation(
        "lint --report json=out.json --report junit=out.xml --report junit-strict=strict.xml --report text=out.txt a.yaml",
        in: scratch.folder)
      #expect(run.status == 1)
      #expect(try scratch.read("out.txt") == run.output)
      #expect(try scratch.read("out.json").contains("\"format\": \"reqlint-findings/1\""))
      #expect(try scratch.read("out.xml").contains("file=\"a.yaml\" line=\"2\""))
      #expect(try !scratch.read("strict.xml").contains("line=\"2\""))
      #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path).count == 5)
    }
  }

  @Test(arguments: ["/dev/full", "gone/out.xml", "/proc/out.xml"])
  func reportThatCannotBeWrittenLosesNoOther(_ path: String) throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", Self.bad)
      let run = try Invocation(
        "lint --report junit=\(path) --report json=out.json a.yaml", in: scratch.folder)
      #expect(run.status == 2)
      #expect(run.errors.hasPrefix("reqlint: \(path): cannot be written: "))
      #expect(run.output.contains("[pattern-mismatch]"))
      #expect(try scratch.read("out.json").contains("pattern-mismatch"))
    }
  }

  @Test func reportKeepsTheModeOfTheFileThatItReplaces() throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", Self.good)
      let target = try scratch.write("out.json", "old")
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: target.path)
      #expect(try Invocation("lint --report json=out.json a.yaml", in: scratch.folder).status == 0)
      let mode = try FileManager.default.attributesOfItem(atPath: target.path)[.posixPermissions] as? Int
      #expect(mode == 0o640)
      #expect(try scratch.read("out.json").hasPrefix("{"))
    }
  }

  @Test func jsonHasTheFieldsOfTheContract() throws {
    try withScratch { scratch in
      try scratch.write(
        "a.yaml", "# reqlint: opensearch.StartServiceSoftwareUpdate\nDomainName: logs\nScheduleAt: LATER\n")
      let run = try Invocation("lint --now \(referenceTime) --format json a.yaml", in: scratch.folder)
      #expect(
        run.output == """
          {
            "format": "reqlint-findings/1",
            "tool": {
              "name": "reqlint",
              "version": "0.1.0"
            },
            "catalog": {
              "source": "botocore 1.44.8"
            },
            "now": "2026-11-20T12:00:00Z",
            "requests": [
              {
                "id": "a.yaml#1",
                "file": "a.yaml",
                "line": 2,
                "service": "opensearch",
                "operation": "StartServiceSoftwareUpdate",
                "carrier": "bare",
                "verdict": "fail"
              }
            ],
            "findings": [
              {
                "request": "a.yaml#1",
                "rule": "unknown-value",
                "severity": "error",
                "message": "ScheduleAt must be one of NOW, TIMESTAMP, OFF_PEAK_WINDOW, not \\"LATER\\"",
                "file": "a.yaml",
                "pointer": "/ScheduleAt",
                "range": {
                  "start": {
                    "line": 3,
                    "column": 13
                  },
                  "end": {
                    "line": 3,
                    "column": 18
                  }
                },
                "service": "opensearch",
                "operation": "StartServiceSoftwareUpdate",
                "source": "https://docs.aws.amazon.com/goto/WebAPI/opensearch-2021-01-01/StartServiceSoftwareUpdate"
              }
            ],
            "notEvaluated": [],
            "suppressed": [],
            "summary": {
              "files": 1,
              "requests": 1,
              "errors": 1,
              "warnings": 0,
              "infos": 0,
              "suppressed": 0,
              "notEvaluated": 0,
              "skippedFiles": 0
            }
          }

          """)
    }
  }

  @Test func outputDependsOnNeitherOrderNorThreads() throws {
    let arguments = ["lint", "--now", referenceTime, "--format", "json", "--min-severity", "info"]
    let paths = ["samples/good", "samples/broken", "samples/policies"]
    let expected = try Invocation(arguments + ["--jobs", "1"] + paths)
    #expect(expected.status == 1)
    for jobs in 2...8 {
      let run = try Invocation(arguments + ["--jobs", String(jobs)] + paths.shuffled())
      #expect(run.output == expected.output)
    }
  }
}
