internal import ArgumentParser
internal import Syntax

/// Limits that the command line sets, before every configuration.
struct LimitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Another limit than the configuration's or the default; repeatable. NAME is one of \(Self.names).",
      valueName: "NAME=VALUE"))
  var limit: [String] = []

  private static var names: String { Limits.Name.allCases.map(\.rawValue).joined(separator: ", ") }

  func validate() throws { for text in limit { _ = try Self.parsed(text) } }

  /// The last value of each limit that is set.
  var values: [Limits.Name: Int] {
    Dictionary(limit.compactMap { try? Self.parsed($0) }) { _, last in last }
  }

  private static func parsed(_ text: String) throws -> (Limits.Name, Int) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let name = Limits.Name(rawValue: String(parts[0])) else {
      throw ValidationError("--limit \(quote(text)) is not NAME=VALUE with a name of \(names)")
    }
    guard let value = Int(parts[1]), name.range.contains(value) else {
      throw ValidationError(
        "--limit \(name.rawValue) must be \(name.expectation), not \(quote(String(parts[1])))")
    }
    return (name, value)
  }
}

extension Limits.Name {
  /// What a value must be, in words.
  var expectation: String { "a whole number from \(range.lowerBound) to \(range.upperBound)" }
}
