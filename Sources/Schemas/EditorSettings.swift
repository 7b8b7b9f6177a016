internal import Syntax

/// Assigns schemas to files in an editor.
package struct EditorSettings: Sendable {
  /// One schema file and its request files.
  package struct Association: Sendable {
    /// Relative to the folder that the editor has open.
    package let schema: String
    /// Paths below that folder, or absolute paths.
    package let files: [String]

    package init(schema: String, files: [String]) {
      self.schema = schema
      self.files = files
    }
  }

  private let associations: [Association]

  package init(_ associations: [Association]) { self.associations = associations }

  /// The text of `settings.json`: `yaml.schemas` for YAML, `json.schemas` for JSON.
  ///
  /// - Shape: sorted by schema, files by path; each key exists only if there are such files.
  /// - Source: the settings of yaml-language-server and of VS Code's JSON support.
  package var json: [UInt8] {
    var writer = JSONWriter(.indented)
    writer.object { writer in
      let sorted = associations.sorted { $0.schema < $1.schema }
      let json = sorted.compactMap { $0.keeping { $0.hasSuffix(".json") } }
      let yaml = sorted.compactMap { $0.keeping { !$0.hasSuffix(".json") } }
      if !json.isEmpty {
        writer.key("json.schemas")
        writer.array { writer in
          for association in json {
            writer.object { writer in
              writer.key("fileMatch")
              association.writeFiles(to: &writer)
              writer.member("url", association.schema)
            }
          }
        }
      }
      if !yaml.isEmpty {
        writer.key("yaml.schemas")
        writer.object { writer in
          for association in yaml {
            writer.key(association.schema)
            association.writeFiles(to: &writer)
          }
        }
      }
    }
    writer.endLine()
    return writer.bytes
  }
}

extension EditorSettings.Association {
  fileprivate func keeping(_ isKept: (String) -> Bool) -> Self? {
    let kept = files.filter { isKept($0.lowercased()) }
    return kept.isEmpty ? nil : Self(schema: schema, files: kept)
  }

  fileprivate func writeFiles(to writer: inout JSONWriter) {
    writer.array { writer in
      // A leading slash anchors the path at the open folder.
      for file in files.sorted() { writer.value(file.hasPrefix("/") ? file : "/\(file)") }
    }
  }
}
