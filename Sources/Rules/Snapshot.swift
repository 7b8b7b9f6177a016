package import Syntax

/// The subject of a saved answer of a describe or get call.
package enum SnapshotKind: String, CaseIterable, Sendable {
  case domain, package
  case scheduledAction = "scheduled-action"
  case serviceInstance = "service-instance"
  case service, component
  case serviceTemplate = "service-template"
  case serviceTemplateVersion = "service-template-version"

  /// The top-level keys by which an answer is recognised, and whether their values are lists.
  fileprivate var keys: [(name: String, isList: Bool)] {
    switch self {
    case .domain: [("DomainStatus", false), ("DomainStatusList", true)]
    case .package: [("PackageDetailsList", true)]
    case .scheduledAction: [("ScheduledActions", true)]
    case .serviceInstance: [("serviceInstance", false), ("serviceInstances", true)]
    case .service: [("service", false), ("services", true)]
    case .component: [("component", false), ("components", true)]
    case .serviceTemplate: [("serviceTemplate", false)]
    case .serviceTemplateVersion: [("serviceTemplateVersion", false)]
    }
  }

  /// Whether anything missing from a complete list of this kind does not exist.
  var isListed: Bool { self == .package || self == .scheduledAction || self == .component }

  /// Whether the answer only supplements those that a review asks for: of domains, packages, instances and services.
  var isSupplement: Bool {
    switch self {
    case .domain, .package, .serviceInstance, .service: false
    case .scheduledAction, .component, .serviceTemplate, .serviceTemplateVersion: true
    }
  }

  /// The key for the name of each resource of this kind.
  var nameKey: String {
    switch self {
    case .domain: "DomainName"
    case .package: "PackageName"
    case .scheduledAction: "Id"
    case .serviceInstance, .service, .component, .serviceTemplate: "name"
    case .serviceTemplateVersion: "templateName"
    }
  }

  /// The resource's kind in words, such as `service template`.
  var noun: String { rawValue.split(separator: "-").joined(separator: " ") }
}

/// The reason that a file is not a snapshot.
package enum SnapshotFault: Error, Equatable, Sendable {
  case encoding
  case syntax(SyntaxIssue)
  /// A key of a known answer, but with a value of the wrong type.
  case wrongType(key: String, isList: Bool)
  /// No key of a known answer.
  case unrecognised
}

/// A saved answer of a describe, get or list call, as the AWS CLI prints it.
package struct Snapshot: Sendable {
  /// The file's name for display.
  package let file: String
  package let kind: SnapshotKind
  /// When it was saved, if known.
  package let savedAt: Instant?
  let document: Document
  /// The file's size in bytes.
  package var size: Int { document.source.bytes.count }
  /// The resources in the answer.
  let items: [NodeID]
  /// Whether the answer is of a list call.
  let isList: Bool
  /// Whether no later page follows.
  let isComplete: Bool
  /// The file's folders and the dot-separated parts of its name; they identify answers that name no resource.
  let labels: [Substring]

  /// Reads the JSON that the AWS CLI printed.
  package init(file: String, text: SourceText, savedAt: Instant?, limits: Limits) throws(SnapshotFault) {
    guard text.fault == nil else { throw .encoding }
    switch readJSON(text, limits: limits) {
    case .issue(let issue): throw .syntax(issue)
    case .document(let document): self.document = document
    }
    let document = document
    func found() throws(SnapshotFault) -> (kind: SnapshotKind, isList: Bool, items: [NodeID]) {
      for kind in SnapshotKind.allCases {
        for key in kind.keys {
          guard let value = document.value(of: key.name, in: document.root) else { continue }
          guard document[value].kind == (key.isList ? .sequence : .mapping) else {
            throw .wrongType(key: key.name, isList: key.isList)
          }
          return (kind, key.isList, key.isList ? Array(document.items(of: value)) : [value])
        }
      }
      throw .unrecognised
    }
    let (kind, isList, items) = try found()
    self.kind = kind
    self.isList = isList
    self.items = items
    self.file = file
    self.savedAt = savedAt
    isComplete = ["NextToken", "nextToken"].allSatisfy { key in
      guard let token = document.value(of: key, in: document.root) else { return true }
      return document.scalarType(of: token) == .null || document.text(of: token).isEmpty
    }
    let folders = file.split(separator: "/")
    labels = folders.dropLast() + (folders.last?.split(separator: ".") ?? [])
  }

  /// Whether a folder, or a dot-separated part of the file's name, is a resource's name.
  func isFiled(under name: String) -> Bool { labels.contains { $0 == name } }

  /// The location of a resource in the file.
  func pointer(of item: NodeID) -> JSONPointer { document.pointer(document.path(to: item)) }

  /// Whether a resource may be in a region and account, judged by its ARN, else by the file's location.
  func isIn(region: String?, account: String?, _ item: NodeID) -> Bool {
    let arn = document.value(of: "ARN", in: item) ?? document.value(of: "arn", in: item)
    let fields = arn.map {
      document.string(of: $0).split(separator: ":", omittingEmptySubsequences: false)
    }
    guard let fields, fields.count >= 6, fields[0] == "arn" else {
      return isFiledFor(region: region, account: account)
    }
    return (region ?? String(fields[3])) == fields[3] && (account ?? String(fields[4])) == fields[4]
  }

  /// Whether the file's folders and name mention no other region or account.
  func isFiledFor(region: String?, account: String?) -> Bool {
    func fits(_ wanted: String?, _ isOne: (Substring) -> Bool) -> Bool {
      let named = labels.filter(isOne)
      return named.isEmpty || wanted == nil || named.contains { $0 == wanted ?? "" }
    }
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    return fits(account) { $0.utf8.count == 12 && $0.utf8.allSatisfy(isDigit) }
      && fits(region) { label in
        let words = label.split(separator: "-", omittingEmptySubsequences: false)
        return words.count >= 3 && words[0].utf8.count == 2
          && words.last.map { $0.utf8.allSatisfy(isDigit) } == true
          && words.dropLast().allSatisfy { $0.utf8.allSatisfy { (0x61...0x7A).contains($0) } }
      }
  }
}
