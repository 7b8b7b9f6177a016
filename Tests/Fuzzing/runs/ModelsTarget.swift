import Fuzzing
import Linting
import Models
import Requests
import Planning
import Syntax

/// A service of any model: requests of its operations can be begun, linted and planned.
///
/// - Shape: the input is as for the import of botocore's data: what stands before the first zero byte is the model.
struct ModelsTarget: FuzzTarget {
  mutating func run(_ bytes: [UInt8]) {
    let catalog = Catalog(source: "fuzzed", files: [("x", "x", Array(bytes.prefix { $0 != 0 }))])
    guard let service = try? catalog.service("x") else { return }
    let models = LoadedModels(catalog)
    let options = LintOptions(now: today)
    let linter = Linter(Workbench(catalog), rules: [], options: options)
    let planner = Planner(Workbench(catalog), rules: [], options: PlanOptions(lint: options))
    for name in service.operationNames.prefix(8) {
      guard let operation = try? models.operation(OperationID(service: "x", operation: name)) else {
        continue
      }
      let skeleton = SourceText(skeleton(of: operation))
      readDocuments(skeleton, as: .yaml, limits: Limits()) { parsed in
        if case .issue(let issue) = parsed {
          fatalError("skeleton: \(issue.message) in \(show(skeleton.bytes))")
        }
      }
      for text in [skeleton, SourceText("# reqlint: x.\(name) region=us-east-1\nName: [{a: 1, b: null}]\n")] {
        let file = RequestFile(
          path: "a.yaml", parts: ["a.yaml"], text: text, notation: .yaml, isDiscovered: false)
        _ = linter.lint(file)
        _ = planner.plan(file)
      }
    }
  }
}
