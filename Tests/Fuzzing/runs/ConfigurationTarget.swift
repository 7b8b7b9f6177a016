import Fuzzing
import Linting
import Models
import Syntax
import SystemPackage

@testable import CommandLine

/// The reader of `.reqlint.yaml`: faults have places, and what it takes can be applied to any path.
struct ConfigurationTarget: FuzzTarget {
  private static let paths = [
    "a.yaml", "requests/prod/a.yaml", "requests/prod/opensearch/StartServiceSoftwareUpdate/x y.json",
    "ä/[x].yml",
    "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/b", String(repeating: "a", count: 300), "",
  ]

  private var check = ConfigurationCheck(.builtIn, packs: [])

  mutating func run(_ bytes: [UInt8]) {
    let empty = Configuration(
      file: "/nowhere/.reqlint.yaml", shown: ".reqlint.yaml", folder: "/nowhere", text: SourceText(bytes))
    var configuration = ConfigurationReader.read(empty, Limits())
    check(configuration.faults, of: bytes)
    // Folders of rules would be looked for.
    configuration.rules = []
    let outcome = check.check(configuration)
    check(outcome.faults, of: bytes)
    require(outcome.operations.count == configuration.bindings.count, "operations of bindings")
    _ = configuration.levels
    for path in Self.paths { apply(configuration, outcome.operations, to: path) }
  }

  private func check(_ faults: [Configuration.Fault], of bytes: [UInt8]) {
    let lines = 1 + bytes.count { $0 == 0x0A || $0 == 0x0D }
    for fault in faults {
      require(!fault.message.isEmpty, "no words at \(String(describing: fault.position))")
      require(!fault.message.utf8.contains { $0 < 0x20 }, "message \(fault.message.debugDescription)")
      require(fault.position.map { $0.line <= lines } ?? false, "\(fault)")
    }
  }

  private func apply(_ configuration: Configuration, _ operations: [OperationID?], to path: String) {
    for glob in configuration.exclude.map(\.value) + configuration.bindings.map(\.files.value) {
      if glob.covers(path) {
        require(glob.covers(path, isFolder: false), "\(glob.text) covers \(path) or not")
      }
      _ = glob.covers(path, isFolder: true)
    }
    for number in configuration.exclusions(of: FilePath("/nowhere/\(path)"), isFolder: false) {
      require(configuration.exclude.indices.contains(number), "exclusion \(number)")
    }
    let suppressed = configuration.suppressions(for: path, today: "2026-11-20")
    require(suppressed.allSatisfy { $0.number < configuration.suppress.count }, "suppression out of range")
    var print = ConfigurationPrint(path: path, kind: "file", configuration: configuration, exclusion: nil)
    print.addBinding(path, operations, path: nil)
    print.addSettings()
    print.addSuppressions(path, today: "2026-11-20")
    _ = parsed(json: print.json, "settings")
    require(!print.text.isEmpty, "no settings")
  }
}
