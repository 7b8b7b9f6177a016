internal import Linting
package import Rules
internal import Syntax
internal import Verdicts

extension Plan {
  /// Assembles the files of a run: finds conflicts, orders the requests and adjusts their verdicts.
  ///
  /// - Parameters:
  ///   - files: in any order; they are sorted by path.
  ///   - rules: the packs of the run.
  ///   - gaps: why the plan is not complete, besides what the files' parts say.
  package init(
    of files: [PlanPart], skippedFiles: Int, options: PlanOptions, catalogSource: String, inputs: PlanInputs,
    rules: [RuleFile], gaps: [String] = []
  ) {
    let files = files.inByteOrder(of: \.path)
    let requests = files.flatMap(\.requests)
    let levels = options.lint.levels
    let (verdicts, (digest, survey)) = Concurrency.both {
      Batch.verdicts(on: requests, by: rules, levels)
    } _: {
      (Digest.ofPlan(requests.map { $0.digest }), Batch.Survey(of: requests))
    }
    var batch = Batch(consume requests, survey)
    batch.judge(by: verdicts)
    let (order, conflicts) = (batch.layers, batch.conflicts)
    self.init(
      digest: digest, now: options.lint.now, catalogSource: catalogSource, inputs: inputs,
      requests: batch.finish(), order: order, conflicts: conflicts, findings: files.flatMap(\.findings),
      files: files.filter { !$0.requests.isEmpty }.map { PlannedFile(path: $0.path, hash: $0.hash) },
      skippedFiles: skippedFiles, gaps: gaps + files.flatMap(\.gaps))
  }
}

/// The requests of all files, judged together.
private struct Batch {
  private var requests: [PlannedRequest]
  private(set) var conflicts: [Conflict] = []
  private(set) var layers: [[String]] = []
  /// Severity of the worst conflict that each request is part of.
  private var worst: [Int: Severity] = [:]
  private let survey: Survey

  init(_ requests: consuming [PlannedRequest], _ survey: Survey) {
    self.requests = requests
    self.survey = survey
  }

  /// Facts from a single pass over all requests.
  struct Survey {
    /// Ids that several requests share, sorted, with the requests' indices.
    fileprivate var sharedIDs: [(id: String, places: [Int])] = []
    /// Indices of requests judged by a snapshot that does not name its resource.
    fileprivate var assuming: [Int] = []

    init(of requests: [PlannedRequest]) {
      var known: Set<String> = []
      known.reserveCapacity(requests.count)
      var shared: [String: [Int]] = [:]
      for place in requests.indices {
        if !known.insert(requests[place].id).inserted { shared[requests[place].id] = [] }
        if !requests[place].assemblyFacts.assumptions.isEmpty { assuming.append(place) }
      }
      guard !shared.isEmpty else { return }
      for place in requests.indices { shared[requests[place].id]?.append(place) }
      sharedIDs = shared.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
  }

