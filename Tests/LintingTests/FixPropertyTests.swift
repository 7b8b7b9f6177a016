import Linting
import Models
import Requests
import Rules
import Syntax
import Testing
import Verdicts

/// What must hold of every fix, over files that are broken by chance.
@Suite struct FixPropertyTests {
  private static let fileCount = 3000

  /// The tools of one thread.
  private struct Tools {
    var linter: Linter
    private var safe: Fixer
    private var unsafe: Fixer

    init() throws {
      var options = LintOptions(now: try #require(Instant(rfc3339: "2026-11-20T12:00:00Z")))
      let rules = RuleBook.builtInFiles
      safe = Fixer(Workbench(.builtIn), rules: rules, options: options, takesUnsafe: false)
      unsafe = Fixer(Workbench(.builtIn), rules: rules, options: options, takesUnsafe: true)
      options.minimumSeverity = .info
      linter = Linter(Workbench(.builtIn), rules: rules, options: options)
    }

    mutating func fix(_ file: RequestFile, unsafe: Bool) -> FixedFile {
      unsafe ? self.unsafe.fix(file) : safe.fix(file)
    }

    /// How often each finding is there, and each that is more than worth knowing.
    mutating func findings(_ file: RequestFile) -> (all: [String: Int], faults: [String: Int]) {
      let found = linter.lint(file).findings
      func counted(_ findings: [Finding]) -> [String: Int] {
        FixPropertyTests.counted(findings.map { ($0.rule, $0.request, $0.pointer.description) })
      }
      return (counted(found), counted(found.filter { $0.severity > .info }))
    }
  }

  private static func counted(_ places: [(rule: String, request: Int?, pointer: String)]) -> [String: Int] {
    Dictionary(
      places.map { ("\($0.rule) \($0.request.map { String($0) } ?? "-") \($0.pointer)", 1) },
      uniquingKeysWith: +)
  }

  private static func file(_ broken: BrokenFile) -> RequestFile {
    RequestFile(
      path: "request", parts: ["request"], text: SourceText(broken.text), notation: broken.notation,
      isDiscovered: false)
  }

  /// The marked comments, each to the end of its line.
  private static func comments(_ text: String) -> [String] {
    text.unicodeScalars.split { $0 == "\n" || $0 == "\r" }.compactMap { line in
      let line = String(line)
      var rest = line[...]
      while let sign = rest.firstIndex(of: "#") {
        rest = rest[sign...]
        if rest.hasPrefix("#c") { return String(rest) }
        rest = rest.dropFirst()
      }
      return nil
    }
  }

  private static func breaks(_ text: String) -> Set<String> {
    var found: Set<String> = []
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if scalar == "\n" { found.insert(previous == "\r" ? "\r\n" : "\n") }
      if previous == "\r", scalar != "\n" { found.insert("\r") }
      previous = scalar
    }
    if previous == "\r" { found.insert("\r") }
    return found
  }

  @Test(arguments: [0, 1])
  func neverMakesAnythingWorse(half: Int) throws {
    var tools = try Tools()
    var repaired = 0
    var rules: Set<String> = []
    for seed in 0..<(Self.fileCount / 2) {
      let broken = BrokenFile(seed: UInt64(2 * seed + half))
      let file = Self.file(broken)
      let isUnsafe = seed % 3 > 0
      let fixed = tools.fix(file, unsafe: isUnsafe)
      let text = String(decoding: fixed.text.bytes, as: UTF8.self)
      let about: Testing.Comment = "seed \(2 * seed + half), unsafe \(isUnsafe):\n\(broken.text)\n=>\n\(text)"
      let after = file.with(text: fixed.text)

      let again = tools.fix(after, unsafe: isUnsafe)
      #expect(again.repairs.isEmpty && again.text.bytes == fixed.text.bytes, about)
      #expect(isUnsafe || fixed.repairs.allSatisfy(\.isSafe), about)
      #expect(Self.comments(text) == Self.comments(broken.text), about)
      #expect(Self.breaks(text).isSubset(of: [broken.lineBreak]), about)
      #expect(
        file.notation == .json || text.unicodeScalars.first == "\u{FEFF}"
          || broken.text.unicodeScalars.first != "\u{FEFF}", about)

      let (old, new) = (tools.findings(file), tools.findings(after))
      #expect(new.faults.allSatisfy { $0.value <= old.faults[$0.key] ?? 0 }, about)
      let made = Self.counted(fixed.repairs.map { ($0.rule, $0.request, $0.pointer) })
      #expect(made.allSatisfy { new.all[$0.key] ?? 0 <= max(0, (old.all[$0.key] ?? 0) - $0.value) }, about)
      #expect(fixed.repairs.isEmpty == (text == broken.text), about)
      repaired += fixed.repairs.isEmpty ? 0 : 1
      rules.formUnion(fixed.repairs.map(\.rule))
    }
    #expect(repaired > Self.fileCount / 4, "only \(repaired) files were repaired")
    #expect(
      rules == [
        "ambiguous-scalar", "desired-start-time-in-seconds", "desired-start-time-without-timestamp",
        "invalid-encoding", "schedule-defaults-to-timestamp", "unknown-parameter", "unknown-value",
        "versions-with-current-version",
        "wrong-type",
      ])
  }
}
