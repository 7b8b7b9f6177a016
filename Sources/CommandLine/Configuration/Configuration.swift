internal import Linting
internal import Rules
internal import Syntax
internal import SystemPackage
internal import Verdicts

/// What a `.reqlint.yaml` says.
struct Configuration: Sendable {
  /// The name by which a configuration is found.
  static let fileName = ".reqlint.yaml"

  /// A value with its place in the file.
  struct Placed<Value: Sendable>: Sendable {
    let value: Value
    let span: ByteSpan
    let position: Position
  }

  struct Level: Sendable {
    let rule: Placed<String>
    let level: Placed<RuleLevels.Level>
  }

  struct Limit: Sendable {
    let name: Limits.Name
    let value: Placed<Int>
  }

  struct Binding: Sendable {
    let files: Placed<Glob>
    let operation: Placed<String>
  }

  /// Not here, because.
  struct Exemption: Sendable {
    let rule: Placed<String>
    let files: Placed<Glob>
    let pointer: Placed<JSONPointer>?
    /// `nil` where it is blank, too.
    let reason: Placed<String>?
    /// `2027-01-31`.
    let until: Placed<String>?
  }

  /// What is wrong with the file.
  struct Fault: Error, Sendable {
    /// `nil` where the file cannot be read.
    let position: Position?
    let message: String
  }

  /// As reports name it.
  let shown: String
  /// The folder that its paths are relative to, absolute.
  let folder: FilePath
  let file: FilePath
  let text: SourceText
  var rules: [Placed<String>] = []
  var severity: [Level] = []
  var failLevel: Placed<Severity>?
  var bindings: [Binding] = []
  var exclude: [Placed<Glob>] = []
  var region: Placed<String>?
  var account: Placed<String>?
  /// `nil` for an entry that is faulty, so that the others keep their numbers.
  var suppress: [Exemption?] = []
  var requireReason: Placed<Bool>?
  /// Each at most once.
  var limits: [Limit] = []
  /// Names in bindings and suppressions that are faulty otherwise.
  var looseOperations: [Placed<String>] = []
  var looseRules: [Placed<String>] = []
  var faults: [Fault] = []

  init(file: FilePath, shown: String, folder: FilePath, text: SourceText) {
    self.file = file
    self.shown = shown
    self.folder = folder
    self.text = text
  }

  /// Every fault on a line, by place.
  var faultLines: [String] {
    let limit = Limits().findings
    let sorted = faults.sorted {
      ($0.position ?? Position(line: 0, column: 0), $0.message)
        < ($1.position ?? Position(line: 0, column: 0), $1.message)
    }
    let lines = sorted.prefix(limit).map { fault in
      fault.position.map { "\(place($0)): \(fault.message)" } ?? "\(shown): \(fault.message)"
    }
    return sorted.count > limit ? lines + ["\(shown): \(sorted.count - limit) more faults"] : lines
  }

  /// `FILE:LINE:COLUMN`.
  func place(_ position: Position) -> String { "\(shown):\(position.line):\(position.column)" }

  /// The severities that take the place of the rules' own.
  var levels: RuleLevels {
    RuleLevels(
      Dictionary(severity.map { ($0.rule.value, $0.level.value) }) { _, last in last })
  }

  /// A path relative to the folder; `nil` for one outside it.
  ///
  /// - Parameter path: absolute.
  func relative(_ path: FilePath) -> String? {
    var path = path
    if path.removePrefix(folder) { return path.string }
    // The folder may be reached by another way, as through a symbolic link.
    guard let name = path.lastComponent else { return nil }
    path = path.removingLastComponent().resolved.appending(name)
    return path.removePrefix(folder.resolved) ? path.string : nil
  }

  /// The patterns that keep a path out.
  ///
  /// - Shape: places in `exclude`.
  func exclusions(of path: FilePath, isFolder: Bool) -> [Int] {
    guard !exclude.isEmpty, let relative = relative(path), !relative.isEmpty else { return [] }
    return exclude.indices.filter { exclude[$0].value.covers(relative, isFolder: isFolder) }
  }
}
