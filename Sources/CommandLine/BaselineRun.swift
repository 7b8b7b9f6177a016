internal import Linting
internal import Reports
internal import Syntax
internal import SystemPackage
internal import Verdicts

/// Applies a baseline to a run: accepts findings, reports those that are gone, and writes a new baseline.
struct BaselineRun: Sendable {
  private let known: Baseline?
  private let source: FilePath?
  private let target: FilePath?
  private let minimumSeverity: Severity

  /// - Parameters:
  ///   - path: of the baseline to apply.
  ///   - target: where to write one.
  /// - Throws: `Failure.unreadable`, `Failure.badBaseline`.
  init(reading path: String?, writing target: String?, minimumSeverity: Severity) throws(Failure) {
    source = path.map { FilePath(argument: $0) }
    self.target = target.map { FilePath(argument: $0) }
    self.minimumSeverity = minimumSeverity
    // Entries of other runs are kept, and a file that is not a baseline is not overwritten.
    if let target = self.target {
      known = FileIdentity(ofRegularFile: target) == nil ? nil : try Baseline(reading: target)
    } else {
      known = try source.map { path throws(Failure) in try Baseline(reading: path) }
    }
  }

  /// Files that are read and written.
  var inputs: [FilePath] { source.map { [$0] } ?? [] }
  var outputs: [FilePath] { target.map { [$0] } ?? [] }

  /// Notes on the baseline that the run applies.
  var notes: [String] { isWritten ? [] : known?.notes ?? [] }

  /// Whether no baseline is applied or written.
  var isIdle: Bool { known == nil && target == nil }

  /// Whether one is written; then nothing is accepted beforehand.
  var isWritten: Bool { target != nil }

  /// The file with what is accepted in it.
  func prepare(_ read: Result<RequestFile, Failure>, _ found: FoundFile) -> Result<RequestFile, Failure> {
    guard let known else { return read }
    return read.map { $0.with(baseline: known.accepted(in: found)) }
  }

  /// The findings, and entries of the baseline that no longer occur; a run that writes a baseline accepts all findings.
  func reported(_ outcomes: [LintOutcome], of files: [FoundFile]) -> [ReportedFile] {
    let reported = outcomes.compactMap(\.file)
    guard !isWritten else { return reported.map { $0.accepted() } }
    guard let known else { return reported }
    let gone = zip(files, outcomes).map { (known.name(of: $0), $1.goneFromBaseline) }
    let remarks = known.remarks(
      gone: Dictionary(gone) { first, _ in first }, minimumSeverity: minimumSeverity)
    return reported + (remarks.map { [$0] } ?? [])
  }

  /// Writes the baseline that was asked for; answers what to say of it.
  ///
  /// - Throws: `Failure.unwritable`.
  func write(
    _ reported: [ReportedFile], _ outcomes: [LintOutcome], of files: [FoundFile], _ failures: [Failure]
  ) throws(Failure) -> String? {
    guard let target else { return nil }
    let folder = target.absolute.removingLastComponent()
    func name(_ shown: String) -> String { FilePath(shown).absolute.relative(to: folder).shown }
    let names = Dictionary(files.map { ($0.shown, Baseline.name(of: $0, in: folder)) }) { first, _ in first }
    var entries: [Baseline.Entry] = []
    var unreadable = Set(failures.compactMap { ReportedFile($0).map { name($0.path) } })
    for file in reported {
      let name = names[file.path] ?? name(file.path)
      if file.unreadable != nil { unreadable.insert(name) }
      for finding in file.suppressed where finding.suppression?.origin == .baseline {
        entries.append(Baseline.Entry(file: name, key: finding.key))
      }
    }
    let found = entries.count
    for (file, outcome) in zip(files, outcomes) {
      let name = names[file.shown] ?? file.shown
      for (key, count) in outcome.notJudged {
        entries += repeatElement(Baseline.Entry(file: name, key: key), count: count)
      }
    }
    let checked = Set(names.values).subtracting(unreadable)
    entries += known?.kept(besides: checked, unreadable: unreadable) ?? []
    try writeFile(target, [Baseline.text(of: entries)])
    let others = entries.count - found
    return "\(target.shown): \(counted(found, "finding")) accepted"
      + (others > 0 ? ", \(others) that this run has not looked at kept" : "")
  }
}
