internal import Planning
internal import Verdicts

/// Finds the place of each request on the page, and its conflicts.
struct PlanIndex {
  /// Indices of the requests, riskiest first.
  let riskiestFirst: [Int]
  let conflicts: [ConflictView]
  private let plan: Plan
  private let places: [String: Int]
  private let conflictsOfRequest: [String: [Int]]

  init(_ plan: Plan) {
    self.plan = plan
    let places = Dictionary(
      plan.requests.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.places = places
    riskiestFirst = plan.riskiestFirst
    conflicts = plan.conflicts.enumerated().map { index, conflict in
      ConflictView(
        conflict, number: index + 1,
        requests: conflict.requests.map { Self.link($0, places, plan) })
    }
    var numbers: [String: [Int]] = [:]
    for (index, conflict) in plan.conflicts.enumerated() {
      for id in conflict.requests { numbers[id, default: []].append(index) }
    }
    conflictsOfRequest = numbers
  }

  func place(of id: String) -> Int? { places[id] }

  func link(to id: String) -> RequestLink { Self.link(id, places, plan) }

  func conflicts(of id: String) -> [ConflictMention] {
    (conflictsOfRequest[id] ?? []).map { ConflictMention(conflicts[$0]) }
  }

  /// The id of a request's place on the page.
  static func anchor(_ index: Int) -> String { "request-\(index + 1)" }

  private static func link(_ id: String, _ places: [String: Int], _ plan: Plan) -> RequestLink {
    let place = places[id]
    return RequestLink(
      requestName: tail(of: id, 100), anchor: place.map(anchor) ?? "requests",
      linkVerdict: VerdictView(place.map { plan.requests[$0].verdict } ?? .blocked))
  }
}

/// A request's name, leading to it.
struct RequestLink: TemplateRecord {
  let requestName: String
  let anchor: String
  let linkVerdict: VerdictView

  static let members: TemplateMembers<RequestLink> = [
    "requestName": { .text($0.requestName) }, "anchor": { .text($0.anchor) },
    "linkVerdict": { .object($0.linkVerdict) },
  ]
}

/// Requests that do not go together.
struct ConflictView: TemplateRecord {
  let conflictNumber: Int
  let conflictSeverity: String
  let conflictMessage: String
  let conflictRule: String
  let parties: [RequestLink]
  /// Those beyond what a reader takes in at a glance.
  let furtherParties: [RequestLink]
  let furtherCount: String
  let hasFurther: Bool

  init(_ conflict: Conflict, number: Int, requests: [RequestLink]) {
    let shown = requests.count > 8 ? 6 : requests.count
    conflictNumber = number
    conflictSeverity = conflict.severity.rawValue
    conflictMessage = conflict.message
    conflictRule = conflict.rule
    parties = Array(requests.prefix(shown))
    furtherParties = Array(requests.dropFirst(shown))
    furtherCount = grouped(furtherParties.count)
    hasFurther = !furtherParties.isEmpty
  }

  static let members: TemplateMembers<ConflictView> = [
    "conflictNumber": { .number($0.conflictNumber) }, "conflictSeverity": { .text($0.conflictSeverity) },
    "conflictMessage": { .text($0.conflictMessage) }, "conflictRule": { .text($0.conflictRule) },
    "parties": { .list($0.parties) }, "furtherParties": { .list($0.furtherParties) },
    "furtherCount": { .text($0.furtherCount) },
    "hasFurther": { .flag($0.hasFurther) },
  ]
}

/// A conflict where one of its requests names it, without the others: thousands may be part of it.
struct ConflictMention: TemplateRecord {
  let conflictNumber: Int
  let conflictSeverity: String
  let conflictMessage: String
  let conflictRule: String

  init(_ conflict: ConflictView) {
    conflictNumber = conflict.conflictNumber
    conflictSeverity = conflict.conflictSeverity
    conflictMessage = conflict.conflictMessage
    conflictRule = conflict.conflictRule
  }

  static let members: TemplateMembers<ConflictMention> = [
    "conflictNumber": { .number($0.conflictNumber) }, "conflictSeverity": { .text($0.conflictSeverity) },
    "conflictMessage": { .text($0.conflictMessage) }, "conflictRule": { .text($0.conflictRule) },
  ]
}
