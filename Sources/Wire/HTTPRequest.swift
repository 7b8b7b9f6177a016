/// The HTTP request that a client sends for a call, without its signature and anything that differs from run to run.
package struct HTTPRequest: Equatable, Sendable {
  /// A header, its name spelled as botocore does.
  package struct Header: Equatable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package var method: String
  /// The path below the endpoint, percent-encoded, with the fixed part of the operation's query.
  ///
  /// - Shape: begins with `/`, unless the endpoint itself contains the first part of the path.
  package var path: String
  /// The part of the query from parameters, percent-encoded; empty for most requests.
  package var query: String
  /// Prepended to the endpoint's host, with a dot at its end; empty for most operations.
  package var hostPrefix: String
  package var headers: [Header]
  package var body: [UInt8]

  package init(
    method: String, path: String, query: String = "", hostPrefix: String = "", headers: [Header] = [],
    body: [UInt8] = []
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.hostPrefix = hostPrefix
    self.headers = headers
    self.body = body
  }

  /// Path and query.
  package var target: String {
    query.isEmpty ? path : "\(path)\(path.utf8.contains(UInt8(ascii: "?")) ? "&" : "?")\(query)"
  }

  /// The complete URL below an endpoint.
  ///
  /// - Shape: an endpoint's own path is kept unchanged, except that two adjacent slashes become one.
  /// - Source: botocore 1.44.8, `botocore.awsrequest`.
  package func url(at endpoint: String) -> String {
    guard let start = Self.startOfHost(in: endpoint) else { return endpoint + target }
    let slash = UInt8(ascii: "/")
    let host = endpoint[start...]
    let base = host.utf8.firstIndex(of: slash).map { host[$0...] } ?? ""
    var url = String(endpoint[..<start])
    url += hostPrefix
    url += host
    if path.isEmpty || path == "/" {
      if base.isEmpty { url += "/" }
    } else {
      if base.isEmpty, path.utf8.first != slash { url += "/" }
      url += base.utf8.last == slash && path.utf8.first == slash ? path.dropFirst() : path[...]
    }
    if !query.isEmpty {
      url += path.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
      url += query
    }
    return url
  }

  /// The position after the first `://` of an address.
  private static func startOfHost(in endpoint: String) -> String.Index? {
    let bytes = endpoint.utf8
    var rest = bytes[...]
    while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
      rest = rest[bytes.index(after: colon)...]
      if rest.starts(with: "//".utf8) { return bytes.index(rest.startIndex, offsetBy: 2) }
    }
    return nil
  }
}
