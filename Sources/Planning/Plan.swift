package import Linting
package import Syntax
package import Verdicts
package import Wire

/// What every request of a run would do, for people to review and for `verify` and `diff` to compare.
///
/// - Shape: ids are unique; `order`, `conflicts` and `requests` name requests by them.
/// - Source: README, `reqlint-plan/1`.
package struct Plan: Sendable {
  /// Over the digests of all requests, in any order: `sha256:` and 64 hexadecimal digits.
  package let digest: String
  package let now: Instant
  package let catalogSource: String
  package let inputs: PlanInputs
  /// Sorted by file and place.
  package let requests: [PlannedRequest]
  /// Layers: a request waits for those of the layers before it that it depends on; ids in each sorted as `requests`.
  package let order: [[String]]
  package let conflicts: [Conflict]
  /// Findings outside any request, such as a file that does not parse, by file and place.
  package let findings: [LocatedFinding]
  /// Files that hold requests, with the SHA-256 of their bytes in hexadecimal, sorted by path.
  package let files: [PlannedFile]
  package let skippedFiles: Int
  /// Why not everything that was asked is in the plan, such as a file that cannot be read or a faulty rule.
  package let gaps: [String]

  package init(
    digest: String, now: Instant, catalogSource: String, inputs: PlanInputs, requests: [PlannedRequest],
    order: [[String]], conflicts: [Conflict], findings: [LocatedFinding], files: [PlannedFile],
    skippedFiles: Int, gaps: [String] = []
  ) {
    self.digest = digest
    self.now = now
    self.catalogSource = catalogSource
    self.inputs = inputs
    self.requests = requests
    self.order = order
    self.conflicts = conflicts
    self.findings = findings
    self.files = files
    self.skippedFiles = skippedFiles
    self.gaps = gaps
  }

  /// Number of requests with a verdict.
  package func count(_ verdict: PlannedRequest.Verdict) -> Int {
    requests.count { $0.verdict == verdict }
  }
}

/// What a plan was made from, so that it can be made again.
package struct PlanInputs: Equatable, Sendable {
  /// As given; relative paths start at the working directory, and `-` is standard input.
  package var paths: [String]
  /// `SERVICE.OPERATION` for every request, where the run said so.
  package var operation: String?
  /// The defaults for requests that declare no region or no account.
  package var region: String?
  package var account: String?
  /// Endpoints other than the services' usual ones.
  package var endpoints = EndpointOptions()
  /// The file that took the place of every `.reqlint.yaml`.
  package var configuration: String?

  package init(paths: [String], operation: String? = nil, region: String? = nil, account: String? = nil) {
    self.paths = paths
    self.operation = operation
    self.region = region
    self.account = account
  }

  /// Variables of the environment that make the AWS CLI use the endpoints of the plan and no others.
  package var endpointVariables: [(name: String, value: String)] {
    [
      ("AWS_USE_FIPS_ENDPOINT", "\(endpoints.usesFIPS)"),
      ("AWS_USE_DUALSTACK_ENDPOINT", "\(endpoints.usesDualStack)"),
    ]
  }
}

/// Variables of the environment that make the AWS CLI use other endpoints than the services' usual ones.
///
/// - Source: the AWS SDKs' and tools' reference, shared settings.
func endpointVariables(usesFIPS: Bool, usesDualStack: Bool) -> [(name: String, value: String)] {
  (usesFIPS ? [("AWS_USE_FIPS_ENDPOINT", "true")] : [])
    + (usesDualStack ? [("AWS_USE_DUALSTACK_ENDPOINT", "true")] : [])
}

/// A file with requests in it.
package struct PlannedFile: Equatable, Sendable {
  package let path: String
  /// SHA-256 of the bytes, hexadecimal.
  package let hash: String

  package init(path: String, hash: String) {
    self.path = path
    self.hash = hash
  }
}

