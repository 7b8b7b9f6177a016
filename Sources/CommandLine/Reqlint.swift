package import ArgumentParser
internal import Glibc
internal import Syntax
internal import SystemPackage

/// The command and its subcommands.
package struct Reqlint: ParsableCommand {
  static let version = "0.1.0"

  /// What ArgumentParser shows and dispatches to.
  package static let configuration = CommandConfiguration(
    // Every command says its name: to make it of the type costs the runtime a look at all types.
    commandName: "reqlint",
    abstract: "Checks AWS API request files before anything is sent.",
    version: version,
    subcommands: [
      LintCommand.self, PlanCommand.self, VerifyCommand.self, DiffCommand.self, NewCommand.self,
      ExplainCommand.self, SchemaCommand.self, RulesCommand.self, ConfigCommand.self, CatalogCommand.self,
    ])

  package init() {}

  /// Runs the command of the process and ends it.
  ///
  /// - Shape: exit status 0, 1 or 2 as the commands say, 2 for every usage fault, 3 for a fault of this program.
  package static func start() -> Never {
    FileDescriptor.fillStandardStreams()
    Concurrency.deepenMainStack()
    reportOwnFaults()
    Interruption.prepare()
    guard let arguments = ProcessArguments.texts else {
      writeStandardError("reqlint: the arguments of the process cannot be read")
      Glibc.exit(ExitStatus.failed.rawValue)
    }
    do {
      var command = try parseAsRoot(arguments)
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

  /// Turns a failed precondition, which ends in a trap, and a used-up stack into exit status 3; used-up memory, which
  /// ends in a trap too, into exit status 2.
  private static func reportOwnFaults() {
    // A stack that is used up has no room for a handler.
    let size = 64 << 10
    var stack = stack_t(ss_sp: malloc(size), ss_flags: 0, ss_size: size)
    sigaltstack(&stack, nil)
    var action = sigaction()
    action.sa_flags = SA_ONSTACK
    action.__sigaction_handler.sa_handler = { _ in
      let isMemoryUsedUp = memoryIsUsedUp()
      let text: StaticString =
        isMemoryUsedUp
        ? "reqlint: memory is used up; raise its limit, or check fewer or smaller files at a time\n"
        : "reqlint: this is a fault of reqlint itself; please report it\n"
      _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
      _exit((isMemoryUsedUp ? ExitStatus.failed : .faultOfReqlint).rawValue)
    }
    for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT] { sigaction(number, &action, nil) }
  }
}

/// Whether the process was refused memory: the last failed call says so, or what little is asked for now is refused.
///
/// Called by a signal handler, so it makes nothing but system calls.
private func memoryIsUsedUp() -> Bool {
  if errno == ENOMEM { return true }
  let size = 16 << 20
  let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
  guard memory != MAP_FAILED else { return true }
  munmap(memory, size)
  return false
}
