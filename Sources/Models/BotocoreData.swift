/// One file of botocore's `data` folder, already in memory.
package struct BotocoreFile: Sendable {
  /// The path that faults name.
  package let path: String
  package let bytes: [UInt8]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// A `data` folder of botocore, or one with the same layout; the caller supplies the functions that read it.
///
/// - Shape: `SERVICE/VERSION/service-2.json` and `…/endpoint-rule-set-1.json`, next to the services `endpoints.json`
///   and `partitions.json`; each may be packed as `.gz`.
package struct BotocoreData: Sendable {
  /// The folder's path, for display.
  package let path: String
  /// Versions of each service's model, oldest first.
  package let versions: [String: [String]]
  private let list: @Sendable (_ folder: String) throws(ModelFault) -> [String]
  private let read: @Sendable (_ path: String) throws(ModelFault) -> BotocoreFile

  /// - Parameters:
  ///   - list: names in a folder of the data, in any order; none if it is not a folder.
  ///   - read: a file of the data. Both get paths relative to the data, with `/` between parts.
  /// - Throws: the errors of `list`.
  package init(
    path: String, list: @escaping @Sendable (_ folder: String) throws(ModelFault) -> [String],
    read: @escaping @Sendable (_ path: String) throws(ModelFault) -> BotocoreFile
  ) throws(ModelFault) {
    self.path = path
    self.list = list
    self.read = read
    var versions: [String: [String]] = [:]
    for service in try list("") where !service.hasPrefix(".") {
      var found: [String] = []
      for version in try list(service) where version.first?.isNumber == true {
        let names = try list("\(service)/\(version)")
        if names.contains(where: { $0 == Self.model || $0 == "\(Self.model).gz" }) { found.append(version) }
      }
      if !found.isEmpty { versions[service] = found.sorted() }
    }
    self.versions = versions
  }

  /// Makes data from files in memory.
  ///
  /// - Parameter files: with paths relative to the data.
  package init(path: String, files: [BotocoreFile]) {
    let files = Dictionary(files.map { ($0.path, $0) }) { $1 }
    do throws(ModelFault) {
      try self.init(path: path) { folder in
        let prefix = folder.isEmpty ? "" : "\(folder)/"
        let names = files.keys.filter { $0.hasPrefix(prefix) }
          .map { String($0.dropFirst(prefix.count).prefix { $0 != "/" }) }
        return Array(Set(names))
      } read: { (path) throws(ModelFault) in
        guard let file = files[path] else { throw ModelFault(path: path, .unreadable("no such file")) }
        return file
      }
    } catch {
      preconditionFailure("data at hand cannot be listed: \(error)")
    }
  }

  /// Names of all services, sorted.
  package var serviceNames: [String] { versions.keys.sorted() }

  static let model = "service-2.json"

  /// A file of a service; `nil` if there is none.
  ///
  /// - Parameter service: the name of a service, for its newest version, or `SERVICE@VERSION`.
  func file(_ name: String, of service: String) throws(ModelFault) -> BotocoreFile? {
    guard let folder = folder(of: service) else { return nil }
    return try file(name, in: folder)
  }

  func hasService(_ service: String) -> Bool { folder(of: service) != nil }

  /// A file next to the services; `nil` if there is none.
  func file(_ name: String) throws(ModelFault) -> BotocoreFile? { try file(name, in: "") }

  private func folder(of service: String) -> String? {
    let parts = service.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    // The name comes from a request file and must not lead outside the folder, so it is looked up.
    guard let versions = versions[String(parts[0])],
      let version = parts.count == 1 ? versions.last : versions.first(where: { $0 == parts[1] })
    else { return nil }
    return "\(parts[0])/\(version)"
  }

  private func file(_ name: String, in folder: String) throws(ModelFault) -> BotocoreFile? {
    let names = try list(folder)
    guard let found = [name, "\(name).gz"].first(where: { names.contains($0) }) else { return nil }
    return try read(folder.isEmpty ? found : "\(folder)/\(found)")
  }
}
