internal import Linting
internal import Models
internal import Rules
internal import Syntax
internal import SystemPackage
internal import Verdicts

/// Rule files ready to be used, and what is wrong with the others.
struct LoadedPacks {
  var files: [RuleFile] = []
  var faults: [String] = []
}

/// Reads the packs of `--rules` and checks every rule in them.
///
/// - Shape: a faulty rule is reported and skipped; ids are unique over all packs and the built-in rules.
func loadPacks(_ paths: [String], reserved: [RuleFile], _ catalog: Catalog = .builtIn) -> LoadedPacks {
  var packs = LoadedPacks()
  guard !paths.isEmpty else { return packs }
  let builtIn = reserved.isEmpty ? [] : BuiltInCheck.all.map { ($0.id, "a built-in check") }
  var owners = Dictionary(builtIn + reserved.map { ($0.id, $0.origin) }) { first, _ in first }
  let models: LoadedModels? = LoadedModels(catalog)
  for path in paths {
    do throws(Failure) {
      for found in try discoverRuleFiles(path) {
        guard let location = found.path, let id = location.stem else { continue }
        let file = RuleFile(
          id: id, origin: found.shown, bytes: try readFile(location, refusingBeyond: InputBound.text))
        if file.kind != .operation, let owner = owners[id] {
          packs.faults.append("\(file.origin):1:1: rule id \(id) is taken by \(owner)")
          continue
        }
        owners[id] = file.origin
        let faults =
          file.kind == .operation
          ? RuleLoader.loadFacts(file, checkedAgainst: models).faults
          : RuleLoader.load(file, checkedAgainst: models).faults
        packs.faults += faults.map { "\($0.origin):\($0.position.line):\($0.position.column): \($0.message)" }
        if faults.isEmpty { packs.files.append(file) }
      }
    } catch {
      packs.faults.append(error.message)
    }
  }
  return packs
}
