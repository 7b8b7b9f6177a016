package import Syntax
internal import Verdicts

extension BuiltInCheck {
  static let unknownSuppression = BuiltInCheck(
    "unknown-suppression", "Suppression that cannot be understood", traits: .ofSuppression,
    why:
      "It names a rule that does not exist, or is not of the form `# reqlint-ignore: RULE -- reason until 2027-01-31`. Nothing is suppressed by it."
  )
  static let unusedSuppression = BuiltInCheck(
    "unused-suppression", "Suppression of what does not occur", severity: .warning, traits: .ofSuppression,
    why:
      "What it was for is repaired, or stands elsewhere. Left in place it would hide the next fault of its kind."
  )
  static let expiredSuppression = BuiltInCheck(
    "expired-suppression", "Suppression whose last day is over", severity: .warning, traits: .ofSuppression,
    why: "It was meant for a time, and what it hid is reported again.")
  static let suppressionWithoutReason = BuiltInCheck(
    "suppression-without-reason", "Suppression without a reason", severity: .warning, traits: .ofSuppression,
    why:
      "Nobody can tell later whether it still holds. Said of every suppression, unless `require-reason` is false."
  )
}

/// Why a finding does not count.
package struct Suppression: Hashable, Sendable {
  /// The origin of a suppression.
  package enum Origin: String, Sendable {
    /// A comment in the request file.
    case comment
    /// The configuration.
    case configuration
    /// A baseline, which lists earlier findings.
    case baseline
  }

  package let origin: Origin
  package internal(set) var reason: String?
  /// The last day on which it applies, `2027-01-31`.
  package let until: String?

  package init(origin: Origin, reason: String? = nil, until: String? = nil) {
    self.origin = origin
    self.reason = reason
    self.until = until
  }
}

/// The configuration's suppression of a rule in one file.
package struct ConfiguredSuppression: Sendable {
  /// Counts the suppressions of the configuration from 0.
  package let number: Int
  package let rule: String
  /// The required beginning of a finding's pointer; `nil` for any.
  package let pointer: JSONPointer?
  package let suppression: Suppression

  package init(number: Int, rule: String, pointer: JSONPointer?, suppression: Suppression) {
    self.number = number
    self.rule = rule
    self.pointer = pointer
    self.suppression = suppression
  }
}

/// A problem with a suppression itself.
package struct SuppressionRemark: Sendable {
  let check: BuiltInCheck
  let message: String
  let hint: String?
  let span: ByteSpan

  static func unknown(_ message: String, hint: String?, at span: ByteSpan) -> SuppressionRemark {
    SuppressionRemark(check: .unknownSuppression, message: message, hint: hint, span: span)
  }

  /// - Parameter span: of the suppression, in the file that contains it.
  package static func unused(_ message: String, hint: String, at span: ByteSpan) -> SuppressionRemark {
    SuppressionRemark(check: .unusedSuppression, message: message, hint: hint, span: span)
  }

  /// - Parameter span: of the date.
  package static func expired(_ until: String, at span: ByteSpan) -> SuppressionRemark {
    SuppressionRemark(
      check: .expiredSuppression, message: "suppression ended on \(until)",
      hint: "repair what it hid, or give it a new date", span: span)
  }

  /// - Parameters:
  ///   - hint: where to write the reason.
  ///   - span: of the suppression.
  package static func withoutReason(hint: String, at span: ByteSpan) -> SuppressionRemark {
    SuppressionRemark(
      check: .suppressionWithoutReason, message: "suppression gives no reason", hint: hint, span: span)
  }
}
