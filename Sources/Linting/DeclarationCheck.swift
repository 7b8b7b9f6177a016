internal import Models
internal import Requests
internal import Syntax
package import Verdicts

extension BuiltInCheck {
  static let deprecatedOperation = BuiltInCheck(
    "deprecated-operation", "Deprecated operation", severity: .warning,
    why: "The model marks it so.")
  package static let unknownRegion = BuiltInCheck(
    "unknown-region", "Region without an endpoint of the service", severity: .warning,
    why: "Clients build an address for any region; nothing answers there.")
}

/// Checks a request's declarations outside its parameters.
extension RequestLint {
  /// Checks operation and region, and returns whether the region may have no endpoint.
  func checkDeclarations() -> Bool {
    if operation.isDeprecated {
      findings.add(
        .deprecatedOperation, "operation \(operation.id) is deprecated",
        at: request.operationSpan ?? request.parametersKey, request: number, topic: "")
    }
    guard let region = request.region, !region.isDynamic else { return false }
    let mayBeElsewhere = operation.maySkipPartition(of: region.text)
    let place = RegionOfService(service: operation.service, region: region.text)
    guard !linter.knownRegions.contains(place) else { return mayBeElsewhere }
    guard isRegionName(region.text) else {
      findings.add(
        .unknownRegion,
        "region \(quote(region.text)) is not made of letters, digits and inner hyphens, 63 at most",
        severity: .error, at: region.span, region.pointer ?? JSONPointer(), request: number)
      return false
    }
    guard let known = models.regions() else { return mayBeElsewhere }
    if !known.contains(region.text) {
      addUnknown(
        region, "\(quote(region.text)) is no region that the catalog knows",
        hint: suggestion(for: region.text, among: known).map { "did you mean \($0)?" })
    } else if let offered = models.service(operation.service)?.regions, !offered.contains(region.text) {
      addUnknown(
        region, "service \(operation.service) has no endpoint in \(region.text)",
        hint: offered.count <= 12 ? "it has them in \(offered.joined(separator: ", "))" : nil)
    } else {
      linter.knownRegions.insert(place)
      return mayBeElsewhere
    }
    return true
  }

  private func addUnknown(_ region: Request.Declared, _ message: String, hint: String?) {
    findings.add(
      .unknownRegion, message, hint: hint, at: region.span, region.pointer ?? JSONPointer(), request: number,
      topic: region.text)
  }
}
