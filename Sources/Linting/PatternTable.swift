internal import Patterns

/// The models' patterns, each compiled once.
///
/// Not Sendable: one worker owns one.
final class PatternTable {
  private var compiled: [String: Result<Pattern, Pattern.Fault>] = [:]

  func pattern(_ source: String) throws(Pattern.Fault) -> Pattern {
    if let known = compiled[source] { return try known.get() }
    let result: Result<Pattern, Pattern.Fault>
    do throws(Pattern.Fault) {
      result = .success(try Pattern(source, dialect: .java))
    } catch {
      result = .failure(error)
    }
    compiled[source] = result
    return try result.get()
  }
}
