internal import Glibc
internal import Linting
internal import Models
internal import Rules
internal import Syntax
internal import SystemPackage
internal import Verdicts

/// Holds what configurations name against what there is: rules, operations, folders.
struct ConfigurationCheck {
  private var models: LoadedModels
  /// Ids of the rules that every run has, checks included.
  private let knownRules: [String]

  /// - Parameter packs: rules in addition to the built-in ones, for every configuration.
  init(_ catalog: Catalog, packs: [RuleFile]) {
    models = LoadedModels(catalog)
    knownRules =
      BuiltInCheck.all.map(\.id) + (RuleBook.builtInFiles + packs).filter { $0.kind != .operation }.map(\.id)
  }

  /// The outcome of the check.
  struct Outcome {
    var faults: [Configuration.Fault] = []
    /// Of each of its bindings.
    var operations: [OperationID?] = []
    /// Folders of rules that are there.
    var packs: [String] = []
  }

  mutating func check(_ configuration: Configuration) -> Outcome {
    var outcome = Outcome()
    var rules = knownRules
    for folder in configuration.rules {
      let path = configuration.packPath(folder.value)
      do throws(Failure) {
        rules += try discoverRuleFiles(path).compactMap { $0.path?.stem }
        outcome.packs.append(path)
      } catch {
        outcome.add(error.message, folder)
      }
    }
    checkRules(of: configuration, rules, &outcome)
    checkBindings(of: configuration, &outcome)
    return outcome
  }

  // MARK: Rules

  private func checkRules(of configuration: Configuration, _ known: [String], _ outcome: inout Outcome) {
    let ids = Set(known)
    func isUnknown(_ rule: Configuration.Placed<String>) -> Bool {
      guard !ids.contains(rule.value) else { return false }
      let near = suggestion(for: rule.value, among: known).map { "; did you mean \($0)?" } ?? ""
      outcome.add("there is no rule \(quote(rule.value))\(near)", rule)
      return true
    }
    var off: [String: Configuration.Placed<String>] = [:]
    for level in configuration.severity where !isUnknown(level.rule) {
      if level.level.value == .off { off[level.rule.value] = level.rule }
      if BuiltInCheck.traits(of: level.rule.value).contains(.beyondSuppression),
        level.level.value != .severity(.error)
      {
        outcome.add(
          "\(level.rule.value) says that a file was not checked and stays an error; exclude the file instead",
          level.level)
      }
    }
    let suppressed = configuration.suppress.compactMap { $0?.rule } + configuration.looseRules
    for place in suppressed where !isUnknown(place) {
      let rule = place.value
      if let line = off[rule]?.position.line {
        outcome.add("rule \(rule) is off by line \(line), so there is nothing to suppress", place)
      }
      if BuiltInCheck.traits(of: rule).contains(.beyondSuppression) {
        outcome.add(
          "\(rule) says that a file was not checked and cannot be suppressed; exclude the file instead",
          place)
      }
    }
  }

  // MARK: Bindings

  private mutating func checkBindings(of configuration: Configuration, _ outcome: inout Outcome) {
    for operation in configuration.looseOperations {
      do throws(Failure) {
        _ = try resolveOperation(operation.value, models)
      } catch {
        outcome.add(error.message, operation)
      }
    }
    var bound: [String: (operation: OperationID, line: Int)] = [:]
    for binding in configuration.bindings {
      do throws(Failure) {
        let operation = try resolveOperation(binding.operation.value, models)
        outcome.operations.append(operation)
        let glob = binding.files.value.text
        if let other = bound[glob], other.operation != operation {
          outcome.add(
            "glob \(quote(glob)) is bound to \(other.operation) by line \(other.line) already", binding.files)
        }
        bound[glob] = bound[glob] ?? (operation, binding.files.position.line)
      } catch {
        outcome.operations.append(nil)
        outcome.add(error.message, binding.operation)
      }
    }
  }
}

extension ConfigurationCheck.Outcome {
  fileprivate mutating func add<Value>(_ message: String, _ place: Configuration.Placed<Value>) {
    faults.append(Configuration.Fault(position: place.position, message: message))
  }
}

extension Configuration {
  /// A folder of rules as seen from the working directory.
  fileprivate func packPath(_ folder: String) -> String {
    if FilePath(folder).isAbsolute { return folder }
    guard let slash = shown.utf8.lastIndex(of: UInt8(ascii: "/")) else { return folder }
    return shown[..<slash] + "/" + folder
  }
}
