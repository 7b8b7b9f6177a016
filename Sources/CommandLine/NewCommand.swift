internal import ArgumentParser
internal import Linting
internal import Models

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Write a commented request file to fill in.",
    discussion:
      """
      Required members are live, each with a placeholder that lint reports until it is filled in; optional ones are \
      commented out.
      """)

  @Argument(
    help: ArgumentHelp("The operation, in any of its spellings.", valueName: "SERVICE.OPERATION"),
    completion: .operations)
  var operation: String

  @OptionGroup var models: ModelsOptions

  func run() throws {
    let found = try findOperation(operation, models.catalog())
    try writeStandardOutput(Array(skeleton(of: found).utf8))
  }
}
