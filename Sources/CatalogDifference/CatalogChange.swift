/// One fact that differs between two catalogs.
package struct CatalogChange: Equatable, Sendable {
  /// What the fact describes.
  package enum Subject: Equatable, Sendable {
    /// By its id, such as `aws-cn`.
    case partition(String)
    case service
    case operation(String)
    case shape(String)
    case member(String, of: String)
  }

  /// How the fact changed.
  package enum Kind: String, Sendable {
    case added, removed, changed
    case valuesAdded = "values-added"
    case valuesRemoved = "values-removed"
    /// The same values in another order, or repeated.
    case reordered
  }

  /// `nil` for a partition.
  package let service: String?
  package let subject: Subject
  /// botocore's key for the fact, with those of the enclosing objects, such as `pattern` or `http.method`.
  ///
  /// `nil` if the subject itself was added or removed.
  package let key: String?
  package let kind: Kind
  /// JSON; for a list of values, the values that were removed.
  package let old: String?
  /// JSON; for a list of values, the values that were added.
  package let new: String?
  /// Whether the change may invalidate a request that was valid before.
  package let isBreaking: Bool
  /// Affected operations, sorted; all of them if the fact is about the whole service and nothing else is said.
  package internal(set) var operations: [String] = []
  /// The shortest path from one of these operations to the shape or member.
  ///
  /// It consists of the operation and names of members, with `[]` for the items of a list, `{}` for the values of a map
  /// and `{key}` for its keys.
  package internal(set) var path: String?

  init(
    _ service: String?, _ subject: Subject, key: String? = nil, _ kind: Kind, old: String? = nil,
    new: String? = nil, isBreaking: Bool = false, operations: [String] = [], path: String? = nil
  ) {
    self.service = service
    self.subject = subject
    self.key = key
    self.kind = kind
    self.old = old
    self.new = new
    self.isBreaking = isBreaking
    self.operations = operations
    self.path = path
  }
}
