package import Models
package import Syntax

/// Finds the requests of a document and the operation of each.
///
/// - Shape: the operation comes from the first of these that names one: the flag, the carrier, the directive, the
///   configuration, the path.
///
/// A class, since everything that looks at a file refers to it.
package final class Binder: Sendable {
  /// Set by `--operation`, in the model's spelling.
  private let flag: OperationID?
  private let defaults: Defaults
  let carriers: [any Carrier]
  private let limits: Limits

  /// The run's defaults for requests that do not declare these themselves.
  struct Defaults {
    let region: String?
    let account: String?
  }

  /// - Parameters:
  ///   - operation: for every request, whatever the files say.
  ///   - region, account: for requests that declare none.
  ///   - carriers: the supported ways to write requests.
  ///   - limits: for documents that carriers build themselves.
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
  /// The operation that `--operation` names.
  package var flaggedOperation: OperationID? { flag }

  /// - Parameters:
  ///   - path: parts of the file's path; empty for standard input.
  ///   - configured: the operation that the configuration binds the file to.
  ///   - suggestsOperations: whether to suggest operations that fit the keys of an unbound request, which searches
  ///     every operation of the catalog.
  ///   - findsHints: whether to search for hints; otherwise the caller does.
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
