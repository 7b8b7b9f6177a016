internal import Models

/// The expected host of a service without rules of its own.
///
/// - Source: the partition's table of suffixes; `endpointPrefix` and `globalEndpoint` of the model.
func standardEndpoint(
  of service: ServiceModel, region: String, _ options: EndpointOptions, _ partitions: PartitionTable
) throws(EndpointFault) -> Endpoint {
  let outputs = partitions.outputs(for: region) ?? [:]
  func text(_ key: String) -> String {
    if case .string(let text) = outputs[key] { text } else { "" }
  }
  let variants = [
    (EndpointVariant.fips, options.usesFIPS, "supportsFIPS"),
    (.dualStack, options.usesDualStack, "supportsDualStack"),
  ]
  for (variant, isWanted, key) in variants where isWanted {
    if options.endpointURL != nil { throw .variantOfGivenEndpoint(variant) }
    guard outputs[key] == .boolean(true) else { throw .unsupported(variant, partition: text("name")) }
  }
  if let url = options.endpointURL { return Endpoint(url: url) }
  let missing = "the service's own endpoint rules are not in the catalog"
  let metadata = service.metadata
  if let global = metadata.globalEndpoint, text("name") == "aws", !options.usesFIPS, !options.usesDualStack {
    return Endpoint(url: "https://\(global)", notes: ["\(missing); this is its global endpoint"])
  }
  let prefix = options.usesFIPS ? "\(metadata.endpointPrefix)-fips" : metadata.endpointPrefix
  let suffix = options.usesDualStack ? text("dualStackDnsSuffix") : text("dnsSuffix")
  return Endpoint(
    url: "https://\(prefix).\(region).\(suffix)", notes: ["\(missing); this is the partition's standard host"]
  )
}
