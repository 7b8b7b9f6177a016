internal import Linting
internal import Models
internal import Syntax
internal import SystemPackage

/// What one thread needs to lint files.
struct LintWorker {
  private let setup: RunSetup
  private let catalog: Catalog
  /// Whether the report is to name requests in which nothing is found.
  private let listsRequests: Bool
  /// By configuration.
  private var linters: [Int?: Linter] = [:]
  private var fixers: [Int?: Fixer] = [:]
  private var unsafeFixers: [Int?: Fixer] = [:]

  /// Files up to this size are tried to be repaired before a report says that they can be.
  ///
  /// - Units: bytes.
  private static let tried = 1 << 20

  init(_ setup: RunSetup, _ catalog: Catalog, listsRequests: Bool = true) {
    self.setup = setup
    self.catalog = catalog
    self.listsRequests = listsRequests
  }

  /// What is found in a file, with the fixes that `--fix` would make.
  mutating func lint(_ read: Result<RequestFile, Failure>, _ found: FoundFile) -> LintOutcome {
    guard case .success(let file) = read else { return LintOutcome(read, found) }
    var result = result(of: file, found)
    if file.text.bytes.count <= Self.tried, result.findings.contains(where: { $0.fix != nil }) {
      result = result.keepingFixes(repairs(of: file, found, unsafe: false), areSafe: true)
      if result.findings.contains(where: { $0.fix?.isSafe == false }) {
        result = result.keepingFixes(repairs(of: file, found, unsafe: true), areSafe: false)
      }
    }
    return LintOutcome(.success(file), found, result, listsRequests: listsRequests)
  }

  /// What is found in standard input, document by document where it is a stream of many.
  mutating func lintStream(_ found: FoundFile, _ run: FileRun) -> LintOutcome {
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
      return LintOutcome(.failure(error), found)
    }
  }

  /// What is found in a file, with all fixes that might be made.
  mutating func result(of file: RequestFile, _ found: FoundFile) -> FileResult {
    let (setup, catalog) = (setup, catalog)
    // By way of the subscript, so that a linter is lent and not copied.
    return linters[found.configuration, default: setup.linter(for: found, catalog)].lint(file)
  }

  private mutating func repairs(
    of file: RequestFile, _ found: FoundFile, unsafe: Bool
  ) -> [FixedFile.Repair] { fix(file, found, takesUnsafe: unsafe).repairs }

  /// A file as it would be repaired.
  mutating func fix(_ file: RequestFile, _ found: FoundFile, takesUnsafe: Bool) -> FixedFile {
    let (setup, catalog) = (setup, catalog)
    func fixer() -> Fixer { setup.fixer(for: found, catalog, takesUnsafe: takesUnsafe) }
    return takesUnsafe
      ? unsafeFixers[found.configuration, default: fixer()].fix(file)
      : fixers[found.configuration, default: fixer()].fix(file)
  }
}
