package import Syntax

/// Something that takes any bytes, and what must hold of what it makes of them.
package protocol FuzzTarget {
  /// Ends the process where something does not hold.
  mutating func run(_ bytes: [UInt8])
}

/// Ends the process, which libFuzzer takes for a find; `precondition` would say nothing in a release build.
package func require(_ holds: Bool, _ about: @autoclosure () -> String) {
  if !holds { fatalError(about()) }
}

/// The day on which everything is judged.
package let today = Instant(milliseconds: 1_795_176_000_000)

/// Limits that keep what aliases multiply out small enough to be written again.
package let tightLimits: Limits = {
  var limits = Limits()
  limits.aliasedNodes = 2000
  return limits
}()

/// A JSON text that must be one.
package func parsed(json bytes: [UInt8], _ about: @autoclosure () -> String) -> Document {
  var limits = Limits()
  limits.nesting = 10_000
  switch readJSON(SourceText(bytes), limits: limits) {
  case .document(let document): return document
  case .issue(let issue): fatalError("\(about()): \(issue.message) at \(issue.span) of \(show(bytes))")
  }
}

/// Bytes as a person reads them.
package func show(_ bytes: some Sequence<UInt8>) -> String {
  String(decoding: Array(bytes), as: UTF8.self).debugDescription
}
