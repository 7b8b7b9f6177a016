public import Syntax

/// What a saved answer of a describe or get call is about.
public enum SnapshotKind: String, CaseIterable, Sendable {
  case domain, package
  case scheduledAction = "scheduled-action"
  case serviceInstance = "service-instance"
  case service, component
  case serviceTemplate = "service-template"
  case serviceTemplateVersion = "service-template-version"

  /// The outermost keys by which an answer is recognised, and whether a list stands there.
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

  /// Whether the answer lists everything there is, so that what it does not hold does not exist.
  var listsAll: Bool { self == .package || self == .scheduledAction || self == .component }
}

/// Why a file is no snapshot.
public enum SnapshotFault: Error, Equatable, Sendable {
  case encoding
  case syntax(SyntaxIssue)
  /// A key of a known answer with a value of another type.
  case wrongType(key: String, isList: Bool)
  /// No key of a known answer.
  case unrecognised
}

/// A saved answer of a describe, get or list call, as the AWS CLI prints it.
public struct Snapshot: Sendable {
  /// As a person names the file.
  public let file: String
  public let kind: SnapshotKind
  /// When it was saved, as far as anybody knows.
  public let savedAt: Instant?
  let document: Document
  /// The resources in it.
  let items: [NodeID]
  /// Whether nothing was left out for a later page.
  let isComplete: Bool
  /// Parts of the file's path, by which an answer that names no resource is told.
  let parts: [Substring]

  /// Reads the JSON that the AWS CLI printed.
  public init(file: String, text: SourceText, savedAt: Instant?, limits: Limits) throws(SnapshotFault) {
    guard text.fault == nil else { throw .encoding }
    switch readJSON(text, limits: limits) {
    case .issue(let issue): throw .syntax(issue)
    case .document(let document): self.document = document
    }
    let document = document
    func found() throws(SnapshotFault) -> (kind: SnapshotKind, items: [NodeID]) {
      for kind in SnapshotKind.allCases {
        for key in kind.keys {
          guard let value = document.value(of: key.name, in: document.root) else { continue }
          guard document[value].kind == (key.isList ? .sequence : .mapping) else {
            throw .wrongType(key: key.name, isList: key.isList)
          }
          return (kind, key.isList ? Array(document.items(of: value)) : [value])
        }
      }
      throw .unrecognised
    }
    (kind, items) = try found()
    self.file = file
    self.savedAt = savedAt
    isComplete = ["NextToken", "nextToken"].allSatisfy { key in
      guard let token = document.value(of: key, in: document.root) else { return true }
      return document.scalarType(of: token) == .null || document.text(of: token).isEmpty
    }
    parts = file.split(separator: "/")
  }

  /// Whether a folder or the file's name, up to any of its dots, is a resource's name.
  func isFiled(under name: String) -> Bool {
    guard !name.isEmpty else { return false }
    return parts.contains { part in
      part == name || (part.hasPrefix(name) && part.dropFirst(name.count).first == ".")
    }
  }

  /// Where a resource stands in the file.
  func pointer(of item: NodeID) -> JSONPointer { document.pointer(document.path(to: item)) }

  /// Region and account that the resource's ARN names.
  func owner(of item: NodeID) -> (region: String, account: String)? {
    for key in ["ARN", "arn"] {
      guard let value = document.value(of: key, in: item) else { continue }
      let fields = document.string(of: value).split(separator: ":", omittingEmptySubsequences: false)
      if fields.count >= 6, fields[0] == "arn" { return (String(fields[3]), String(fields[4])) }
    }
    return nil
  }
}
