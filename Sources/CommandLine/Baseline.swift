internal import Linting
internal import Rules
internal import Syntax
internal import SystemPackage

/// Findings that were there before, so that only new ones count.
///
/// - Shape: JSON, a line for each finding, sorted, without line numbers; a finding that a file has twice is there twice.
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
    text = SourceText(try readFile(path))
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
      throw fault(text.fault?.span ?? syntaxFault, "is no JSON; \(Self.remedy)")
    }
    func string(_ key: String, _ node: NodeID) -> String? {
      document.value(of: key, in: node).flatMap {
        document.scalarType(of: $0) == .string ? document.string(of: $0) : nil
      }
    }
    let format = string("format", document.root)
    guard format == Self.format else {
      throw fault(
        document.anchorSpan(of: document.root),
        format.map { "has the format \(quote($0)), this version of reqlint reads \(Self.format)" }
          ?? "is no baseline; \(Self.remedy)")
    }
    guard let list = document.value(of: "findings", in: document.root), document[list].kind == .sequence
    else {
      throw fault(document.anchorSpan(of: document.root), "has no list of findings")
    }
    for item in document.items(of: list) {
      guard let file = string("file", item), let rule = string("rule", item),
        let pointer = string("pointer", item)
      else {
        throw fault(document.anchorSpan(of: item), "has an entry without the texts file, rule and pointer")
      }
      let key = FindingKey(rule: rule, pointer: pointer, value: string("value", item))
      places[file, default: []].append((key, document.sourceSpan(of: item)))
    }
  }

  private static let remedy = "write one with --write-baseline"

  private var syntaxFault: ByteSpan {
    guard case .issue(let issue) = readJSON(text, limits: Limits()) else { return ByteSpan(0, 0) }
    return issue.span
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
      return left.lexicographicallyPrecedes(right) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }.map { entry in
      var writer = JSONWriter(.compact)
      writer.object { writer in
        writer.member("file", entry.file)
        writer.member("rule", entry.key.rule)
        writer.member("pointer", entry.key.pointer)
        writer.member("value", entry.key.value)
      }
      return "    " + writer.text
    }
    let list = lines.isEmpty ? "[]" : "[\n\(lines.joined(separator: ",\n"))\n  ]"
    return Array("{\n  \"format\": \"\(format)\",\n  \"findings\": \(list)\n}\n".utf8)
  }

  /// Entries of files that a run has not checked and that are still there.
  func kept(besides checked: Set<String>) -> [Entry] {
    places.filter { !checked.contains($0.key) && exists($0.key) }
      .flatMap { file, entries in entries.map { Entry(file: file, key: $0.key) } }
  }
}
