/// Which patterns of configurations fit a file of the run.
struct PatternUse {
  private var bindings: [[Bool]]
  private var suppressions: [[Bool]]
  /// Files by their paths from the folder, where a pattern names just one.
  private var literal: [Set<String>]

  init(_ configurations: [Configuration]) {
    bindings = configurations.map { $0.bindings.map { _ in false } }
    suppressions = configurations.map { $0.suppress.map { _ in false } }
    literal = configurations.map { _ in [] }
  }

  /// Takes in a file.
  ///
  /// - Parameter path: relative to the configuration's folder.
  mutating func note(_ path: String, in number: Int, _ configuration: Configuration) {
    for (index, binding) in configuration.bindings.enumerated() where !bindings[number][index] {
      bindings[number][index] = binding.files.value.covers(path)
    }
    for (index, entry) in configuration.suppress.enumerated() {
      guard let entry else { continue }
      if !suppressions[number][index] { suppressions[number][index] = entry.files.value.covers(path) }
      if entry.files.value.isLiteral, entry.files.value.literalParts.joined(separator: "/") == path {
        literal[number].insert(path)
      }
    }
  }

  func fitsAny(binding index: Int, of number: Int) -> Bool { bindings[number][index] }
  func fitsAny(suppression index: Int, of number: Int) -> Bool { suppressions[number][index] }

  /// Whether the run has checked the one file that a pattern names.
  func hasChecked(_ glob: Glob, of number: Int) -> Bool {
    glob.isLiteral && literal[number].contains(glob.literalParts.joined(separator: "/"))
  }
}
