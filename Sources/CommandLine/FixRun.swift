internal import ArgumentParser
internal import Glibc
internal import Linting
internal import Models
internal import Reports
internal import Rules
internal import Syntax
internal import SystemPackage

/// Whether and how files are repaired.
struct FixOptions: ParsableArguments {
  @Flag(help: "Repair what can be repaired without changing what was meant.")
  var fix = false

  @Flag(help: "With --fix or --diff: also repairs that may change what was meant.")
  var unsafeFixes = false

  @Flag(help: "Print what --fix would change as a unified diff in place of the report; write nothing.")
  var diff = false

  func validate() throws {
    if fix, diff { throw ValidationError("--fix and --diff exclude each other") }
    if unsafeFixes, !fix, !diff { throw ValidationError("--unsafe-fixes needs --fix or --diff") }
  }

  /// Refuses to repair what cannot be written back.
  func check(_ paths: [String]) throws {
    if fix, paths.contains("-") { throw ValidationError("--fix cannot repair standard input; use --diff") }
  }

  var isAsked: Bool { fix || diff }
}

/// What came of one file that was to be repaired.
struct FixOutcome: Sendable {
  /// What is left, or where nothing is written what is there.
  var lint: LintOutcome
  var repairCount = 0
  var unsafeCount = 0
  var diff: [UInt8] = []
  /// What to tell about the file beside its report.
  var notes: [String] = []
  /// Why the file could not be written.
  var failure: String?
}

/// Repairs files, or shows how.
struct FixRun: Sendable {
  let options: FixOptions
  let catalog: Catalog
  let setup: RunSetup
  let baseline: BaselineRun

  /// - Shape: in the order of the files; one that is another by a second path is only linted, after all repairs.
  func map(_ files: [FoundFile], _ run: FileRun) -> [FixOutcome] {
    var known: Set<FileIdentity> = []
    let isFirst = files.map { file in
      file.path.flatMap { FileIdentity(ofRegularFile: $0) }.map { known.insert($0).inserted } ?? true
    }
    func those(_ wanted: Bool) -> [FoundFile] { zip(files, isFirst).filter { $0.1 == wanted }.map(\.0) }
    var fixed = run.map(those(true)) {
      var worker = FixWorker(run: self)
      return { worker.work(baseline.prepare($0, $1), $1) }
    }[...]
    var linted = run.map(those(false)) {
      var worker = FixWorker(run: self)
      return { worker.lint(baseline.prepare($0, $1), $1) }
    }[...]
    return isFirst.map { $0 ? fixed.removeFirst() : linted.removeFirst() }
  }
}

extension FixRun {
  fileprivate func newLinter(for found: FoundFile) -> Linter { setup.linter(for: found, catalog) }

  fileprivate func newFixer(for found: FoundFile) -> Fixer {
    setup.fixer(for: found, catalog, takesUnsafe: options.unsafeFixes)
  }
}

/// What one thread needs to repair files.
private struct FixWorker {
  private let run: FixRun
  /// By configuration.
  private var linters: [Int?: Linter] = [:]
  private var fixers: [Int?: Fixer] = [:]

  private var options: FixOptions { run.options }

  init(run: FixRun) { self.run = run }

  mutating func work(_ read: Result<RequestFile, Failure>, _ found: FoundFile) -> FixOutcome {
    guard case .success(let file) = read else { return lint(read, found) }
    let run = run
    let fixed = fixers[found.configuration, default: run.newFixer(for: found)].fix(file)
    var outcome = lint(read, found)
    outcome.unsafeCount = fixed.unsafeCount
    if !fixed.repairs.isEmpty, options.diff { show(fixed, of: file, found, in: &outcome) }
    guard options.fix else { return outcome }
    if !fixed.repairs.isEmpty {
      do throws(Failure) {
        try write(fixed.text, over: file, found)
        outcome.repairCount = fixed.repairs.count
      } catch {
        outcome.failure = error.message
        return outcome
      }
    }
    outcome.lint = LintOutcome(
      .success(file.with(fixed.text)), found,
      linted: &linters[found.configuration, default: run.newLinter(for: found)]
    ) { [options] in $0.withoutFixes(unsafe: options.unsafeFixes) }
    return outcome
  }

  mutating func lint(_ read: Result<RequestFile, Failure>, _ found: FoundFile) -> FixOutcome {
    let run = run
    return FixOutcome(
      lint: LintOutcome(
        read, found, linted: &linters[found.configuration, default: run.newLinter(for: found)]))
  }

  private mutating func show(
    _ fixed: FixedFile, of file: RequestFile, _ found: FoundFile, in outcome: inout FixOutcome
  ) {
    let run = run
    let hidden = linters[found.configuration, default: run.newLinter(for: found)].lint(file).sensitiveSpans
    let diff = UnifiedDiff(
      path: file.path, from: UnifiedDiff.Side(file.text, hidden: hidden),
      to: UnifiedDiff.Side(fixed.text, hidden: fixed.sensitiveSpans))
    outcome.diff = diff.bytes
    outcome.repairCount = fixed.repairs.count
    if diff.isMasked {
      outcome.notes.append(
        "\(file.path): lines with sensitive values are hidden; the diff does not apply there")
    }
  }

  private func write(_ text: SourceText, over file: RequestFile, _ found: FoundFile) throws(Failure) {
    guard let path = found.path, FileIdentity(ofRegularFile: path) != nil else {
      throw .unwritable(path: file.path, reason: "it is no regular file")
    }
    // The folder alone would let a file be replaced that is not to be written.
    guard path.withPlatformString({ access($0, W_OK) }) == 0 else {
      throw .unwritable(path: file.path, reason: reason(Errno(rawValue: errno)))
    }
    try writeFile(path, text.bytes, over: file.text.bytes)
  }
}

extension FixOptions {
  /// What to tell of all files together.
  func notes(about outcomes: [FixOutcome]) -> [String] {
    var notes = outcomes.flatMap(\.notes)
    let repairs = outcomes.reduce(0) { $0 + $1.repairCount }
    let files = outcomes.count { $0.repairCount > 0 }
    if repairs > 0 {
      notes.append(
        "\(fix ? "fixed" : "would fix") \(counted(repairs, "finding")) in \(counted(files, "file"))")
    }
    let unsafe = outcomes.reduce(0) { $0 + $1.unsafeCount }
    if unsafe > 0 { notes.append("\(unsafe) more can be fixed with --unsafe-fixes") }
    return notes
  }
}
