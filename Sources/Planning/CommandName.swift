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
    case noEndpoint = "the AWS CLI sends it only with --endpoint-url, the address of the search domain"
    case preview = "the AWS CLI has it only as a preview: aws configure set preview.sdb true"
  }

  private let obstacles: [String: Obstacle]

  init() {
    guard
      case .document(let document) = readJSON(SourceText(PackageResources.commands_json), limits: Limits())
    else { preconditionFailure("commands.json is no JSON") }
    var obstacles: [String: Obstacle] = [:]
    for (key, obstacle) in [("withoutCommand", Obstacle.noCommand), ("withoutJSON", .noJSON)] {
      guard let list = document.value(of: key, in: document.root) else { continue }
      for item in document.items(of: list) { obstacles[document.string(of: item)] = obstacle }
    }
    self.obstacles = obstacles
  }

  /// Operations that are named one by one.
  var namedOperations: [String] { obstacles.keys.sorted() }

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
