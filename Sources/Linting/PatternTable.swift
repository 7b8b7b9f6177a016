internal import Patterns

/// Patterns of models, each compiled once.
struct PatternTable {
  /// `nil` for one that does not compile.
  private var compiled: [String: Pattern?] = [:]

  mutating func pattern(_ source: String) -> Pattern? {
    if let known = compiled[source] { return known }
    let pattern = try? Pattern(source, dialect: .java)
    compiled[source] = .some(pattern)
    return pattern
  }
}