/// One request of a plan; sensitive members are masked in everything but `secretParameters`.
///
/// - Shape: the verdict and one reference, since a plan moves its requests more than once.
@dynamicMemberLookup
package struct PlannedRequest: Sendable {
  /// Whether the request may be sent.
  package enum Verdict: String, CaseIterable, Sendable {
    case ready
    /// Somebody should look: a warning, or a disruptive call whose preconditions nobody has checked.
    case review
    /// An error, an unmet precondition or a conflict.
    case blocked
  }

  package var verdict: Verdict
  @usableFromInline var shared: Shared

  package init(
    id: String, file: String, line: Int, service: String?, operation: String?, region: String? = nil,
    account: String? = nil, verdict: Verdict, digest: String, parameters: [UInt8],
    inferred: [InferredValue] = [], http: PlannedHTTP? = nil, command: [String] = [], effect: String = "",
    schedule: Schedule = Schedule(), risk: Risk = Risk(), preconditions: [Precondition] = [],
    followUp: [String] = [], findings: [LocatedFinding] = [], secretParameters: [UInt8]? = nil
  ) {
    self.verdict = verdict
    shared = Shared(
      Content(
        id: id, file: file, line: line, service: service, operation: operation, region: region,
        account: account, digest: digest,
        parameters: parameters, inferred: inferred, http: http, command: command, effect: effect,
        schedule: schedule, risk: risk, preconditions: preconditions, followUp: followUp, findings: findings,
        secretParameters: secretParameters))
  }

  @inlinable package subscript<Value>(dynamicMember path: WritableKeyPath<Content, Value>) -> Value {
    get { shared.content[keyPath: path] }
    _modify {
      if !isKnownUniquelyReferenced(&shared) { shared = Shared(shared.content) }
      yield &shared.content[keyPath: path]
    }
  }

  /// Everything about a request except its verdict.
  package struct Content: Sendable {
    package var id: String
    package var file: String
    package var line: Int
    /// `nil` where the file names none, or one that does not exist.
    package var service: String?
    package var operation: String?
    /// The name of the way in which the request is written down.
    package var carrier: String?
    package var region: String?
    package var account: String?
    /// `sha256:` and 64 hexadecimal digits.
    package var digest: String
    /// Compact JSON, UTF-8.
    package var parameters: [UInt8]
    /// Pointers (RFC 6901) to values in `parameters` that are known only at run time, in order; `parameters` has them
    /// as written.
    package var dynamic: [String] = []
    package var inferred: [InferredValue]
    /// `nil` where the operation is not known or the parameters do not fit it.
    package var http: PlannedHTTP?
    /// Words of a command line for the AWS CLI; empty where the operation is not known, or the CLI has none.
    package var command: [String]
    /// What to know of the command, or why there is none.
    package var commandNote: String?
    /// One sentence; empty where the operation is not known.
    package var effect: String
    package var schedule: Schedule
    package var risk: Risk
    package var preconditions: [Precondition]
    /// Command lines to run afterwards.
    package var followUp: [String]
    package var findings: [LocatedFinding]
    /// Suppressed findings; an error among them asks for a review.
    package var suppressed: [LocatedFinding] = []
    /// Constraints that no budget suffices to judge, such as a pattern that does not compile.
    package var notEvaluated: [LocatedNotEvaluated] = []
    /// Values that readers understand differently; what only some of them read otherwise changes no digest.
    package var readings: [ValueReading] = []
    /// Compact JSON of the parameters with nothing masked, for the script alone; `nil` where nothing is masked.
    package var secretParameters: [UInt8]?
    /// For assembling the plan; no report shows it.
    var assemblyFacts = AssemblyFacts()
  }

  /// Content that copies of a request have in common; never written while there is more than one.
  @usableFromInline
  final class Shared: @unchecked Sendable {
    @usableFromInline var content: Content

    @usableFromInline init(_ content: Content) { self.content = content }
  }
}

/// What goes over the wire, minus signing.
package struct PlannedHTTP: Equatable, Sendable {
  /// The payload of a request.
  package enum Body: Equatable, Sendable {
    case text(String)
    /// Bytes that are not UTF-8, such as CBOR.
    case binary([UInt8])
  }

  package let method: String
  /// Contains `{region}` if no region is declared; `nil` if the endpoint is unknown.
  package let url: String?
  package let headers: [Header]
  package let body: Body
  /// What to know about the address or the body: special endpoint rules, a token filled in when it is sent.
  package let notes: [String]

  package struct Header: Equatable, Sendable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(method: String, url: String?, headers: [Header], body: Body, notes: [String] = []) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.notes = notes
  }
}

/// What must hold before the request is sent, judged by saved output of describe calls.
package struct Precondition: Equatable, Sendable {
  package enum State: String, CaseIterable, Sendable { case met, unmet, unknown }

  /// The rule's id.
  package let id: String
  package let statement: String
  package let state: State
  /// What the verdict rests on: the snapshot's file and field, or why there is none.
  package let evidence: String
  /// How bad it is where it is unmet.
  package let severity: Severity

  package init(id: String, statement: String, state: State, evidence: String, severity: Severity) {
    self.id = id
    self.statement = statement
    self.state = state
    self.evidence = evidence
    self.severity = severity
  }
}

/// Requests of one batch that do not go together.
package struct Conflict: Equatable, Sendable {
  /// Ids, sorted as the plan's requests.
  package let requests: [String]
  package let rule: String
  package let severity: Severity
  package let message: String

  package init(requests: [String], rule: String, severity: Severity, message: String) {
    self.requests = requests
    self.rule = rule
    self.severity = severity
    self.message = message
  }
}
