internal import Linting
internal import Rules
internal import Syntax
internal import SystemPackage

/// Findings that were there before, so that only new ones count.
///
/// - Shape: a JSON array, a line for each finding, sorted, without line numbers; a finding that a file has twice is there
///   twice. The last line says the format, so that every other ends alike and branches merge.
struct Baseline: Sendable {
  /// One finding of the list.
  struct Entry: Hashable {
    /// Relative to the baseline's folder.
    let file: String
    let key: FindingKey
  }

  static let format = "reqlint-baseline/1"

  /// As reports name it.
  let shown: String
  private let folder: FilePath
  private let text: SourceText
  /// Where each entry stands in the text, by its file.
  private var places: [String: [(key: FindingKey, span: ByteSpan)]] = [:]

  /// Reads a baseline.
  ///
  /// - Throws: `Failure.unreadable`, `Failure.badBaseline`.
  init(reading path: FilePath) throws(Failure) {
    shown = path.shown
    folder = path.absolute.removingLastComponent()
    text = SourceText(try readFile(path, refusingBeyond: InputBound.data))
    try read()
  }

  /// What the baseline lists for a file, with how many times.
  func accepted(in file: FoundFile) -> [FindingKey: Int] {
    places[name(of: file)].map { entries in
      Dictionary(entries.map { ($0.key, 1) }, uniquingKeysWith: +)
    } ?? [:]
  }

  /// The name of a file in this baseline.
  func name(of file: FoundFile) -> String { Self.name(of: file, in: folder) }

  // MARK: Reading

  private mutating func read() throws(Failure) {
    guard text.fault == nil, case .document(let document) = readJSON(text, limits: Limits()) else {
      if let mark = conflictMark {
        throw fault(mark, "holds a merge conflict; keep the entries of both sides")
      }
      let issue = syntaxIssue
      let problem = issue?.kind == .limit ? issue.map { "has a fault: \($0.message)" } : nil
      throw fault(
        text.fault?.span ?? issue?.span ?? ByteSpan(0, 0), "\(problem ?? "is no JSON"); \(Self.remedy)")
    }
    func string(_ key: String, _ node: NodeID) -> String? {
      document.value(of: key, in: node).flatMap {
        document.scalarType(of: $0) == .string ? document.string(of: $0) : nil
      }
    }
    let items = Array(document.items(of: document.root))
    guard let last = items.last, let format = string("format", last) else {
      throw fault(document.anchorSpan(of: items.last ?? document.root), "is no baseline; \(Self.remedy)")
    }
    guard format == Self.format else {
      throw fault(
        document.anchorSpan(of: last),
        "has the format \(quote(format)), this version of reqlint reads \(Self.format)")
    }
    for item in items.dropLast() {
      guard let file = string("file", item), let rule = string("rule", item),
        let pointer = string("pointer", item)
      else {
        throw fault(document.anchorSpan(of: item), "has an entry without the texts file, rule and pointer")
      }
      let key = FindingKey(rule: rule, pointer: pointer, value: string("value", item))
      places[file, default: []].append((key, document.sourceSpan(of: item)))
    }
  }

  private static let remedy = "remove it, and write one with --write-baseline"

  /// Where git has left what it could not merge.
  private var conflictMark: ByteSpan? {
    let mark = Array("\n<<<<<<< ".utf8)
    return text.bytes.firstIndex(of: mark).map { ByteSpan($0 + 1, $0 + mark.count) }
  }

  private var syntaxIssue: SyntaxIssue? {
    guard case .issue(let issue) = readJSON(text, limits: Limits()) else { return nil }
    return issue
  }

  private func fault(_ span: ByteSpan, _ problem: String) -> Failure {
    .badBaseline(path: shown, position: LineIndex(text).position(of: span.start), problem: problem)
  }

  // MARK: What is gone

  /// What is to be said of entries that no longer occur, in the order of the baseline; `nil` for nothing.
  ///
  /// - Parameter gone: what files that were checked no longer have, by their names in the baseline.
  func remarks(gone: [String: [FindingKey: Int]], minimumSeverity: Severity) -> ReportedFile? {
    var spans: [ByteSpan] = []
    for (file, entries) in places {
      if var left = gone[file] {
        // The last of several alike is the one too many.
        for entry in entries.reversed() where (left[entry.key] ?? 0) > 0 {
          left[entry.key, default: 0] -= 1
          spans.append(entry.span)
        }
      } else if !exists(file) {
        spans += entries.map(\.span)
      }
    }
    guard !spans.isEmpty else { return nil }
    let remarks = spans.map {
      SuppressionRemark.unused(
        "what this entry accepts no longer occurs", hint: "renew the baseline with --write-baseline", at: $0)
    }
    return ReportedFile(
      path: shown, remarks: remarks, text: text, levels: RuleLevels(), minimumSeverity: minimumSeverity)
  }

  private func exists(_ file: String) -> Bool {
    FileIdentity(ofRegularFile: folder.pushing(FilePath(file)).lexicallyNormalized()) != nil
  }

  // MARK: Writing

  /// The name of a file in a baseline: its path from the baseline's folder.
  static func name(of file: FoundFile, in folder: FilePath) -> String {
    guard let path = file.path else { return file.shown }
    return path.absolute.relative(to: folder).shown
  }

  /// The text of a baseline.
  static func text(of entries: some Sequence<Entry>) -> [UInt8] {
    let lines = entries.sorted { one, other in
      let left = [one.file, one.key.rule, one.key.pointer, one.key.value ?? ""]
      let right = [other.file, other.key.rule, other.key.pointer, other.key.value ?? ""]
      return left.lexicographicallyPrecedes(right) { $0.precedesByBytes($1) }
    }.map { entry in
      var writer = JSONWriter(.compact)
      writer.object { writer in
        writer.member("file", entry.file)
        writer.member("rule", entry.key.rule)
        writer.member("pointer", entry.key.pointer)
        writer.member("value", entry.key.value)
      }
      return writer.text
    }
    return Array("[\n\((lines + ["{\"format\":\"\(format)\"}"]).joined(separator: ",\n"))\n]\n".utf8)
  }

  /// Entries of files that a run has not checked and that are still there, or could not be read.
  func kept(besides checked: Set<String>, unreadable: Set<String>) -> [Entry] {
    places.filter { !checked.contains($0.key) && (unreadable.contains($0.key) || exists($0.key)) }
      .flatMap { file, entries in entries.map { Entry(file: file, key: $0.key) } }
  }
}
