import Foundation
import Testing

/// `lint --fix` and `lint --diff`, as a user meets them.
@Suite struct FixCommandTests {
  private static let broken = """
    # reqlint: opensearch.StartServiceSoftwareUpdate
    domainName: logs-prod # which
    ScheduleAt: now
    DesiredStartTime: 1796090400000

    """
  private static let safe = broken.replacingOccurrences(of: "domainName", with: "DomainName")
  private static let fixed = safe.replacingOccurrences(
    of: "now\nDesiredStartTime: 1796090400000", with: "NOW")
  private static let arguments = ["lint", "--now", referenceTime]

  private static func run(_ more: String, in scratch: Scratch, input: String = "") throws -> Invocation {
    let words = more.split(separator: " ").map { String($0) }
    return try Invocation(arguments + words, in: scratch.folder, input: Data(input.utf8))
  }

  @Test func fixesAndSaysWhatIsLeft() throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", Self.broken)
      let times = "# reqlint: opensearch.StartServiceSoftwareUpdate\nDomainName: a-b\nScheduleAt: TIMESTAMP\n"
      try scratch.write("b.yaml", times + "DesiredStartTime: 1796090400\n")
      let first = try Self.run("--fix .", in: scratch)
      #expect(first.status == 1)
      #expect(
        first.errors
          == "reqlint: fixed 1 finding in 1 file\nreqlint: 1 fix not made: other findings would come of it\n"
          + "reqlint: 1 more can be fixed with --unsafe-fixes\n")
      #expect(try scratch.read("a.yaml") == Self.safe)
      let second = try Self.run("--fix --unsafe-fixes --format json .", in: scratch)
      #expect(second.status == 0)
      #expect(try second.rules() == [])
      #expect(second.errors == "reqlint: fixed 3 findings in 2 files\n")
      #expect(try scratch.read("b.yaml") == times + "DesiredStartTime: 1796090400000\n")
      #expect(try scratch.read("a.yaml") == Self.fixed)
      let third = try Self.run("--fix --unsafe-fixes .", in: scratch)
      #expect(third.errors == "")
      #expect(try scratch.read("a.yaml") == Self.fixed)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path).sorted() == [
          "a.yaml", "b.yaml",
        ])
    }
  }

  @Test func keepsModeAndFollowsLinksOnce() throws {
    try withScratch { scratch in
      let file = try scratch.write("real/a.yaml", Self.broken)
      try FileManager.default.setAttributes([.posixPermissions: 0o664], ofItemAtPath: file.path)
      try FileManager.default.createSymbolicLink(
        atPath: scratch.folder.appending(path: "link.yaml").path, withDestinationPath: "real/a.yaml")
      let run = try Self.run("--fix --unsafe-fixes link.yaml real/a.yaml", in: scratch)
      #expect(run.status == 0)
      #expect(run.errors == "reqlint: fixed 3 findings in 1 file\n")
      #expect(try scratch.read("real/a.yaml") == Self.fixed)
      let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
      #expect(attributes[.posixPermissions] as? Int == 0o664)
      let link = scratch.folder.appending(path: "link.yaml").path
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "real/a.yaml")
    }
  }

  @Test func diffAppliesAndWritesNothing() throws {
    try withScratch { scratch in
      for (name, text) in [
        ("a b.yaml", Self.broken), ("c.yaml", Self.broken.replacingOccurrences(of: "\n", with: "\r\n")),
        ("d/e.yaml", String(Self.broken.dropLast())),
      ] { try scratch.write(name, text) }
      let run = try Self.run("--diff --unsafe-fixes --report json=report.json .", in: scratch)
      #expect(run.status == 1)
      #expect(run.errors == "reqlint: would fix 9 findings in 3 files\n")
      #expect(try scratch.read("c.yaml") == Self.broken.replacingOccurrences(of: "\n", with: "\r\n"))
      #expect(try scratch.read("report.json").contains("\"rule\": \"unknown-parameter\""))
      try scratch.write("change.patch", run.output)
      let git = try Invocation(
        ["apply", "change.patch"], in: scratch.folder, executable: URL(fileURLWithPath: "/usr/bin/git"))
      #expect(git.status == 0, "\(git.errors)")
      #expect(try scratch.read("a b.yaml") == Self.fixed)
      #expect(try scratch.read("c.yaml") == Self.fixed.replacingOccurrences(of: "\n", with: "\r\n"))
      #expect(try scratch.read("d/e.yaml") == Self.fixed)
    }
  }

  @Test func isTheSameForAnyNumberOfJobs() throws {
    try withScratch { scratch in
      for number in 10..<40 { try scratch.write("\(number).yaml", Self.broken) }
      let one = try Self.run("--diff --unsafe-fixes --jobs 1 .", in: scratch)
      let four = try Self.run("--diff --unsafe-fixes --jobs 4 .", in: scratch)
      #expect(one.output == four.output)
      #expect(one.errors == four.errors)
      let fix = try Self.run("--fix --unsafe-fixes --jobs 4 .", in: scratch)
      #expect(fix.errors == "reqlint: fixed 90 findings in 30 files\n")
      for number in 10..<40 { #expect(try scratch.read("\(number).yaml") == Self.fixed) }
    }
  }

  @Test func showsStandardInput() throws {
    try withScratch { scratch in
      let run = try Self.run("--diff -", in: scratch, input: Self.broken)
      #expect(run.status == 1)
      #expect(run.output.contains("\n-domainName: logs-prod # which\n+DomainName: logs-prod # which\n"))
    }
  }

  @Test(arguments: [
    ("--fix -", "--fix cannot repair standard input; use --diff"),
    ("--fix --diff .", "--fix and --diff exclude each other"),
    ("--unsafe-fixes .", "--unsafe-fixes needs --fix or --diff"),
  ])
  func refuses(line: String, message: String) throws {
    try withScratch { scratch in
      let run = try Self.run(line, in: scratch, input: Self.broken)
      #expect(run.status == 2)
      #expect(run.output == "")
      #expect(run.errors.contains(message))
    }
  }

  @Test func leavesAFileThatCannotBeParsed() throws {
    try withScratch { scratch in
      let text = Self.broken + "---\n{\n"
      try scratch.write("a.yaml", text)
      let run = try Self.run("--fix .", in: scratch)
      #expect(run.status == 1)
      #expect(try scratch.read("a.yaml") == text)
    }
  }

  @Test func hidesSecretsInADiff() throws {
    try withScratch { scratch in
      try scratch.write(
        "a.yaml",
        "# reqlint: rds.CreateDBInstance\nDBInstanceIdentifier: a\nDBInstanceClass: b\nEngine: mysql\n"
          + "masterUserPassword: hunter22\nMultiAZ: yes\n")
      let run = try Self.run("--diff .", in: scratch)
      #expect(!run.output.contains("hunter22"))
      #expect(run.output.contains("-(sensitive)\n"))
      #expect(run.output.contains("+MultiAZ: true\n"))
      #expect(run.errors.contains("a.yaml: lines with sensitive values are hidden"))
    }
  }

  // MARK: What a signal leaves

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func aSignalLeavesFilesOldOrNew(_ number: Int32) throws {
    try withScratch { scratch in
      for index in 0..<600 { try scratch.write("\(index).yaml", Self.broken) }
      let process = Process()
      process.executableURL = Invocation.binary
      process.arguments = ["lint", "--now", referenceTime, "--fix", "--unsafe-fixes", "--quiet", "."]
      process.currentDirectoryURL = scratch.folder
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      // A thread of a test may block signals, and a process begins with the mask of the thread that starts it.
      var all = sigset_t()
      sigfillset(&all)
      pthread_sigmask(SIG_UNBLOCK, &all, nil)
      try process.run()
      // Until the first file is repaired, so that the signal falls into the middle.
      let deadline = Date(timeIntervalSinceNow: 30)
      while try scratch.read("0.yaml") == Self.broken, Date() < deadline { usleep(1000) }
      kill(process.processIdentifier, number)
      process.waitUntilExit()
      #expect(process.terminationReason == .uncaughtSignal)
      #expect(process.terminationStatus == number)
      let names = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path)
      #expect(names.filter { $0.hasSuffix(".tmp") } == [])
      #expect(names.count == 600)
      for name in names {
        let text = try scratch.read(name)
        #expect(text == Self.broken || text == Self.fixed)
      }
    }
  }

  // MARK: What is offered

  /// A repair that would bring another fault is not made, and so not offered.
  @Test func offersWhatWouldBeMade() throws {
    try withScratch { scratch in
      let head = "# reqlint: opensearch.StartServiceSoftwareUpdate\n"
      try scratch.write("a.yaml", "\(head)domainName: l\nscheduleAt: now\n")
      let before = try Self.run("--format json .", in: scratch)
      let findings = try #require(try before.json()["findings"] as? [[String: Any]])
      #expect(findings.filter { $0["fix"] != nil }.map { $0["pointer"] as? String } == ["/scheduleAt"])
      #expect(try Self.run("", in: scratch).output.contains("1 can be fixed with --fix"))
      let fixed = try Self.run("--fix .", in: scratch)
      #expect(fixed.errors.hasSuffix("1 fix not made: other findings would come of it\n"))
      #expect(try scratch.read("a.yaml") == "\(head)domainName: l\nScheduleAt: NOW\n")
      #expect(try !Self.run("", in: scratch).output.contains("can be fixed"))
    }
  }

  @Test func hardLinksAreRepairedEach() throws {
    try withScratch { scratch in
      let first = try scratch.write("a.yaml", Self.broken)
      try FileManager.default.linkItem(at: first, to: scratch.folder.appending(path: "b.yaml"))
      _ = try Self.run("--fix --unsafe-fixes .", in: scratch)
      #expect(try scratch.read("a.yaml") == Self.fixed)
      #expect(try scratch.read("b.yaml") == Self.fixed)
    }
  }
}
