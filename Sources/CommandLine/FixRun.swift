internal import ArgumentParser
internal import Glibc
internal import Linting
internal import Models
internal import Reports
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
  /// Fixes that would make the file worse.
  var refusedCount = 0
  var diff: [UInt8] = []
  /// Notes on the file in addition to its report.
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
    // By path: of a file with two hard links each is repaired, since writing parts them.
    var known: Set<FilePath> = []
    let isFirst = files.map { file in file.path.map { known.insert($0.canonical).inserted } ?? true }
    func those(_ wanted: Bool) -> [FoundFile] { zip(files, isFirst).filter { $0.1 == wanted }.map(\.0) }
    var fixed = run.map(those(true)) {
      let worker = FixWorker(run: self)
      return { worker.work(baseline.prepare($0, $1), $1) }
    }[...]
    var linted = run.map(those(false)) {
      let worker = FixWorker(run: self)
      return { worker.lint(baseline.prepare($0, $1), $1) }
    }[...]
    return isFirst.map { $0 ? fixed.removeFirst() : linted.removeFirst() }
  }
}

/// What one thread needs to repair files.
private final class FixWorker {
  private let options: FixOptions
  private let worker: LintWorker

  init(run: FixRun) {
    options = run.options
    worker = LintWorker(run.setup, run.catalog)
  }

  func work(_ read: Result<RequestFile, Failure>, _ found: FoundFile) -> FixOutcome {
    guard case .success(let file) = read else { return lint(read, found) }
    let fixed = worker.fix(file, found, takesUnsafe: options.unsafeFixes)
    var outcome: FixOutcome
    do throws(Failure) {
      outcome =
        options.fix ? try repair(file, fixed, found) : show(fixed, of: file, found)
    } catch {
      outcome = lint(read, found)
      outcome.failure = error.message
      return outcome
    }
    outcome.repairCount = fixed.repairs.count
    if fixed.unsafeCount > 0 {
      outcome.unsafeCount = worker.fix(file.with(text: fixed.text), found, takesUnsafe: true).repairs.count
    }
    return outcome
  }

  private func repair(
    _ file: RequestFile, _ fixed: FixedFile, _ found: FoundFile
  ) throws(Failure) -> FixOutcome {
    if !fixed.repairs.isEmpty { try write(fixed.text, over: file, found) }
    let left = file.with(text: fixed.text)
    let result = worker.result(of: left, found)
    let tried = result.withoutFixes(unsafe: options.unsafeFixes)
    var outcome = FixOutcome(lint: LintOutcome(left, tried))
    outcome.refusedCount = result.findings.count { $0.fix != nil } - tried.findings.count { $0.fix != nil }
    return outcome
  }

  func lint(_ read: Result<RequestFile, Failure>, _ found: FoundFile) -> FixOutcome {
    switch read {
    case .failure(let failure): FixOutcome(lint: LintOutcome(failure, found))
    case .success(let file): FixOutcome(lint: LintOutcome(file, worker.result(of: file, found)))
    }
  }

  private func show(_ fixed: FixedFile, of file: RequestFile, _ found: FoundFile) -> FixOutcome {
    let result = worker.result(of: file, found)
    var outcome = FixOutcome(lint: LintOutcome(file, result))
    guard !fixed.repairs.isEmpty else { return outcome }
    let diff = UnifiedDiff(
      path: found.target, from: UnifiedDiff.Side(file.text, hidden: fixed.hiddenBefore),
      to: UnifiedDiff.Side(fixed.text, hidden: fixed.hidden))
    outcome.diff = diff.bytes
    if diff.isMasked {
      outcome.notes.append(
        "\(file.path): lines with sensitive values are hidden; the diff does not apply there")
    }
    return outcome
  }

  private func write(_ text: SourceText, over file: RequestFile, _ found: FoundFile) throws(Failure) {
    guard let path = found.path, FileIdentity(ofRegularFile: path) != nil else {
      throw .unwritable(path: file.path, reason: "it is no regular file")
    }
    // The folder alone would let a file be replaced that is not to be written.
    guard path.withPlatformString({ access($0, W_OK) }) == 0 else {
      throw .unwritable(path: file.path, reason: reason(Errno(rawValue: errno)))
    }
    try writeFile(path, [text.bytes], over: file.text.bytes)
  }
}

extension FixOptions {
  /// A summary of all files.
  func notes(about outcomes: [FixOutcome]) -> [String] {
    var notes = outcomes.flatMap(\.notes)
    let repairs = outcomes.reduce(0) { $0 + $1.repairCount }
    let files = outcomes.count { $0.repairCount > 0 }
    if repairs > 0 {
      notes.append(
        "\(fix ? "fixed" : "would fix") \(counted(repairs, "finding")) in \(counted(files, "file"))")
    }
    let refused = outcomes.reduce(0) { $0 + $1.refusedCount }
    if refused > 0 {
      notes.append("\(refused == 1 ? "1 fix" : "\(refused) fixes") not made: other findings would come of it")
    }
    let unsafe = outcomes.reduce(0) { $0 + $1.unsafeCount }
    if unsafe > 0 { notes.append("\(unsafe) more can be fixed with --unsafe-fixes") }
    return notes
  }
}

extension FoundFile {
  /// The file that is written, as a person names it: where a symbolic link leads to.
  fileprivate var target: String {
    guard let path, path.isSymbolicLink else { return shown }
    var target = path.resolved
    let folder = FilePath(".").resolved
    if target.starts(with: folder) { _ = target.removePrefix(folder) }
    return target.shown
  }
}
