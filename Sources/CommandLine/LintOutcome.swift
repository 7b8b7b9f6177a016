internal import Linting
internal import Syntax

/// The result of linting one file.
struct LintOutcome: Sendable {
  /// `nil` for a file without requests that was found by walking a folder.
  let file: ReportedFile?
  /// Findings that a baseline lists for the file but that no longer occur.
  var goneFromBaseline: [FindingKey: Int] = [:]
  /// Findings that it lists for rules that this run does not check.
  var notJudged: [FindingKey: Int] = [:]
  /// Suppressions of its configuration that took effect, by number.
  var usedSuppressions: Set<Int> = []
}

extension LintOutcome {
  /// What a linter finds in a file.
  init(_ read: Result<RequestFile, Failure>, _ found: FoundFile, lintedBy linter: Linter) {
    switch read {
    case .failure(let failure): self.init(failure, found)
    case .success(let file): self.init(file, linter.lint(file))
    }
  }

  /// A file that could not be read.
  init(_ failure: Failure, _ found: FoundFile) { self.init(file: ReportedFile(failure, found)) }

  /// - Parameter listsRequests: whether requests are listed, or only counted.
  init(_ file: RequestFile, _ result: FileResult, listsRequests: Bool = true) {
    let (gone, notJudged, used) = (result.goneFromBaseline, result.notJudged, result.usedSuppressions)
    self.init(
      file: result.isSkipped
        ? nil
        : ReportedFile(path: file.path, result: result, text: file.text, listsRequests: listsRequests),
      goneFromBaseline: gone, notJudged: notJudged, usedSuppressions: used)
  }
}

extension ReportedFile {
  /// A file that could not be read.
  convenience init(_ failure: Failure, _ found: FoundFile) {
    guard case .unreadable(_, let reason) = failure else { preconditionFailure("\(failure)") }
    self.init(path: found.shown, unreadable: reason)
  }

  /// A place that could not be looked at; `nil` for a failure of another kind.
  convenience init?(_ failure: Failure) {
    guard case .unreadable(let path, let reason) = failure else { return nil }
    self.init(path: path, unreadable: reason)
  }
}
