internal import Linting
internal import Reports
internal import Rules
internal import Syntax
internal import SystemPackage

/// What a linter made of one file.
struct LintOutcome: Sendable {
  /// `nil` for a file that holds no request and was only met on the way.
  let file: ReportedFile?
  /// What a baseline lists for the file in vain.
  var goneFromBaseline: [FindingKey: Int] = [:]
  /// Suppressions of its configuration that took effect, by number.
  var usedSuppressions: Set<Int> = []
}

/// The part of a baseline in a run: what is accepted, what of it is gone, and what is to be written anew.
struct BaselineRun: Sendable {
  private let known: Baseline?
  private let target: FilePath?
  private let minimumSeverity: Severity

  /// - Parameters:
  ///   - path: of a baseline to go by.
  ///   - target: where to write one.
  /// - Throws: `Failure.unreadable`, `Failure.badBaseline`.
  init(reading path: String?, writing target: String?, minimumSeverity: Severity) throws(Failure) {
    self.target = target.map { FilePath(argument: $0) }
    self.minimumSeverity = minimumSeverity
    // What other runs have listed there stays; a file that is no baseline is not written over.
    if let target = self.target {
      known = FileIdentity(ofRegularFile: target) == nil ? nil : try Baseline(reading: target)
    } else {
      known = try path.map { path throws(Failure) in try Baseline(reading: FilePath(argument: path)) }
    }
  }

  /// Whether one is written; then nothing is accepted beforehand.
  var isWritten: Bool { target != nil }

  /// The file with what is accepted in it.
  func prepare(_ read: Result<RequestFile, Failure>, _ found: FoundFile) -> Result<RequestFile, Failure> {
    guard !isWritten, let known else { return read }
    return read.map { file in
      var file = file
      file.baseline = known.accepted(in: found)
      return file
    }
  }

  /// What to report: what is found, and what the baseline lists in vain; where one is written all is accepted.
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
  func write(_ reported: [ReportedFile], of files: [FoundFile]) throws(Failure) -> String? {
    guard let target else { return nil }
    let folder = target.absolute.removingLastComponent()
    let names = Dictionary(files.map { ($0.shown, Baseline.name(of: $0, in: folder)) }) { first, _ in first }
    var entries: [Baseline.Entry] = []
    for file in reported {
      for finding in file.suppressed where finding.suppression?.origin == .baseline {
        entries.append(Baseline.Entry(file: names[file.path] ?? file.path, key: finding.key))
      }
    }
    let found = entries.count
    entries += known?.kept(besides: Set(names.values)) ?? []
    try writeFile(target, Baseline.text(of: entries))
    let others = entries.count - found
    return "\(target.shown): \(counted(found, "finding")) accepted"
      + (others > 0 ? ", \(others) of files that this run has not checked kept" : "")
  }
}
