/// One fact in which two catalogs differ.
package struct CatalogChange: Equatable, Sendable {
  /// What the fact is about.
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
  /// The key that botocore has for the fact, with those of the objects around it, such as `pattern` or `http.method`;
  /// `nil` where the subject itself was added or removed.
  package let key: String?
  package let kind: Kind
  /// JSON; what was removed of a list of values.
  package let old: String?
  /// JSON; what was added to a list of values.
  package let new: String?
  /// Whether a request that was right before can be wrong for it.
  package let isBreaking: Bool
  /// Operations that are touched, sorted; all where it is about the whole service and not said otherwise.
  package internal(set) var operations: [String] = []
  /// Where one of these operations meets the shape or member, by the shortest way: the operation and names of members,
  /// with `[]` for the items of a list, `{}` for the values of a map and `{key}` for its keys.
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
