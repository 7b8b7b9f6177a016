/// One file of the catalog, as stored for review and compiled in.
package struct CatalogFile: Sendable {
  /// The name without its extension.
  package let name: String
  /// The prefix in a service's model, `nil` for other files; services with the same prefix share their host.
  package let endpointPrefix: String?
  package let json: [UInt8]

  /// Appended to a service's name in the name of its endpoint rules file.
  static let rulesSuffix = ".endpoints"
  /// The file with the table of partitions.
  static let partitionsName = "partitions"
  /// The file with the names of members whose values must not be shown.
  static let sensitiveName = "sensitive-members"

  /// Whether a file name is free for the model of a service.
  static func isModel(_ name: String) -> Bool {
    name != partitionsName && name != sensitiveName && !name.hasSuffix(rulesSuffix)
  }
}
