internal import Linting
internal import Models
internal import Planning
internal import Syntax
internal import SystemPackage
internal import Wire

/// What one thread needs to lint files.
///
/// Not Sendable: one thread owns one.
final class LintWorker {
  private let setup: RunSetup
  private let workbench: Workbench
  private let addressJudge: AddressJudge
  /// Whether the report is to name requests in which nothing is found.
  private let listsRequests: Bool
  private var linters = PerConfiguration<Linter>()
  private var fixers = PerConfiguration<Fixer>()
  private var unsafeFixers = PerConfiguration<Fixer>()

  /// Up to this size, fixes are tried before a report offers them.
  ///
  /// - Units: bytes.
  private static let tried = 1 << 20

  init(_ setup: RunSetup, _ catalog: Catalog, listsRequests: Bool = true) {
    self.setup = setup
    workbench = Workbench(catalog)
    addressJudge = endpointJudge(EndpointResolver(catalog))
    self.listsRequests = listsRequests
  }

  /// Lints a file; findings carry the fixes that `--fix` would make.
  func lint(_ read: Result<RequestFile, Failure>, _ found: FoundFile) -> LintOutcome {
    let file: RequestFile
    switch read {
    case .failure(let failure): return LintOutcome(failure, found)
    case .success(let readable): file = readable
    }
    let result = result(of: file, found)
    guard file.text.bytes.count <= Self.tried, result.findings.contains(where: { $0.fix != nil }) else {
      return LintOutcome(file, result, listsRequests: listsRequests)
    }
    var tried = result.keepingFixes(repairs(of: file, found, unsafe: false), areSafe: true)
    if tried.findings.contains(where: { $0.fix?.isSafe == false }) {
      tried = tried.keepingFixes(repairs(of: file, found, unsafe: true), areSafe: false)
    }
    return LintOutcome(file, tried, listsRequests: listsRequests)
  }

  /// Lints standard input, document by document if it is a stream of several.
  func lintStream(_ found: FoundFile, _ run: FileRun) -> LintOutcome {
    do throws(Failure) {
      var stream = DocumentStream(.standardInput, limit: run.limits(found).fileBytes)
      if let bytes = try stream.whole() { return lint(.success(run.requestFile(found, bytes)), found) }
      var report = StreamReport(path: found.shown, limits: run.limits(found), listsRequests: listsRequests)
      while let part = try stream.next() {
        switch part {
        case .oversized(let lineCount): report.addOversized(lineCount: lineCount)
        case .documents(let bytes, let isLast):
          var place = report.place
          place.isLast = isLast
          let file = run.requestFile(found, bytes).with(place: place)
          report.add(result(of: file, found), text: file.text)
        }
      }
      let used = report.usedSuppressions
      return LintOutcome(file: report.finish(), usedSuppressions: used)
    } catch {
      return LintOutcome(error, found)
    }
  }

  /// What is found in a file, with all fixes that might be made.
  func result(of file: RequestFile, _ found: FoundFile) -> FileResult {
    linters.value(for: found) { setup.linter(for: found, workbench, addressJudge) }.lint(file)
  }

  private func repairs(
    of file: RequestFile, _ found: FoundFile, unsafe: Bool
  ) -> [FixedFile.Repair] { fix(file, found, takesUnsafe: unsafe).repairs }

  /// A file as it would be repaired.
  func fix(_ file: RequestFile, _ found: FoundFile, takesUnsafe: Bool) -> FixedFile {
    func fixer() -> Fixer { setup.fixer(for: found, workbench, addressJudge, takesUnsafe: takesUnsafe) }
    let fixer = takesUnsafe ? unsafeFixers.value(for: found, fixer) : fixers.value(for: found, fixer)
    return fixer.fix(file)
  }
}
