internal import Linting
internal import Verdicts

extension PlannedRequest {
  /// Gives the request its own verdict, before conflicts with other requests are known.
  ///
  /// - Parameter lintSeverity: the worst severity that linting found, including findings that are not listed.
  mutating func setOwnVerdict(lintSeverity: Severity) {
    self.assemblyFacts.severity = max(lintSeverity, self.findings.map(\.severity).max() ?? .info)
    verdict = verdict(atLeast: .info)
  }

  /// The verdict from findings, preconditions and risk.
  ///
  /// - Parameter worst: the worst severity of the request's conflicts; `.info` if it has none.
  func verdict(atLeast worst: Severity) -> Verdict {
    let facts = self.assemblyFacts
    var severity = max(worst, facts.severity)
    var isUnknown = false
    for (place, condition) in self.preconditions.enumerated() {
      if condition.state == .unmet { severity = max(severity, condition.severity) }
      if condition.state == .unknown, !facts.dispensable.contains(place) { isUnknown = true }
    }
    switch severity {
    case .error: return .blocked
    case .warning: return .review
    case .info:
      let isOpen =
        self.risk.level == .high || facts.isDynamic || (facts.isDisruptive && isUnknown)
      return isOpen ? .review : .ready
    }
  }
}
