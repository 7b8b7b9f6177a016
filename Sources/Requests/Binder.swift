package import Models
package import Syntax

/// Finds the requests of a document and the operation that each is for.
///
/// - Shape: the first that answers names the operation: the flag, the carrier, the directive, the configuration, the
///   path.
///
/// One reference, since everything that looks at a file is handed it.
package final class Binder: Sendable {
  /// Set by `--operation`, in the model's spelling.
  private let flag: OperationID?
  private let defaults: Defaults
  let carriers: [any Carrier]
  private let limits: Limits

  /// What the run says of requests that do not say it themselves.
  struct Defaults {
    let region: String?
    let account: String?
  }

  /// - Parameters:
  ///   - operation: of every request, before all that files say.
  ///   - region, account: of requests that declare none.
  ///   - carriers: ways in which requests may be written down.
  ///   - limits: of documents that carriers build themselves.
  package init(
    operation: OperationID? = nil, region: String? = nil, account: String? = nil,
    carriers: [any Carrier] = Carriers.all, limits: Limits = Limits()
  ) {
    flag = operation
    self.limits = limits
    self.carriers = carriers
    defaults = Defaults(region: region, account: account)
  }

  var hasFlag: Bool { flag != nil }
  /// What `--operation` names.
  package var flaggedOperation: OperationID? { flag }

  /// - Parameters:
  ///   - path: parts of the file's path; empty for standard input.
  ///   - configured: the operation that the configuration binds the file to.
  ///   - suggestsOperations: whether an unbound request is told the operations that its keys fit, which takes a
  ///     look at every operation of the catalog.
  ///   - findsHints: whether searches for hints are made; otherwise they are left to the caller.
  package func bind(
    _ document: Document, path: PathParts, configured: OperationID? = nil, suggestsOperations: Bool = true,
    findsHints: Bool = true, models: LoadedModels
  ) -> Binding {
    let collector = RequestCollector(
      document, flag: flag, configured: configured, path: path, models: models, defaults: defaults,
      limits: limits)
    BindingRun(carriers: carriers, collector: collector).run(suggestsOperations: suggestsOperations)
    var binding = collector.takeBinding()
    guard findsHints else { return binding }
    for (index, issue) in binding.issues.enumerated() {
      if let search = issue.search { binding.issues[index].hint = models.hint(for: search) }
    }
    return binding
  }
}
