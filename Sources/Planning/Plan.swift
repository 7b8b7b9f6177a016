public import Linting
public import Syntax
public import Verdicts
public import Wire

/// What every request of a run would do, for people to review and for `verify` and `diff` to compare.
///
/// - Shape: ids are unique; `order`, `conflicts` and `requests` name requests by them.
/// - Source: README, `reqlint-plan/1`.
public struct Plan: Sendable {
  /// Over the digests of all requests, in any order: `sha256:` and 64 hexadecimal digits.
  public let digest: String
  public let now: Instant
  public let catalogSource: String
  public let inputs: PlanInputs
  /// Sorted by file and place.
  public let requests: [PlannedRequest]
  /// Layers: a request waits for those of the layers before it that it depends on; ids in each sorted as `requests`.
  public let order: [[String]]
  public let conflicts: [Conflict]
  /// Findings outside any request, such as a file that does not parse, by file and place.
  public let findings: [LocatedFinding]
  /// Files that hold requests, with the SHA-256 of their bytes in hexadecimal, sorted by path.
  public let files: [PlannedFile]
  public let skippedFiles: Int
  /// Why not everything that was asked is in the plan, such as a file that cannot be read or a faulty rule.
  public let gaps: [String]

  public init(
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
  public func count(_ verdict: PlannedRequest.Verdict) -> Int {
    requests.count { $0.verdict == verdict }
  }
}

/// What a plan was made from, so that it can be made again.
public struct PlanInputs: Equatable, Sendable {
  /// As given; relative paths start at the working directory, and `-` is standard input.
  public var paths: [String]
  /// `SERVICE.OPERATION` for every request, where the run said so.
  public var operation: String?
  /// The defaults for requests that declare no region or no account.
  public var region: String?
  public var account: String?
  /// Endpoints other than the services' usual ones.
  public var endpoints = EndpointOptions()
  /// The file that took the place of every `.reqlint.yaml`.
  public var configuration: String?

  public init(paths: [String], operation: String? = nil, region: String? = nil, account: String? = nil) {
    self.paths = paths
    self.operation = operation
    self.region = region
    self.account = account
  }

  /// Variables of the environment that make the AWS CLI use the endpoints of the plan and no others.
  public var endpointVariables: [(name: String, value: String)] {
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
public struct PlannedFile: Equatable, Sendable {
  public let path: String
  /// SHA-256 of the bytes, hexadecimal.
  public let hash: String

  public init(path: String, hash: String) {
    self.path = path
    self.hash = hash
  }
}

/// One request of a plan; sensitive members are masked in everything but `secretParameters`.
///
/// - Shape: the verdict and one reference, since a plan moves its requests more than once.
@dynamicMemberLookup
public struct PlannedRequest: Sendable {
  /// Whether the request may be sent.
  public enum Verdict: String, CaseIterable, Sendable {
    case ready
    /// Somebody should look: a warning, or a disruptive call whose preconditions nobody has checked.
    case review
    /// An error, an unmet precondition or a conflict.
    case blocked
  }

  public var verdict: Verdict
  @usableFromInline var shared: Shared

  public init(
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

  @inlinable public subscript<Value>(dynamicMember path: WritableKeyPath<Content, Value>) -> Value {
    get { shared.content[keyPath: path] }
    _modify {
      if !isKnownUniquelyReferenced(&shared) { shared = Shared(shared.content) }
      yield &shared.content[keyPath: path]
    }
  }

  /// Everything about a request except its verdict.
  public struct Content: Sendable {
    public var id: String
    public var file: String
    public var line: Int
    /// `nil` where the file names none, or one that does not exist.
    public var service: String?
    public var operation: String?
    /// The name of the way in which the request is written down.
    public var carrier: String?
    public var region: String?
    public var account: String?
    /// `sha256:` and 64 hexadecimal digits.
    public var digest: String
    /// Compact JSON, UTF-8.
    public var parameters: [UInt8]
    /// Pointers (RFC 6901) to values in `parameters` that are known only at run time, in order; `parameters` has them
    /// as written.
    public var dynamic: [String] = []
    public var inferred: [InferredValue]
    /// `nil` where the operation is not known or the parameters do not fit it.
    public var http: PlannedHTTP?
    /// Words of a command line for the AWS CLI; empty where the operation is not known, or the CLI has none.
    public var command: [String]
    /// What to know of the command, or why there is none.
    public var commandNote: String?
    /// One sentence; empty where the operation is not known.
    public var effect: String
    public var schedule: Schedule
    public var risk: Risk
    public var preconditions: [Precondition]
    /// Command lines to run afterwards.
    public var followUp: [String]
    public var findings: [LocatedFinding]
    /// Suppressed findings; an error among them asks for a review.
    public var suppressed: [LocatedFinding] = []
    /// Constraints that no budget suffices to judge, such as a pattern that does not compile.
    public var notEvaluated: [LocatedNotEvaluated] = []
    /// Values that readers understand differently; what only some of them read otherwise changes no digest.
    public var readings: [ValueReading] = []
    /// Compact JSON of the parameters with nothing masked, for the script alone; `nil` where nothing is masked.
    public var secretParameters: [UInt8]?
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
public struct PlannedHTTP: Equatable, Sendable {
  /// The payload of a request.
  public enum Body: Equatable, Sendable {
    case text(String)
    /// Bytes that are not UTF-8, such as CBOR.
    case binary([UInt8])
  }

  public let method: String
  /// Contains `{region}` if no region is declared; `nil` if the endpoint is unknown.
  public let url: String?
  public let headers: [Header]
  public let body: Body
  /// What to know about the address or the body: special endpoint rules, a token filled in when it is sent.
  public let notes: [String]

  public struct Header: Equatable, Sendable {
    public let name: String
    public let value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  public init(method: String, url: String?, headers: [Header], body: Body, notes: [String] = []) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.notes = notes
  }
}

/// What must hold before the request is sent, judged by saved output of describe calls.
public struct Precondition: Equatable, Sendable {
  public enum State: String, CaseIterable, Sendable { case met, unmet, unknown }

  /// The rule's id.
  public let id: String
  public let statement: String
  public let state: State
  /// What the verdict rests on: the snapshot's file and field, or why there is none.
  public let evidence: String
  /// How bad it is where it is unmet.
  public let severity: Severity

  public init(id: String, statement: String, state: State, evidence: String, severity: Severity) {
    self.id = id
    self.statement = statement
    self.state = state
    self.evidence = evidence
    self.severity = severity
  }
}

/// Requests of one batch that do not go together.
public struct Conflict: Equatable, Sendable {
  /// Ids, sorted as the plan's requests.
  public let requests: [String]
  public let rule: String
  public let severity: Severity
  public let message: String

  public init(requests: [String], rule: String, severity: Severity, message: String) {
    self.requests = requests
    self.rule = rule
    self.severity = severity
    self.message = message
  }
}
