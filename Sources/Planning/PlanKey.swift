internal import Syntax

/// Members of a plan file, shared by its writer and its reader.
///
/// - Shape: those of findings are Linting's.
/// - Source: README, `reqlint-plan/1`.
enum PlanKey: String {
  // The plan
  case format, digest, now, catalog, inputs, requests, order, conflicts, gaps, findings, summary, seal

  // Inputs
  case paths, operation, region, account
  case usesFIPS = "useFIPSEndpoint"
  case usesDualStack = "useDualStackEndpoint"
  case endpointURL
  case configuration = "config"

  // A request
  case id, file, line, service, carrier, verdict, parameters, dynamic, readings, inferred, http, command
  case commandNote, effect
  case schedule, risk, preconditions, followUp, suppressed, notEvaluated

  // What goes over the wire
  case method, url, headers, body, bodyEncoding, notes

  // Facts of a request or of several
  case pointer, reading, value, because, source, earliest, latest, note, level, reasons, statement, state
  case evidence, severity, rule, message
}

extension JSONWriter {
  mutating func key(_ key: PlanKey) { self.key(key.rawValue) }
  mutating func member(_ key: PlanKey, _ text: String?) { member(key.rawValue, text) }
  mutating func member(_ key: PlanKey, _ number: Int) { member(key.rawValue, number) }
  mutating func member(_ key: PlanKey, _ flag: Bool) { member(key.rawValue, flag) }
}

extension Document {
  func value(of key: PlanKey, in mapping: NodeID) -> NodeID? { value(of: key.rawValue, in: mapping) }
}
