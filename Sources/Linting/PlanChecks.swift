package import Verdicts

extension BuiltInCheck {
  package static let nonFiniteNumber = BuiltInCheck(
    "non-finite-number", "Number that is infinite or not a number", severity: .warning,
    why: "JSON has no such numbers, so no command can carry the request. A plan asks for a review.")
  package static let unsafeCommandValue = BuiltInCheck(
    "unsafe-command-value", "Value that the AWS CLI would not take as text", severity: .warning,
    traits: .ofPlan,
    why:
      "On a command line the AWS CLI loads addresses such as file:// and http://, and takes a leading hyphen for an option. No follow-up command is printed. Found while planning."
  )
  package static let eventStream = BuiltInCheck(
    "event-stream", "Request with a stream of events", severity: .info, traits: .ofPlan,
    why:
      "What is sent while the call runs is in no file, so what goes over the wire cannot be shown. Found while planning."
  )
  package static let staleSnapshot = BuiltInCheck(
    "stale-snapshot", "Snapshot that is too old to rely on", severity: .warning, traits: .ofPlan,
    why:
      "What it shows may have changed since it was saved, so a plan that used it asks for a review. The limit is 60 minutes, or that of --state-max-age. Shown among the preconditions of a request."
  )
  package static let circularOrder = BuiltInCheck(
    "circular-order", "Requests that wait for each other in a circle", traits: .ofPlan,
    why:
      "Rules about batches ask for an order, and no order satisfies them all. The plan blocks the requests, whatever a configuration says. Shown among the conflicts of a plan."
  )
}
