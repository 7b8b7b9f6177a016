import Foundation
import PackagePlugin

/// Compiles every file under `rules` in: adding a rule needs no list to be edited.
@main struct EmbedRules: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "rules")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []
    let rules = files.compactMap { $0 as? URL }.filter { $0.pathExtension == "yaml" }.sorted {
      $0.path < $1.path
    }
    let output = context.pluginWorkDirectoryURL.appending(path: "BuiltInRules.swift")
    return [
      .buildCommand(
        displayName: "Embedding \(rules.count) rules", executable: try context.tool(named: "embed-rules").url,
        arguments: [output.path] + rules.map(\.path), inputFiles: rules, outputFiles: [output])
    ]
  }
}
