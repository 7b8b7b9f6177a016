internal import Models
internal import Syntax

/// What the AWS CLI has for services and operations.
///
/// - Source: the command table of AWS CLI 1.46.3; exceptions are listed one by one in `commands.json`.
struct CommandTable: Sendable {
  /// Why an operation cannot be sent by a command that takes its parameters as JSON.
  enum Obstacle: String, Sendable {
    case noCommand = "the AWS CLI has no command for it, or one that takes other parameters"
    case noJSON = "its answer is a stream, and such commands of the AWS CLI take no JSON"
    case doesMore = "the AWS CLI's command of that name does more than send the request"
    case noEndpoint = "the AWS CLI sends it only with --endpoint-url, the address of the search domain"
    case preview = "the AWS CLI has it only as a preview: aws configure set preview.sdb true"
  }

  private let obstacles: [String: Obstacle]
  private let rewrites: [String: Rewrite]

  init() {
    guard
      case .document(let document) = readJSON(SourceText(PackageResources.commands_json), limits: Limits())
    else { preconditionFailure("commands.json is no JSON") }
    var obstacles: [String: Obstacle] = [:]
    let lists = [("withoutCommand", Obstacle.noCommand), ("withoutJSON", .noJSON), ("doingMore", .doesMore)]
    for (key, obstacle) in lists {
      guard let list = document.value(of: key, in: document.root) else { continue }
      for item in document.items(of: list) { obstacles[document.string(of: item)] = obstacle }
    }
    self.obstacles = obstacles
    let changed = document.value(of: "rewritten", in: document.root)
    let entries = changed.map { document.entries(of: $0).map { ($0.key, $0.value) } } ?? []
    rewrites = Dictionary(
      uniqueKeysWithValues: entries.map { (document.string(of: $0), Rewrite($1, in: document)) })
  }

  /// Operations that are named one by one.
  var namedOperations: [String] { (Array(obstacles.keys) + Array(rewrites.keys)).sorted() }

  /// What the AWS CLI changes of an operation's requests.
  func rewrite(of operation: OperationID) -> Rewrite? { rewrites[operation.description] }

  /// - Parameter hasEndpoint: whether the command names an endpoint.
  func obstacle(to operation: OperationID, hasEndpoint: Bool) -> Obstacle? {
    switch operation.service {
    case "cloudsearchdomain" where !hasEndpoint: .noEndpoint
    case "sdb": .preview
    default: obstacles[operation.description]
    }
  }

  /// The words that name an operation.
  func words(for operation: OperationID) -> [String] {
    [CommandLineNames.command(for: operation.service), OperationSpelling.split(operation.operation, by: "-")]
  }
}

extension CommandTable {
  /// When the AWS CLI changes a request before it sends it.
  struct Rewrite: Sendable {
    let member: String
    /// Empty where any value is changed.
    private let values: [String]
    /// Unless empty: a value with items is changed only if one of these members is set too; an empty one always is.
    private let neighbours: [String]
    /// A value that prevents the change if it is set.
    private let remedy: JSONPointer?

    fileprivate init(_ entry: NodeID, in document: Document) {
      func texts(_ key: String) -> [String] {
        document.value(of: key, in: entry).map { document.items(of: $0).map { document.string(of: $0) } }
          ?? []
      }
      member = document.value(of: "member", in: entry).map { document.string(of: $0) } ?? ""
      values = texts("values")
      neighbours = texts("beside")
      remedy = document.value(of: "without", in: entry).flatMap {
        JSONPointer(parsing: document.string(of: $0))
      }
    }

    func applies(to parameters: NodeID, in document: Document) -> Bool {
      guard let value = document.value(of: member, in: parameters) else { return false }
      if let remedy, document.value(at: remedy, from: parameters) != nil { return false }
      if !values.isEmpty { return values.contains(document.string(of: value)) }
      guard !neighbours.isEmpty, document.count(of: value) > 0 else { return true }
      return neighbours.contains { document.value(of: $0, in: parameters) != nil }
    }
  }
}
