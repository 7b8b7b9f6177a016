internal import Models
internal import Syntax

/// The snapshots of a run, and what was found out about them; belongs to one worker.
///
/// - Shape: both requests and resources may be many, so a request looks at the resources that it names only, and what
///   depends on no request is found out once.
package final class SavedState {
  /// A resource of one of the snapshots.
  struct Resource: Hashable {
    let snapshot: Int
    let item: NodeID
  }

  /// Where a request goes and what it is for: all that an assertion sees of it that does not read its parameters.
  struct Target: Hashable {
    let operation: OperationID
    let region: String?
    let account: String?
  }

  /// What one resource comes to under an assertion.
  enum Outcome {
    /// Facts as texts.
    case met([String])
    case unmet([String])
    case unknown(String)
    case undecided(Undecided)
  }

  /// What a list comes to under a constraint.
  enum ListOutcome {
    /// Nothing in it is in the way; the first of the request's resources in it, with its facts.
    case met((Resource, [String])?)
    case unmet(Resource, [String], isAssumed: Bool)
    /// The first resource that cannot be judged.
    case unknown(Resource, Outcome)
  }

  /// Number of resources for which an assertion holds, and why it may be more.
  struct Tally {
    var count = 0
    var doubt: String?
    var undecided: Undecided?
  }

  /// What the outcome of a list depends on.
  struct ListKey: Hashable {
    let constraint: ObjectIdentifier
    let target: Target
    let snapshot: Int
    let names: ResourceNames
    let isSure: Bool
  }

  /// What a tally depends on.
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
  /// The places of the snapshots of each kind.
  private let places: [SnapshotKind: [Int]]
  /// The places of the snapshots that are filed under a name.
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

  /// The places of the snapshots of a kind.
  func all(of kind: SnapshotKind) -> [Int] {
    // Most plans are made without any.
    snapshots.isEmpty ? [] : places[kind, default: []]
  }

  /// The names of the snapshots of a kind, the first ones of many.
  func files(of kind: SnapshotKind) -> String {
    if let known = files[kind] { return known }
    let text = files(all(of: kind))
    files[kind] = text
    return text
  }

  /// The names of some snapshots, the first ones of many.
  func files(_ places: some Sequence<Int>) -> String {
    let names = Set(places.map { snapshots[$0].file }).sorted()
    return names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
  }

  /// The places of the snapshots of a kind that are filed under a name.
  func filed(under name: String, of kind: SnapshotKind) -> [Int] {
    filed[name, default: []].filter { snapshots[$0].kind == kind }
  }

  /// The places of the snapshots of a kind of which nothing says that all are of another region or account.
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

  /// The resources of a kind in the order of the snapshots.
  func resources(of kind: SnapshotKind) -> [Resource] { resources(of: kind, by: [], []) }

  /// The resources of a kind whose fields have certain values; `nil` stands for none.
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

  /// The first entry of a list that could be anything's, since a name of it is missing or no text.
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
  /// The text of a value that is neither a collection nor null.
  func scalarText(at node: NodeID) -> String? {
    guard self[node].kind == .scalar, scalarType(of: node) != .null else { return nil }
    return string(of: node)
  }
}
