package import Models
internal import Syntax

/// The user's settings for endpoints, apart from the region.
package struct EndpointOptions: Hashable, Sendable {
  package var usesFIPS: Bool
  package var usesDualStack: Bool
  /// Replaces the service's own endpoint.
  package var endpointURL: String?

  /// Whether a client can send requests to the given endpoint, if there is one.
  package var hasUsableEndpointURL: Bool { endpointURL.map(EndpointURL.isUsable) ?? true }

  package init(usesFIPS: Bool = false, usesDualStack: Bool = false, endpointURL: String? = nil) {
    self.usesFIPS = usesFIPS
    self.usesDualStack = usesDualStack
    self.endpointURL = endpointURL
  }
}

/// The destination of a service's requests.
package struct Endpoint: Equatable, Sendable {
  /// Scheme, host and any path as given; contains `{region}` if a region is needed but not declared.
  package let url: String
  /// Headers that the endpoint adds to each request; empty for most services.
  package let headers: [HTTPRequest.Header]
  /// Notes for the reader about how the endpoint was found, one line each.
  package let notes: [String]

  package init(url: String, headers: [HTTPRequest.Header] = [], notes: [String] = []) {
    self.url = url
    self.headers = headers
    self.notes = notes
  }
}

/// Finds services' endpoints by AWS's published rules.
///
/// Not Sendable: one worker owns one. It compiles each service's rules once and caches every result, without a network.
///
/// - Source: Smithy 2.0, rules engine; the catalog's rules, from botocore's `endpoint-rule-set-1.json`.
package final class EndpointResolver {
  private struct Question: Hashable {
    let service: String
    let context: EndpointContext
    let region: String?
    let options: EndpointOptions
  }

  private let catalog: Catalog
  private var answers: [Question: Result<Endpoint, EndpointFault>] = [:]
  private var ruleSets: [String: Result<EndpointRuleSet, EndpointFault>] = [:]
  private var partitions: Result<PartitionTable, EndpointFault>?

  package init(_ catalog: Catalog) { self.catalog = catalog }

  /// The endpoint of a service.
  ///
  /// - Parameters:
  ///   - context: the facts about the call that the service's rules get.
  ///   - region: `nil` if none is declared; the rules of the `aws` partition then apply.
  /// - Throws: if there is no endpoint, or the region or address is invalid.
  package func endpoint(
    for service: ServiceModel, _ context: EndpointContext = .none, region: String?,
    _ options: EndpointOptions = EndpointOptions()
  ) throws(EndpointFault) -> Endpoint {
    let question = Question(service: service.name, context: context, region: region, options: options)
    if let known = answers[question] { return try known.get() }
    let answer = Result { () throws(EndpointFault) in try find(service, context, region, options) }
    answers[question] = answer
    return try answer.get()
  }

  // MARK: Finding

  /// Replaces a region that is not declared: rules that require a valid label get one.
  private static let undeclared = "reqlint-undeclared-region"

  private func find(
    _ service: ServiceModel, _ context: EndpointContext, _ region: String?, _ options: EndpointOptions
  ) throws(EndpointFault) -> Endpoint {
    var options = options
    var notes: [String] = []
    var name = region ?? Self.undeclared
    if let region, let plain = Self.withoutFIPS(region) {
      name = plain
      options.usesFIPS = true
      notes.append("region \(quote(region)) stands for \(quote(plain)) with FIPS")
    }
    guard isRegionName(name) else {
      throw .invalidRegion(region ?? name)
    }
    if let url = options.endpointURL {
      guard let checked = EndpointURL(parsing: url), checked.isHostOnly else {
        throw .invalidEndpointURL(url)
      }
      options.endpointURL = checked.text
    }
    let found =
      if let rules = try rules(of: service.name) {
        try follow(rules, of: service.name, context, region: name, options)
      } else {
        try standardEndpoint(of: service, region: name, options, partitionTable())
      }
    guard let url = EndpointURL(parsing: found.url), url.isHostOnly else {
      guard context.unknownMembers.isEmpty else { throw .unknownMembers(context.unknownMembers) }
      throw .invalidResult(found.url)
    }
    return Endpoint(
      url: Self.naming(context.naming(url.text)),
      headers: found.headers.map { HTTPRequest.Header($0.name, Self.naming(context.naming($0.value))) },
      notes: notes + found.notes)
  }

  private func follow(
    _ rules: EndpointRuleSet, of service: String, _ context: EndpointContext, region: String,
    _ options: EndpointOptions
  ) throws(EndpointFault) -> Endpoint {
    let partitions = try partitionTable()
    let builtIns = Self.builtIns(context, region: region, options)
    var values: [String: RuleValue] = [:]
    for parameter in rules.parameters {
      if let value = context.values[parameter.name], parameter.kind.accepts(value) {
        values[parameter.name] = value
      } else if let builtIn = parameter.builtIn {
        values[parameter.name] = builtIns[builtIn]
      }
    }
    let result: (outcome: EndpointRuleOutcome, unset: [String])
    do throws(EndpointRulesFault) {
      result = try rules.outcome(for: values, in: partitions)
    } catch {
      if case .missingParameter(let name) = error { throw .missingParameter(service: service, name: name) }
      throw .faultyRules(service: service, error)
    }
    switch result.outcome {
    case .error(let message):
      guard context.unknownMembers.isEmpty else { throw .unknownMembers(context.unknownMembers) }
      throw .refused(Self.naming(message))
    case .endpoint(let url, let headers, let properties):
      var notes = Self.notes(options, rules, unset: result.unset)
      if context.usesSession, Self.asksForSession(properties) {
        notes.append("the client first asks s3.CreateSession for a session, and signs with that")
      }
      return Endpoint(url: url, headers: headers, notes: notes)
    }
  }

  /// The facts about the client that rules get, by the names that mean the same for all services.
  ///
  /// - Shape: without the account of the credentials, and without an endpoint if there is none.
  /// - Source: botocore 1.44.8's default configuration.
  private static func builtIns(
    _ context: EndpointContext, region: String, _ options: EndpointOptions
  ) -> [String: RuleValue] {
    var values: [String: RuleValue] = [
      "AWS::Region": .string(region), "AWS::UseFIPS": .boolean(options.usesFIPS),
      "AWS::UseDualStack": .boolean(options.usesDualStack), "AWS::STS::UseGlobalEndpoint": .boolean(false),
      "AWS::S3::UseGlobalEndpoint": .boolean(region == "us-east-1"), "AWS::S3::Accelerate": .boolean(false),
      "AWS::S3::ForcePathStyle": .boolean(context.usesPathStyle ?? (options.endpointURL != nil)),
      "AWS::S3::UseArnRegion": .boolean(true), "AWS::S3Control::UseArnRegion": .boolean(false),
      "AWS::S3::DisableMultiRegionAccessPoints": .boolean(false),
      "AWS::Auth::AccountIdEndpointMode": .string("preferred"),
    ]
    values["SDK::Endpoint"] = options.endpointURL.map { .string($0) }
    return values
  }

  private static func asksForSession(_ properties: RuleValue) -> Bool {
    guard case .object(let members) = properties, case .array(let schemes) = members["authSchemes"] else {
      return false
    }
    return schemes.contains { scheme in
      if case .object(let scheme) = scheme { scheme["name"] == .string("sigv4-s3express") } else { false }
    }
  }

  private static func notes(
    _ options: EndpointOptions, _ rules: EndpointRuleSet, unset: [String]
  ) -> [String] {
    let known = rules.parameters.compactMap(\.builtIn)
    var notes: [String] = []
    if options.usesFIPS, !known.contains("AWS::UseFIPS") {
      notes.append("the service's endpoint rules know no FIPS endpoints")
    }
    if options.usesDualStack, !known.contains("AWS::UseDualStack") {
      notes.append("the service's endpoint rules know no dual-stack endpoints")
    }
    let account = rules.parameters.first { $0.builtIn == "AWS::Auth::AccountId" }
    if let account, unset.contains(account.name) {
      notes.append("the host has the account's id in it where the credentials tell that")
    }
    return notes
  }

  /// The region for an old pseudo-region such as `fips-us-east-1`.
  private static func withoutFIPS(_ region: String) -> String? {
    if region.hasPrefix("fips-") { return String(region.dropFirst(5)) }
    return region.hasSuffix("-fips") ? String(region.dropLast(5)) : nil
  }

  private static func naming(_ text: String) -> String {
    text.split(separator: undeclared, omittingEmptySubsequences: false).joined(separator: "{region}")
  }

  // MARK: What is read once

  private func partitionTable() throws(EndpointFault) -> PartitionTable {
    if let partitions { return try partitions.get() }
    let read = Result { () throws(EndpointFault) in
      guard let json = try file({ () throws(ModelFault) in try catalog.partitionTable() }) else {
        throw EndpointFault.noPartitions
      }
      do throws(EndpointRulesFault) { return try PartitionTable(json: json) } catch {
        throw .faultyPartitions(error)
      }
    }
    partitions = read
    return try read.get()
  }

  private func rules(of service: String) throws(EndpointFault) -> EndpointRuleSet? {
    if let known = ruleSets[service] { return try known.get() }
    guard let json = try file({ () throws(ModelFault) in try catalog.endpointRules(of: service) }) else {
      return nil
    }
    let compiled = Result { () throws(EndpointFault) in
      do throws(EndpointRulesFault) {
        return try EndpointRuleSet(json: json)
      } catch { throw .faultyRules(service: service, error) }
    }
    ruleSets[service] = compiled
    return try compiled.get()
  }

  private func file(
    _ read: () throws(ModelFault) -> SourceText?
  ) throws(EndpointFault) -> SourceText? {
    do throws(ModelFault) { return try read() } catch { throw .unusableModel(error) }
  }
}
