internal import Models
internal import Syntax

/// What the AWS CLI has for services and operations.
///
/// - Source: the command table of AWS CLI 1.45.11; exceptions are listed one by one in `commands.json`.
struct CommandTable: Sendable {
  /// Why an operation cannot be sent by a command that takes its parameters as JSON.
  enum Obstacle: String, Sendable {
    case noCommand = "the AWS CLI has no command for it, or one that takes other parameters"
    case noJSON = "its answer is a stream, and such commands of the AWS CLI take no JSON"
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

  func obstacle(to operation: OperationID) -> Obstacle? { obstacles[operation.description] }

  /// The words that name an operation.
  func words(for operation: OperationID) -> [String] {
    [CommandLineNames.command(for: operation.service), OperationSpelling.split(operation.operation, by: "-")]
  }
}
