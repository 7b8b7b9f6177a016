import Foundation
import Testing

/// Streams, pipes, limits and folders that are not what a program expects; `Tests/faults` has what needs a second process.
@Suite struct WorldTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// A line of a shell, in which `$R` is the binary; the folder holds `good.yaml` and `bad.yaml`.
    let line: String
    let status: Int32
    var output = ""
    var errors = ""
  }

  private static let good = "# reqlint: opensearch.StartServiceSoftwareUpdate\nDomainName: logs\n"
  private static let clean = "1 request in 1 file: 0 errors, 0 warnings\n"

  private static let kernel = "it belongs to the kernel, like the files in /proc and /sys"

  static let cases = [
    Case(
      testDescription: "standard input is closed", line: "$R lint --quiet - <&-", status: 2,
      output: "<stdin>: error: cannot be read: Bad file descriptor\n\n",
      errors: "reqlint: <stdin>: cannot be read: Bad file descriptor\n"),
    Case(
      testDescription: "standard output is closed", line: "$R lint good.yaml >&-", status: 2,
      errors: "reqlint: <stdout>: cannot be written: Bad file descriptor\n"),
    Case(
      testDescription: "a file that is opened does not take the place of standard error",
      line: "$R lint --quiet --report json=r gone.yaml >&- 2>&-; tail -c 2 r", status: 0, output: "}\n"),
    Case(
      testDescription: "the reader goes",
      line: "{ $R lint good.yaml --report json=r; echo $? >s; } | true; cat s",
      status: 0, output: "0\n"),
    Case(
      testDescription: "help for a full device", line: "$R --help >/dev/full", status: 2,
      errors: "reqlint: <stdout>: cannot be written: No space left on device\n"),
    Case(
      testDescription: "nobody writes to a pipe", line: "mkfifo p; $R lint --quiet p", status: 2,
      output: "p: error: cannot be read: nobody writes to this pipe\n\n",
      errors: "reqlint: p: cannot be read: nobody writes to this pipe\n"),
    Case(
      testDescription: "a writer comes late", line: "mkfifo p; (sleep 0.3; cat good.yaml >p) & $R lint p",
      status: 0,
      output: clean),
    Case(
      testDescription: "nobody reads a pipe", line: "mkfifo p; $R lint good.yaml --report json=p", status: 2,
      output: clean, errors: "reqlint: p: cannot be written: nobody reads this pipe\n"),
    Case(
      testDescription: "files may not grow",
      line: "{ ulimit -f 0; $R lint good.yaml --report json=r; } 2>&1 | cat; ls -A",
      status: 0, output: "reqlint: r: cannot be written: File too large\n\(clean)bad.yaml\ngood.yaml\n"),
    Case(
      testDescription: "the working directory is gone", line: "mkdir g; cd g; rmdir ../g; $R lint", status: 2,
      output: "0 requests in 0 files: 0 errors, 0 warnings\n",
      errors: "reqlint: no request found; 0 files passed over\n"),
    Case(
      testDescription: "few descriptors", line: "ulimit -n 16; $R lint --jobs 8 good.yaml good.yaml",
      status: 0,
      output: clean),
    Case(
      testDescription: "fewer descriptors than jobs",
      line: "ulimit -n 5; mkdir d; for n in {1..99}; do cp good.yaml d/$n.yaml; done; $R lint --jobs 1000 d",
      status: 0,
      output: "99 requests in 99 files: 0 errors, 0 warnings\n"),
    Case(
      testDescription: "a link that leads nowhere is handed over",
      line: "ln -s gone a.yaml; $R lint --skip-unbound a.yaml good.yaml", status: 0,
      output: "1 request in 1 file: 0 errors, 0 warnings, 1 file without a request skipped\n"),
    Case(
      testDescription: "a folder with a link that leads nowhere is handed over",
      line: "ln -s gone a.yaml; rm bad.yaml; $R lint --skip-unbound .", status: 0, output: clean),
    Case(
      testDescription: "a link that leads nowhere is named",
      line: "ln -s gone a.yaml; $R lint --quiet a.yaml", status: 2,
      output: "a.yaml: error: cannot be read: No such file or directory\n\n",
      errors: "reqlint: a.yaml: cannot be read: No such file or directory\n"),
    Case(
      testDescription: "names in any case",
      line: "mkdir d; cp good.yaml d/A.YAML; cp good.yaml d/b.Yml; cp bad.yaml d/c.yamlx; $R lint d",
      status: 0,
      output: "2 requests in 2 files: 0 errors, 0 warnings\n"),
    Case(
      testDescription: "a file of the kernel", line: "$R lint --quiet /proc/self/environ", status: 2,
      output: "/proc/self/environ: error: cannot be read: \(kernel)\n\n",
      errors: "reqlint: /proc/self/environ: cannot be read: \(kernel)\n"),
    Case(
      testDescription: "standard input from the kernel", line: "$R lint --quiet - </proc/self/environ",
      status: 2,
      output: "<stdin>: error: cannot be read: \(kernel)\n\n",
      errors: "reqlint: <stdin>: cannot be read: \(kernel)\n"),
    Case(
      testDescription: "a name as long as can be",
      line: "n=$(printf '%0250d' 0).yaml; cp bad.yaml $n; $R lint --quiet --fix $n; cmp $n good.yaml",
      status: 0),
    Case(
      testDescription: "a script for a name that is no UTF-8",
      line: "cp good.yaml $'\\xe9.yaml'; $R plan --format sh $'\\xe9.yaml' | grep -c 'its name is not UTF-8'",
      status: 0, output: "1\n"),
    Case(
      testDescription: "what a killed process left is in nobody's way",
      line: "for n in 0 1 2; do : >.reqlint-$$-$n.tmp; done; exec $R lint good.yaml --report json=r",
      status: 0,
      output: clean),
  ]

  @Test(arguments: cases)
  func endsAsItShould(_ test: Case) throws {
    try withScratch { scratch in
      try scratch.write("good.yaml", Self.good)
      try scratch.write("bad.yaml", Self.good.replacingOccurrences(of: "DomainName", with: "domainName"))
      let result = try Invocation(
        ["-c", test.line], in: scratch.folder, environment: ["R": Invocation.binary.path],
        executable: URL(fileURLWithPath: "/bin/bash"))
      #expect(result.status == test.status)
      #expect(result.output == test.output)
      #expect(result.errors == test.errors)
    }
  }

  /// Every folder holds links to all others: there are more paths than a walk could take in a lifetime.
  @Test func foldersThatLinkToEachOther() throws {
    try withScratch { scratch in
      try scratch.write("d0/a.yaml", Self.good)
      for one in 0..<12 {
        try scratch.write("d\(one)/a.txt", "")
        for other in 0..<12 {
          try FileManager.default.createSymbolicLink(
            atPath: scratch.folder.path + "/d\(one)/l\(other)", withDestinationPath: "../d\(other)")
        }
      }
      let result = try Invocation("lint --format gitlab .", in: scratch.folder)
      #expect(result.status == 2)
      #expect(
        result.errors.hasSuffix(
          ": cannot be read: symbolic links lead to folders again more than 10000 times\n"))
    }
  }

  /// Folders beside each other are listed by several threads: with links among them, a loop, and some kept out.
  @Test func foldersBesideEachOther() throws {
    try withScratch { scratch in
      try scratch.write(".reqlint.yaml", "exclude: [tree/f7/, '*/f20/x.yaml']\n")
      for number in 0..<40 {
        try scratch.write("tree/f\(number)/x.yaml", Self.good)
        try scratch.write("tree/f\(number)/deep/y.yaml", Self.good)
      }
      let links = ["tree/f3/l": "../f4", "tree/f5/up": "../..", "tree/g": "f6", "tree/h.yaml": "nowhere"]
      for (path, target) in links {
        try FileManager.default.createSymbolicLink(
          atPath: scratch.folder.path + "/" + path, withDestinationPath: target)
      }
      let alone = try Invocation(
        "lint --now 2026-11-20T12:00:00Z --format json --jobs 1 tree", in: scratch.folder)
      let together = try Invocation(
        "lint --now 2026-11-20T12:00:00Z --format json --jobs 8 tree", in: scratch.folder)
      #expect(alone.status == 2)
      #expect(alone.errors == "reqlint: tree/h.yaml: cannot be read: No such file or directory\n")
      #expect(together.output == alone.output)
      #expect(together.errors == alone.errors)
      let paths = try #require(try alone.json()["requests"] as? [[String: Any]]).compactMap {
        $0["file"] as? String
      }
      let own = (0..<40).flatMap { number in
        (number == 7 ? [] : ["tree/f\(number)/deep/y.yaml"])
          + ([7, 20].contains(number) ? [] : ["tree/f\(number)/x.yaml"])
      }
      let linked = ["tree/f3/l/deep/y.yaml", "tree/f3/l/x.yaml", "tree/g/deep/y.yaml", "tree/g/x.yaml"]
      #expect(paths == (own + linked).sorted())
    }
  }

  /// A file may say that it is as long as numbers go.
  @Test(.enabled(if: FileManager.default.isWritableFile(atPath: "/dev/shm"), "needs a folder in memory"))
  func filesAsLongAsCanBe() throws {
    let line = """
      d=$(mktemp -d /dev/shm/reqlint.XXXXXX); trap 'rm -r "$d"' EXIT; cp good.yaml "$d/a.yaml"
      truncate -s 9223372036854775807 "$d/a.yaml"; cd "$d"; $R lint --quiet --limit file-bytes=9000 a.yaml
      """
    try withScratch { scratch in
      try scratch.write("good.yaml", Self.good)
      let result = try Invocation(
        ["-c", line], in: scratch.folder, environment: ["R": Invocation.binary.path],
        executable: URL(fileURLWithPath: "/bin/bash"))
      #expect(result.status == 1)
      #expect(result.output.contains("file is larger than 9000 bytes"))
      #expect(result.errors == "")
    }
  }

  /// A file is read by pieces where it is long, or comes slowly.
  @Test(arguments: [4_095, 4_096, 4_097, 8_191, 8_192, 65_537, 300_000])
  func filesOfAnyLengthAreReadWhole(_ size: Int) throws {
    try withScratch { scratch in
      let end = "DomainName: Logs\n"
      let start = "# reqlint: opensearch.StartServiceSoftwareUpdate\n#"
      let text =
        start + String(repeating: "x", count: size - start.utf8.count - end.utf8.count - 1) + "\n" + end
      try scratch.write("long.yaml", text)
      for line in ["lint long.yaml", "lint - <long.yaml"] {
        #expect(try Invocation(shell: "\(line) --format json", in: scratch.folder).places() == ["3:13"])
      }
      let slowly = "{ head -c 4000 long.yaml; sleep 0.1; tail -c +4001 long.yaml; } | $R lint - --format json"
      let piped = try Invocation(
        ["-c", slowly], in: scratch.folder, environment: ["R": Invocation.binary.path],
        executable: URL(fileURLWithPath: "/bin/bash"))
      #expect(try piped.places() == ["3:13"])
    }
  }

  /// A rule pack may come from anywhere, and so may what it says of itself.
  @Test func packsGiveNoCommands() throws {
    try withScratch { scratch in
      try scratch.write(
        "pack/hostile.yaml",
        """
        title: "<b>\\e[2J\\u009b2J ##[error]x"
        severity: warning
        operations: [kms.Encrypt]
        assert: {required: [KeyId]}
        message: m
        hint: "\\e]0;x\\a"
        why: "::error::x"
        source: https://e.example/
        examples: {good: [{KeyId: a}], bad: [{}]}

        """)
      let explained = try Invocation("explain --rules pack hostile", in: scratch.folder)
      #expect(explained.status == 0)
      #expect(
        explained.output.hasPrefix(
          """
          hostile (warning)
          <b>\\u{1B}[2J\\u{9B}2J ##\\u{5B}error]x

          ./::error::x

          hint: \\u{1B}]0;x\\u{7}

          """))
      let listed = try Invocation("rules list --rules pack", in: scratch.folder)
      #expect(listed.output.hasSuffix("  <b>\\u{1B}[2J\\u{9B}2J ##\\u{5B}error]x\n"))
      let table = try Invocation("rules list --format markdown --rules pack", in: scratch.folder)
      #expect(
        table.output.contains("| `hostile` | warning | \\<b\\>\\u{1B}\\[2J\\u{9B}2J \\#\\#\\[error\\]x |"))
    }
  }
}

extension Invocation {
  /// Where the findings of a JSON report stand: `LINE:COLUMN`.
  fileprivate func places() throws -> [String] {
    (try json()["findings"] as? [[String: Any]] ?? []).compactMap { finding in
      let start = (finding["range"] as? [String: Any])?["start"] as? [String: Any]
      return start.map { "\($0["line"] ?? ""):\($0["column"] ?? "")" }
    }
  }
}
