internal import Linting
internal import Rules
internal import Syntax
internal import SystemPackage
internal import Verdicts

/// Findings that were there before, so that only new ones count.
///
/// - Shape: a JSON array, a line for each finding, sorted, without line numbers; a finding that a file has twice is there
///   twice. The last line says the format, so that every other ends alike and branches merge. Entries without a severity
///   are of the first format, which named neither operation nor whole value; they are kept until they are renewed.
struct Baseline: Sendable {
  /// One finding of the list.
  struct Entry: Hashable {
    /// Relative to the baseline's folder.
    let file: String
    let key: FindingKey

    fileprivate var sortingWords: [String] {
      [
        file, key.operation ?? "", key.rule, key.pointer, key.severity?.rawValue ?? "", key.value ?? "",
      ]
    }
  }

  static let format = "reqlint-baseline/2"
  private static let formats = ["reqlint-baseline/1", format]

  /// As reports name it.
  let shown: String
  private let folder: FilePath
  private let text: SourceText
  /// The position of each entry in the text, by its file.
  private var places: [String: [(key: FindingKey, span: ByteSpan)]] = [:]
  /// Rules that no baseline can accept, with how many entries there are.
  private var ignored: [String: Int] = [:]

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

  /// What to say of entries that should be written anew.
  var notes: [String] {
    var notes: [String] = []
    let oldCount = places.values.reduce(0) { $0 + $1.count { $0.key.isOld } }
    if oldCount > 0 {
      notes.append(
        "\(shown): \(entryCount(oldCount)) of an older format may accept changed requests too; "
          + "renew the baseline with --write-baseline")
    }
    for (rule, count) in ignored.sorted(by: { $0.key < $1.key }) {
      notes.append(
        "\(shown): \(entryCount(count)) of \(rule) ignored, since it says that something was not "
          + "checked; renew the baseline with --write-baseline")
    }
    return notes
  }

  private func entryCount(_ count: Int) -> String { count == 1 ? "1 entry" : "\(count) entries" }

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
    guard Self.formats.contains(format) else {
      throw fault(
        document.anchorSpan(of: last),
        "has the format \(quote(format)), this version of reqlint reads \(Self.formats.joined(separator: " and "))"
      )
    }
    for item in items.dropLast() {
      guard let file = string("file", item), let rule = string("rule", item),
        let pointer = string("pointer", item)
      else {
        throw fault(document.anchorSpan(of: item), "has an entry without the texts file, rule and pointer")
      }
      guard !BuiltInCheck.traits(of: rule).contains(.beyondBaseline) else {
        ignored[rule, default: 0] += 1
        continue
      }
      let key = try key(rule, pointer, of: item, at: document.anchorSpan(of: item), string)
      places[file, default: []].append((key, document.sourceSpan(of: item)))
    }
  }

  private func key(
    _ rule: String, _ pointer: String, of item: NodeID, at place: ByteSpan,
    _ string: (String, NodeID) -> String?
  ) throws(Failure) -> FindingKey {
    let value = string("value", item)
    guard let severity = string("severity", item) else {
      return FindingKey(rule: rule, pointer: pointer, value: value)
    }
    guard let severity = Severity(rawValue: severity) else {
      throw fault(place, "has an entry with the severity \(quote(severity))")
    }
    return FindingKey(
      operation: string("operation", item), rule: rule, pointer: pointer, severity: severity, value: value)
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
      one.sortingWords.lexicographicallyPrecedes(other.sortingWords) { $0.precedesByBytes($1) }
    }.map { entry in
      var writer = JSONWriter(.compact)
      writer.object { writer in
        writer.member("file", entry.file)
        writer.member("operation", entry.key.operation)
        writer.member("rule", entry.key.rule)
        writer.member("pointer", entry.key.pointer)
        writer.member("severity", entry.key.severity?.rawValue)
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
