internal import Rules
internal import Verdicts

/// What putting a plan together needs to know about a request, beyond what reports show.
struct AssemblyFacts: Sendable {
  /// The worst severity that linting or planning found, including findings that are not listed.
  var severity = Severity.info
  var batch: [BatchEntry] = []
  var isDisruptive = false
  /// Whether a parameter, the region or the account is known only at run time.
  var isDynamic = false
  /// Preconditions, by index, judged by a snapshot that does not name its resource, and the resource assumed for it.
  var assumptions: [(precondition: Int, of: String)] = []
  /// Preconditions, by index, that may stay unknown.
  var dispensable: Set<Int> = []
  /// How many snapshot entries a batch rule counts in addition to the request, by the rule's index.
  var existing: [Int: Int] = [:]
}
