package import Models
internal import Syntax

/// The changes between a catalog and a folder of models.
package struct CatalogDifference: Sendable {
  /// The origin of the facts on each side.
  package let oldSource: String
  package let newSource: String
  /// Services in either catalog that were selected and could be compared.
  package let comparedCount: Int
  /// Services whose models could not be used.
  package let uncomparedCount: Int
  /// By service, partitions first.
  package let changes: [CatalogChange]
  /// Faults of models that could not be compared.
  package let faults: [Fault]

  /// A model that could not be compared.
  package struct Fault: Equatable, Sendable {
    /// The faulty file; the service's name if it is compiled in.
    package let path: String
    /// One line without a full stop, to follow the path.
    package let problem: String

    init(_ fault: ModelFault) {
      path = fault.path
      problem = fault.problem.description
    }
  }

  /// Changes that may invalidate a request.
  package var breakingCount: Int { changes.count { $0.isBreaking } }

  /// - Parameters:
  ///   - imports: if it is not whole, only its own services are compared, and only by the facts that it has.
  ///   - services: the services to compare; `nil` for everything.
  ///   - workers: how many threads to use.
  package init(
    from old: Catalog, to imports: CatalogImport, source: String, services: [String]? = nil, workers: Int = 1
  ) {
    oldSource = old.source
    newSource = source
    let names = services ?? Self.names(old, imports)
    let outcomes = Concurrency.map(names.count, workers: max(1, min(workers, names.count))) {
      { index in
        Result { () throws(ModelFault) in try Self.changes(of: names[index], from: old, to: imports) }
      }
    }
    var changes: [CatalogChange] = []
    var faults: [Fault] = []
    if services == nil, imports.isWhole {
      do throws(ModelFault) {
        changes = try Self.partitionChanges(from: old, to: imports)
      } catch { faults.append(Fault(error)) }
    }
    var comparedCount = 0
    for outcome in outcomes {
      switch outcome {
      case .success(let found):
        comparedCount += 1
        changes += found
      case .failure(let fault): faults.append(Fault(fault))
      }
    }
    self.comparedCount = comparedCount
    uncomparedCount = names.count - comparedCount
    self.changes = changes
    self.faults = faults
  }

  private static func names(_ old: Catalog, _ imports: CatalogImport) -> [String] {
    imports.isWhole ? Set(imports.serviceNames + old.serviceNames).sorted() : imports.serviceNames
  }

  // MARK: Services

  private static func changes(
    of name: String, from old: Catalog, to imports: CatalogImport
  ) throws(ModelFault) -> [CatalogChange] {
    guard let after = try imports.service(name)?.json else {
      let model = try old.service(name)
      return [
        CatalogChange(name, .service, .removed, isBreaking: true, operations: model?.operationNames ?? [])
      ]
    }
    // An older version of a model is compared with the version in the catalog.
    let known = old.hasService(name) ? name : String(name.prefix { $0 != "@" })
    guard old.hasService(known), let before = try old.modelJSON(of: known) else {
      let model = try ServiceModel(name: name, json: SourceText(after))
      return [CatalogChange(name, .service, .added, operations: model.operationNames)]
    }
    var found: [CatalogChange] = []
    if before != after {
      var comparison = ServiceComparison(
        name, old: try ServiceModel(name: known, json: SourceText(before)),
        new: try ServiceModel(name: name, json: SourceText(after)))
      found = comparison.run(knowsRegions: imports.knowsRegions)
      if found.isEmpty, imports.knowsRegions {
        // The same facts, written differently.
        found = [CatalogChange(name, .service, key: "text", .changed)]
      }
    }
    found += try ruleChanges(of: name, known, from: old, to: imports)
    return found.filter { $0.subject == .service } + found.filter { $0.subject != .service }
  }

  private static func ruleChanges(
    of name: String, _ known: String, from old: Catalog, to imports: CatalogImport
  ) throws(ModelFault) -> [CatalogChange] {
    let before = try old.endpointRules(of: known)?.bytes
    let after = try imports.endpointRules(of: name)
    guard before != after, after != nil || imports.isWhole else { return [] }
    let kind: CatalogChange.Kind = before == nil ? .added : after == nil ? .removed : .changed
    return [CatalogChange(name, .service, key: "endpoint-rules", kind)]
  }

  // MARK: Partitions

  private static func partitionChanges(
    from old: Catalog, to imports: CatalogImport
  ) throws(ModelFault) -> [CatalogChange] {
    let tables = (try old.partitionTable()?.bytes, try imports.partitionTable())
    guard let before = tables.0, let after = tables.1, before != after else { return [] }
    let (oldTable, newTable) = (try PartitionTable(before), try PartitionTable(after))
    let facts = FactComparison(service: nil, old: oldTable.document, new: newTable.document)
    var found: [CatalogChange] = []
    for (id, partition) in oldTable.partitions {
      guard let other = newTable.partitions.first(where: { $0.id == id }) else {
        found.append(CatalogChange(nil, .partition(id), .removed, isBreaking: true))
        continue
      }
      found += facts.valueList("regions", partition, other.node, of: .partition(id))
      found += facts.plain(partition, other.node, of: .partition(id), besides: ["regions"])
    }
    for (id, _) in newTable.partitions where !oldTable.partitions.contains(where: { $0.id == id }) {
      found.append(CatalogChange(nil, .partition(id), .added))
    }
    // The same facts, written differently.
    return found.isEmpty ? [CatalogChange(nil, .partition("*"), key: "text", .changed)] : found
  }

  private struct PartitionTable {
    let document: Document
    let partitions: [(id: String, node: NodeID)]

    init(_ json: [UInt8]) throws(ModelFault) {
      switch readJSON(SourceText(json), limits: Limits()) {
      case .issue(let issue): throw ModelFault(path: "partitions.json", .syntax(issue))
      case .document(let document):
        self.document = document
        let list = document.value(of: "partitions", in: document.root)
        partitions = (list.map { Array(document.items(of: $0)) } ?? []).map { partition in
          (document.value(of: "id", in: partition).map { document.string(of: $0) } ?? "", partition)
        }
      }
    }
  }
}
