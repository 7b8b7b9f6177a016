public import Models
public import Syntax

/// Finds the requests of a document and the operation that each is for.
///
/// - Shape: the first that answers names the operation: the flag, the envelope, the directive, the configuration, the path.
public struct Binder: Sendable {
  /// Set by `--operation`, in the model's spelling.
  private let flag: OperationID?
  private let defaults: Defaults

  /// What the run says of requests that do not say it themselves.
  struct Defaults {
    let region: String?
    let account: String?
  }

  /// - Parameters:
  ///   - operation: of every request, before all that files say.
  ///   - region, account: of requests that declare none.
  public init(operation: OperationID? = nil, region: String? = nil, account: String? = nil) {
    flag = operation
    defaults = Defaults(region: region, account: account)
  }

  /// The keys of envelopes and batches, which hold requests.
  public static let frameKeys: Set<String> = ["defaults", "operation", "parameters", "requests", "service"]

  var hasFlag: Bool { flag != nil }
  /// What `--operation` names.
  public var flaggedOperation: OperationID? { flag }

  /// - Parameters:
  ///   - path: parts of the file's path; empty for standard input.
  ///   - configured: the operation that the configuration binds the file to.
  ///   - suggestsOperations: whether an unbound request is told the operations that its keys fit, which takes a
  ///     look at every operation of the catalog.
  ///   - findsHints: whether searches for hints are made; otherwise they are left to the caller.
  public func bind(
    _ document: Document, path: PathParts, configured: OperationID? = nil, suggestsOperations: Bool = true,
    findsHints: Bool = true, models: LoadedModels
  ) -> Binding {
    var run = BindingRun(
      document: document, flag: flag, defaults: defaults, path: path, configured: configured)
    run.readDirective(models: models)
    let directiveIssues = run.binding.issues.indices
    run.bind(suggestsOperations: suggestsOperations, models: models)
    // The directive of a document with one request is that request's own.
    if run.binding.requests.count == 1 {
      for index in directiveIssues { run.binding.issues[index].request = 0 }
    }
    guard findsHints else { return run.binding }
    for (index, issue) in run.binding.issues.enumerated() {
      if let search = issue.search { run.binding.issues[index].hint = models.hint(for: search) }
    }
    return run.binding
  }
}
