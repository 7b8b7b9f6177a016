internal import Syntax

/// The origin of a catalog's facts.
///
/// A source reads lazily and keeps its own format: it delivers services and tables, not files. Only
/// `service`, `modelJSON`, `endpointRules` and `partitionTable` may read a model; all else must stay fast for
/// hundreds of services.
package protocol ModelSource: Sendable {
  /// Names of all services, sorted.
  var serviceNames: [String] { get }

  /// Whether the source has a service with that name.
  func hasService(_ name: String) -> Bool

  /// Reads a service; `nil` for an unknown name.
  func service(_ name: String) throws(ModelFault) -> ServiceModel?

  /// The model of a service as JSON, unparsed; `nil` for an unknown name.
  ///
  /// - Shape: the form of the catalog's files. The default uses the text from `service`.
  func modelJSON(of service: String) throws(ModelFault) -> [UInt8]?

  /// The rules that resolve a service's endpoint, as JSON; `nil` if the service has none.
  ///
  /// - Source: botocore's `endpoint-rule-set-1.json`, without documentation.
  func endpointRules(of service: String) throws(ModelFault) -> [UInt8]?

  /// The table of partitions, JSON as `CatalogImport.partitionTable()` writes it; `nil` if there is none.
  func partitionTable() throws(ModelFault) -> [UInt8]?

  /// The services whose models may use all words as keys, or all but one if there are several words.
  ///
  /// - Shape: a text screen. Callers read the services that pass.
  func services(naming words: [String]) -> [String]

  /// A model's facts about its service as a whole; `nil` if that would require reading the model.
  func metadata(of service: String) -> ServiceMetadata?

  /// Other services behind the same host, such as opensearch for es.
  func siblings(of service: String) -> [String]

  /// Lower-case names of members whose values are mostly secret; `nil` without a list.
  func sensitiveNames() -> Set<String>?
}

extension ModelSource {
  package func modelJSON(of service: String) throws(ModelFault) -> [UInt8]? {
    try self.service(service)?.document.source.bytes
  }
}
