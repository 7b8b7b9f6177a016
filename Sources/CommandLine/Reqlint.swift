public import ArgumentParser
internal import Glibc
internal import Syntax
internal import SystemPackage

/// The command and its subcommands.
public struct Reqlint: ParsableCommand {
  static let version = "0.1.0"

  /// What ArgumentParser shows and dispatches to.
  public static let configuration = CommandConfiguration(
    // Every command says its name: to make it of the type costs the runtime a look at all types.
    commandName: "reqlint",
    abstract: "Checks AWS API request files before anything is sent.",
    version: version,
    subcommands: [
      LintCommand.self, PlanCommand.self, VerifyCommand.self, DiffCommand.self, NewCommand.self,
      ExplainCommand.self, SchemaCommand.self, RulesCommand.self, ConfigCommand.self, CatalogCommand.self,
    ])

  public init() {}

  /// Runs the command of the process and ends it.
  ///
  /// - Shape: exit status 0, 1 or 2 as the commands say, 2 for every usage fault, 3 for a fault of this program.
  public static func start() -> Never {
    FileDescriptor.fillStandardStreams()
    Concurrency.deepenMainStack()
    reportOwnFaults()
    Interruption.prepare()
    do {
      var command = try parseAsRoot()
      try command.run()
      Glibc.exit(ExitStatus.clean.rawValue)
    } catch let code as ExitCode {
      Glibc.exit(code.rawValue)
    } catch let failure as Failure {
      writeStandardError("reqlint: \(failure.message)")
      Glibc.exit(ExitStatus.failed.rawValue)
    } catch {
      let text = fullMessage(for: error)
      guard exitCode(for: error).isSuccess else {
        writeStandardError(text)
        Glibc.exit(ExitStatus.failed.rawValue)
      }
      end(printing: text)
    }
  }

  /// Prints what was asked for in place of work: help, the version, completions.
  private static func end(printing text: String) -> Never {
    do throws(Failure) {
      try writeStandardOutput(Array("\(text)\n".utf8))
      Glibc.exit(ExitStatus.clean.rawValue)
    } catch {
      writeStandardError("reqlint: \(error.message)")
      Glibc.exit(ExitStatus.failed.rawValue)
    }
  }

  /// Turns a failed precondition, which ends in a trap, and memory or stack that is used up, into exit status 3.
  private static func reportOwnFaults() {
    // A stack that is used up has no room for a handler.
    let size = 64 << 10
    var stack = stack_t(ss_sp: malloc(size), ss_flags: 0, ss_size: size)
    sigaltstack(&stack, nil)
    var action = sigaction()
    action.sa_flags = SA_ONSTACK
    action.__sigaction_handler.sa_handler = { _ in
      let text: StaticString = "reqlint: this is a fault of reqlint itself; please report it\n"
      _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
      _exit(ExitStatus.faultOfReqlint.rawValue)
    }
    for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT] { sigaction(number, &action, nil) }
  }
}
