/// One file of the catalog, as it is kept for review and compiled in.
package struct CatalogFile: Sendable {
  /// Without its extension.
  package let name: String
  /// Of a service's model, `nil` for other files; services with the same one share their host.
  package let endpointPrefix: String?
  package let json: [UInt8]

  /// Follows a service's name in the name of the file with its endpoint rules.
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
