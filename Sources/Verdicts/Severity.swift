/// How bad a finding is.
package enum Severity: String, Comparable, Sendable, CaseIterable {
  /// Worth knowing when planning.
  case info
  /// Probably not intended, or deprecated.
  case warning
  /// The service refuses it, or its documentation forbids it.
  case error

  package static func < (left: Severity, right: Severity) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }
}
