internal import Models
internal import Syntax

/// A call as botocore's client handles it: its changes for some services, and its additions to every request.
///
/// - Source: botocore 1.44.8's behaviour with its default configuration.
package struct ClientCall: Sendable {
  private let parameters: Parameters
  private let options: WireOptions

  /// - Throws: if the client refuses the parameters.
  package init(_ call: Call, options: WireOptions = WireOptions()) throws(WireFault) {
    self.options = options
    parameters = try Parameters(call, options: options).changedByClient()
  }

  /// The facts about the call that the service's endpoint rules get.
  package var endpointContext: EndpointContext { EndpointContext(parameters) }

  /// The request without its signature.
  ///
  /// - Parameter isSecure: whether it uses TLS.
  /// - Throws: for a value that cannot be written at its place.
  package func request(isSecure: Bool = true) throws(WireFault) -> ClientRequest {
    var sent = ClientRequest(request: try write(parameters))
    sent.addHeaders(of: parameters)
    sent.changeBody(for: parameters)
    let isCompressed = sent.compress(parameters)
    let isOpen = options.isBodyOpen || isCompressed || parameters.presignedMember != nil
    sent.addChecksum(parameters, isSecure: isSecure, isOpen: isOpen)
    sent.redirect(parameters)
    sent.addRemarks(parameters)
    // The length of the displayed body differs from that of the sent one.
    if !isOpen { sent.request.addLength() }
    return sent
  }
}

/// What a client sends, with notes for the reader.
package struct ClientRequest: Sendable {
  package var request: HTTPRequest
  /// Replaces the endpoint's scheme and host.
  package var origin: String?
  /// One line each.
  package var notes: [String] = []

  init(request: HTTPRequest) { self.request = request }

  /// The complete URL.
  package func url(at endpoint: String) -> String {
    let url = request.url(at: endpoint)
    guard let origin, let scheme = url.firstRange(of: "://") else { return url }
    let rest = url[scheme.upperBound...]
    return origin + rest[(rest.firstIndex(of: "/") ?? rest.endIndex)...]
  }

  /// The headers, including those that the endpoint adds or changes; the first of several values for one header counts.
  package func headers(at endpoint: Endpoint) -> [HTTPRequest.Header] {
    var sent = self
    for header in endpoint.headers.reversed() { sent.setHeader(header.name, header.value) }
    return sent.request.headers
  }

  func header(_ name: String) -> String? {
    request.headers.first { isSameHeader($0.name, name) }?.value
  }

  mutating func setHeader(_ name: String, _ value: String) {
    if let place = request.headers.firstIndex(where: { isSameHeader($0.name, name) }) {
      request.headers[place] = HTTPRequest.Header(request.headers[place].name, value)
    } else {
      request.headers.append(HTTPRequest.Header(name, value))
    }
  }
}

// MARK: Headers and body

extension ClientRequest {
  fileprivate mutating func addHeaders(of parameters: Parameters) {
    let operation = parameters.operation
    switch operation.service {
    case "glacier":
      setHeader("x-amz-glacier-version", parameters.service.apiVersion)
      addGlacierDigests(parameters)
    case "apigateway" where header("Accept") == nil: setHeader("Accept", "application/json")
    case "s3" where ["PutObject", "UploadPart"].contains(operation.name) && parameters.has("Body"):
      setHeader("Expect", "100-continue")
    case "dynamodb", "timestream-query", "timestream-write":
      if operation.name == "DescribeEndpoints" {
        setHeader("x-amz-api-version", parameters.service.apiVersion)
      }
    default: break
    }
  }

  private mutating func addGlacierDigests(_ parameters: Parameters) {
    guard ["UploadArchive", "UploadMultipartPart"].contains(parameters.operation.name),
      !parameters.isUnknown("body")
    else { return }
    if header("x-amz-content-sha256") == nil {
      setHeader("x-amz-content-sha256", hexadecimal(Checksum.sha256.bytes(of: request.body)))
    }
    if header("x-amz-sha256-tree-hash") == nil {
      setHeader("x-amz-sha256-tree-hash", hexadecimal(glacierTreeHash(of: request.body)))
    }
  }

  /// Readers would change line breaks inside XML.
  fileprivate mutating func changeBody(for parameters: Parameters) {
    guard parameters.operation.service == "s3",
      ["DeleteObjects", "PutBucketLifecycleConfiguration"].contains(parameters.operation.name)
    else { return }
    request.body = request.body.flatMap { byte -> [UInt8] in
      switch byte {
      case 0x0D: Array("&#xD;".utf8)
      case 0x0A: Array("&#xA;".utf8)
      default: [byte]
      }
    }
  }

  /// The smallest body that botocore compresses, in bytes.
  private static let compressionThreshold = 10_240

  /// Whether the client will send the body compressed.
  fileprivate mutating func compress(_ parameters: Parameters) -> Bool {
    guard parameters.operation.clientTraits.isCompressible, request.body.count >= Self.compressionThreshold
    else { return false }
    setHeader("Content-Encoding", header("Content-Encoding").map { "\($0),gzip" } ?? "gzip")
    notes.append("the body is compressed with gzip when it is sent")
    return true
  }

  // MARK: Address

  fileprivate mutating func redirect(_ parameters: Parameters) {
    switch parameters.operation.id.description {
    case "cloudsearchdomain.Search" where request.method == "GET" && request.target.contains("?"):
      let parts = request.target.split(separator: "?", maxSplits: 1)
      request.method = "POST"
      request.path = String(parts[0])
      request.query = ""
      request.body = parts.count > 1 ? Array(parts[1].utf8) : []
      setHeader("Content-Type", "application/x-www-form-urlencoded")
    case "machinelearning.Predict":
      if let url = parameters.text(of: "PredictEndpoint").flatMap({ EndpointURL(parsing: $0) }) {
        origin = "\(url.scheme)://\(url.authority)"
      }
    default: break
    }
  }

  /// Adds notes about parts that depend on more than the call.
  fileprivate mutating func addRemarks(_ parameters: Parameters) {
    if parameters.operation.clientTraits.endpointDiscovery == .required {
      notes.append("the client first asks DescribeEndpoints for the host, which then takes this one's place")
    }
    if let member = parameters.presignedMember {
      notes.append("\(member) is added when it is sent: a signed address of the source region")
    }
  }
}

extension Parameters {
  /// The member for a signed address, if the request does not supply it.
  fileprivate var presignedMember: String? {
    switch operation.service {
    case "ec2" where operation.name == "CopySnapshot": has("PresignedUrl") ? nil : "PresignedUrl"
    case "rds", "neptune", "docdb":
      copiesAcrossRegions && !has("PreSignedUrl") ? "PreSignedUrl" : nil
    default: nil
    }
  }
}

private func hexadecimal(_ bytes: [UInt8]) -> String {
  String(
    decoding: bytes.flatMap { [hexDigit($0 >> 4, upper: false), hexDigit($0 & 15, upper: false)] },
    as: UTF8.self)
}
