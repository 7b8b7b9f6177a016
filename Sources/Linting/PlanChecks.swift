public import Verdicts

extension BuiltInCheck {
  public static let nonFiniteNumber = BuiltInCheck(
    "non-finite-number", "Number that is infinite or not a number", severity: .warning,
    why: "JSON has no such numbers, so no command can carry the request. A plan asks for a review.")
  public static let unsafeCommandValue = BuiltInCheck(
    "unsafe-command-value", "Value that the AWS CLI would not take as text", severity: .warning,
    traits: .ofPlan,
    why:
      "On a command line the AWS CLI loads addresses such as file:// and http://, and takes a leading hyphen for an option. No follow-up command is printed. Found while planning."
  )
  public static let eventStream = BuiltInCheck(
    "event-stream", "Request with a stream of events", severity: .info, traits: .ofPlan,
    why:
      "What is sent while the call runs is in no file, so what goes over the wire cannot be shown. Found while planning."
  )
}
