internal import Models
internal import Syntax

/// The snapshots of a run, and cached results about them; belongs to one worker.
///
/// - Shape: there may be many requests and many resources, so each request reads only the resources that it names, and
///   results that depend on no request are computed once.
package final class SavedState {
  /// A resource of one of the snapshots.
  struct Resource: Hashable {
    let snapshot: Int
    let item: NodeID
  }

  /// Where a request goes and its operation: all that an assertion reads of a request apart from its parameters.
  struct Target: Hashable {
    let operation: OperationID
    let region: String?
    let account: String?
  }

  /// The result of an assertion for one resource.
  enum Outcome {
    /// Facts, as texts.
    case met([String])
    case unmet([String])
    case unknown(String)
    case undecided(Undecided)
  }

  /// The result of a constraint for a list.
  enum ListOutcome {
    /// No entry blocks the request; the first of the request's resources in the list, with its facts.
    case met((Resource, [String])?)
    case unmet(Resource, [String], isAssumed: Bool)
    /// The first resource that cannot be judged.
    case unknown(Resource, Outcome)
  }

  /// The number of resources that satisfy an assertion, and why it may be higher.
  struct Tally {
    var count = 0
    var doubt: String?
    var undecided: Undecided?
  }

  /// The inputs that determine the outcome of a list.
  struct ListKey: Hashable {
    let constraint: ObjectIdentifier
    let target: Target
    let snapshot: Int
    let names: ResourceNames
    let isSure: Bool
  }

  /// The inputs that determine a tally.
  struct TallyKey: Hashable {
    let schema: ObjectIdentifier
    let target: Target
  }

  private struct IndexKey: Hashable {
    let kind: SnapshotKind
    let fields: [JSONPointer]
  }

  private struct ItemsKey: Hashable {
    let snapshot: Int
    let fields: [JSONPointer]
  }

  private struct PlaceKey: Hashable {
    let kind: SnapshotKind
    let region: String?
    let account: String?
  }

  let snapshots: [Snapshot]
  /// Indices of the snapshots of each kind.
  private let places: [SnapshotKind: [Int]]
  /// Indices of the snapshots filed under a name.
  private let filed: [String: [Int]]
  private var resources: [IndexKey: [[String?]: [Resource]]] = [:]
  private var unreadable: [ItemsKey: JSONPointer?] = [:]
  private var files: [SnapshotKind: String] = [:]
  private var here: [PlaceKey: [Int]] = [:]
  var outcomes: [ListKey: ListOutcome] = [:]
  var tallies: [TallyKey: Tally] = [:]

  package init(_ snapshots: [Snapshot]) {
    self.snapshots = snapshots
    places = Dictionary(grouping: snapshots.indices) { snapshots[$0].kind }
    var filed: [String: [Int]] = [:]
    for index in snapshots.indices {
      for label in Set(snapshots[index].labels) { filed[String(label), default: []].append(index) }
    }
    self.filed = filed
  }

  /// Indices of the snapshots of a kind.
  func all(of kind: SnapshotKind) -> [Int] {
    // Most plans have no snapshots.
    snapshots.isEmpty ? [] : places[kind, default: []]
  }

  /// The names of the snapshots of a kind; only the first ones if there are many.
  func files(of kind: SnapshotKind) -> String {
    if let known = files[kind] { return known }
    let text = files(all(of: kind))
    files[kind] = text
    return text
  }

  /// The names of some snapshots; only the first ones if there are many.
  func files(_ places: some Sequence<Int>) -> String {
    let names = Set(places.map { snapshots[$0].file }).sorted()
    return names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
  }

  /// Indices of the snapshots of a kind that are filed under a name.
  func filed(under name: String, of kind: SnapshotKind) -> [Int] {
    filed[name, default: []].filter { snapshots[$0].kind == kind }
  }

  /// Indices of the snapshots of a kind that are not known to be entirely of another region or account.
  func all(of kind: SnapshotKind, region: String?, account: String?) -> [Int] {
    let key = PlaceKey(kind: kind, region: region, account: account)
    if let known = here[key] { return known }
    let found = all(of: kind).filter { index in
      let snapshot = snapshots[index]
      return snapshot.items.isEmpty
        ? snapshot.isFiledFor(region: region, account: account)
        : snapshot.items.contains { snapshot.isIn(region: region, account: account, $0) }
    }
    here[key] = found
    return found
  }

  /// The resources of a kind, in snapshot order.
  func resources(of kind: SnapshotKind) -> [Resource] { resources(of: kind, by: [], []) }

  /// The resources of a kind whose fields have given values; `nil` means no value.
  func resources(of kind: SnapshotKind, by fields: [JSONPointer], _ values: [String?]) -> [Resource] {
    let key = IndexKey(kind: kind, fields: fields)
    if let index = resources[key] { return index[values, default: []] }
    var index: [[String?]: [Resource]] = [:]
    for place in all(of: kind) {
      let document = snapshots[place].document
      for item in snapshots[place].items {
        let values = fields.map { field in
          document.follow(field, from: item).value.flatMap { document.scalarText(at: $0) }
        }
        index[values, default: []].append(Resource(snapshot: place, item: item))
      }
    }
    resources[key] = index
    return index[values, default: []]
  }

  /// The first entry of a list that may be any resource, since one of its names is missing or not text.
  func unreadable(in place: Int, fields: [JSONPointer]) -> JSONPointer? {
    let key = ItemsKey(snapshot: place, fields: fields)
    if let known = unreadable[key] { return known }
    let snapshot = snapshots[place]
    let document = snapshot.document
    func isText(_ node: NodeID?, orAbsent: Bool) -> Bool {
      guard let node, document.jsonTypes(of: node) != .null else { return orAbsent }
      return document.jsonTypes(of: node) == .string
    }
    let item = snapshot.items.first { item in
      guard isText(document.value(of: snapshot.kind.nameKey, in: item), orAbsent: false) else { return true }
      return !fields.allSatisfy { isText(document.follow($0, from: item).value, orAbsent: true) }
    }
    let pointer = item.map { snapshot.pointer(of: $0) }
    unreadable[key] = .some(pointer)
    return pointer
  }
}

extension Document {
  /// The text of a scalar other than null.
  func scalarText(at node: NodeID) -> String? {
    guard self[node].kind == .scalar, scalarType(of: node) != .null else { return nil }
    return string(of: node)
  }
}