  /// The verdicts of the batch rules.
  static func verdicts(
    on requests: [PlannedRequest], by files: [RuleFile], _ levels: RuleLevels
  ) -> [BatchVerdict] {
    let book = RuleBook(files: files, levels: levels)
    let rules = book.batchRules()
    let places = Dictionary(rules.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
    return BatchRun.judge(requests.map { $0.assemblyFacts.batch }, rules: rules) { rule, first in
      places[rule.id].flatMap { requests[first].assemblyFacts.existing[$0] } ?? 0
    }
  }

  mutating func judge(by verdicts: [BatchVerdict]) {
    dropUnsafeAssumptions()
    for (id, places) in survey.sharedIDs { tellApart(places, sharing: id) }
    for verdict in verdicts {
      add(verdict.requests, verdict.rule, verdict.severity, verdict.message)
    }
    order(by: verdicts.map(\.steps).filter { !$0.isEmpty })
  }

  /// A snapshot that does not name its resource counts only if the batch has a single candidate for it.
  private mutating func dropUnsafeAssumptions() {
    var owners: [String: Set<String>] = [:]
    for index in survey.assuming {
      for assumption in requests[index].assemblyFacts.assumptions {
        let known = requests[index].preconditions[assumption.precondition]
        owners[known.id, default: []].insert(assumption.of)
      }
    }
    for index in survey.assuming {
      for assumption in requests[index].assemblyFacts.assumptions {
        let known = requests[index].preconditions[assumption.precondition]
        guard known.state == .unmet, owners[known.id]?.count ?? 0 > 1 else { continue }
        requests[index].preconditions[assumption.precondition] = Precondition(
          id: known.id, statement: known.statement, state: .unknown, evidence: known.evidence,
          severity: known.severity)
      }
    }
  }

  /// Adds file and line to an id that several files use, so that reports can distinguish the requests.
  private mutating func tellApart(_ places: [Int], sharing id: String) {
    for (number, index) in places.enumerated() {
      let place = "\(requests[index].file):\(requests[index].line)"
      requests[index].id = "\(id) (\(number + 1) of \(places.count), \(place))"
    }
    add(
      places, BuiltInCheck.duplicateRequestID.id, .error, "\(places.count) requests have the id \(quote(id))")
  }

  private mutating func add(_ members: [Int], _ rule: String, _ severity: Severity, _ message: String) {
    for index in members { worst[index] = max(worst[index] ?? .info, severity) }
    conflicts.append(
      Conflict(
        requests: members.map { requests[$0].id }, rule: rule, severity: severity, message: message))
  }

  // MARK: Order

  /// Layers the requests by their dependencies; requests in a cycle conflict and are in no layer.
  private mutating func order(by steps: [[[Int]]]) {
    var graph = WaitGraph(count: requests.count)
    for step in steps { graph.add(step) }
    let sorted = graph.layers()
    layers = sorted.layers.map { $0.map { requests[$0].id } }
    if !sorted.circular.isEmpty {
      add(
        sorted.circular, BuiltInCheck.circularOrder.id, .error,
        "\(sorted.circular.count) requests wait for each other in a circle, by the order that rules ask for")
    }
  }

  // MARK: Verdicts

  /// The requests, with the verdicts updated where other requests affect them.
  consuming func finish() -> [PlannedRequest] {
    for index in Set(worst.keys).union(survey.assuming) {
      requests[index].verdict = requests[index].verdict(atLeast: worst[index] ?? .info)
    }
    return requests
  }
}

/// The dependency graph: requests, and a gate between every two steps, so that n waiting for m take n + m edges.
private struct WaitGraph {
  private let count: Int
  private var next: [[Int]]

  init(count: Int) {
    self.count = count
    next = Array(repeating: [], count: count)
  }

  /// Makes the members of each step wait for those of the previous step.
  mutating func add(_ steps: [[Int]]) {
    for (earlier, later) in zip(steps, steps.dropFirst()) {
      let gate = next.count
      next.append(later)
      for index in earlier { next[index].append(gate) }
    }
  }

  /// Requests by the length of the longest chain before them, and those in or behind a cycle.
  func layers() -> (layers: [[Int]], circular: [Int]) {
    var waiting = Array(repeating: 0, count: next.count)
    for targets in next { for target in targets { waiting[target] += 1 } }
    var depth = Array(repeating: 0, count: next.count)
    var open = next.indices.filter { waiting[$0] == 0 }
    var isDone = Array(repeating: false, count: next.count)
    while let index = open.popLast() {
      isDone[index] = true
      for target in next[index] {
        depth[target] = max(depth[target], depth[index] + (index < count ? 1 : 0))
        waiting[target] -= 1
        if waiting[target] == 0 { open.append(target) }
      }
    }
    let done = (0..<count).filter { isDone[$0] }
    var layers: [[Int]] = Array(repeating: [], count: (done.map { depth[$0] }.max() ?? -1) + 1)
    for index in done { layers[depth[index]].append(index) }
    return (layers, (0..<count).filter { !isDone[$0] })
  }
}
