internal import Patterns
internal import Syntax

/// The partitions of AWS, each with its regions and the suffixes of its host names.
///
/// - Source: the catalog's table, from botocore's `partitions.json`.
struct PartitionTable: Sendable {
  private struct Partition: Sendable {
    let id: String
    let outputs: [String: RuleValue]
    let regions: Set<String>
    let otherRegions: [String: [String: RuleValue]]
    let pattern: String?

    /// Whether a region's name has the form of the partition's regions.
    func matches(_ region: String) -> Bool {
      // Compiled each time: results are cached, so this is rare, and a pattern cannot leave its worker.
      guard let pattern, let compiled = try? Pattern(pattern, dialect: .java) else { return false }
      return compiled.matchesWhole(Array(region.utf8)[...]) == .match
    }
  }

  private let partitions: [Partition]

  init(json: SourceText) throws(EndpointRulesFault) {
    let document: Document
    switch readJSON(json, limits: Limits(nesting: 128)) {
    case .issue(let issue): throw .syntax(issue)
    case .document(let parsed): document = parsed
    }
    guard let list = document.value(of: "partitions", in: document.root), document[list].kind == .sequence
    else {
      throw .malformed(pointer: "", expected: "an object with partitions")
    }
    var partitions: [Partition] = []
    for node in document.items(of: list) {
      let partition = Self.partition(node, of: document)
      if let pattern = partition.pattern, (try? Pattern(pattern, dialect: .java)) == nil {
        let pointer = document.pointer(document.path(to: node)).description + "/regionRegex"
        throw .malformed(pointer: pointer, expected: "a regular expression")
      }
      partitions.append(partition)
    }
    self.partitions = partitions
  }

  /// The result of `aws.partition` for a region, including `name` and `dnsSuffix`; `nil` if nothing matches.
  ///
  /// - Shape: the partition that lists the region, else the one whose pattern it matches, else `aws`.
  func outputs(for region: String) -> [String: RuleValue]? {
    for partition in partitions {
      if let own = partition.otherRegions[region] { return partition.outputs.merging(own) { $1 } }
      if partition.regions.contains(region) { return partition.outputs }
    }
    return (partitions.first { $0.matches(region) } ?? partitions.first { $0.id == "aws" })?.outputs
  }

  private static func partition(_ node: NodeID, of document: Document) -> Partition {
    func table(_ key: String) -> [Document.Entry] {
      document.value(of: key, in: node).map { Array(document.entries(of: $0)) } ?? []
    }
    let id = document.value(of: "id", in: node).map { document.string(of: $0) } ?? ""
    let regions = document.value(of: "regions", in: node).map { list in
      document.items(of: list).map { document.string(of: $0) }
    }
    let others = table("otherRegions").map { entry in
      (document.string(of: entry.key), outputs(Array(document.entries(of: entry.value)), of: document))
    }
    return Partition(
      id: id,
      outputs: outputs(table("outputs"), of: document).merging(["name": .string(id)]) { old, _ in old },
      regions: Set(regions ?? []), otherRegions: Dictionary(others) { $1 },
      pattern: document.value(of: "regionRegex", in: node).map { document.string(of: $0) })
  }

  private static func outputs(_ entries: [Document.Entry], of document: Document) -> [String: RuleValue] {
    let pairs = entries.compactMap { entry -> (String, RuleValue)? in
      let key = document.string(of: entry.key)
      switch document.scalarType(of: entry.value) {
      case .string: return (key, .string(document.string(of: entry.value)))
      case .boolean: return (key, .boolean(document.boolean(of: entry.value) ?? false))
      default: return nil
      }
    }
    return Dictionary(pairs) { $1 }
  }
}
