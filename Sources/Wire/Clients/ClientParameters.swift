internal import Models
internal import Syntax

extension Parameters {
  /// The parameters with the client's changes for some services applied.
  func changedByClient() throws(WireFault) -> Parameters {
    var changed = self
    if let mode = operation.clientTraits.checksumModeMember { changed.fill(mode, "ENABLED") }
    switch operation.service {
    case "s3": try changed.changeForS3()
    case "s3control": try changed.changeForS3Control()
    case "glacier": changed.fill("accountId", "-")
    case "route53": changed.shortenIDs()
    case "ec2" where operation.name == "RunInstances": changed.encodeUserData()
    case "ec2" where operation.name == "CopySnapshot":
      if !has("PresignedUrl"), let region = options.region { changed.set("DestinationRegion", region) }
    case "autoscaling" where operation.name == "CreateLaunchConfiguration": changed.encodeUserData()
    case "rds", "neptune", "docdb":
      if copiesAcrossRegions { changed.remove("SourceRegion") }
    default: break
    }
    return changed
  }

  /// Whether the request has a source region for a copy; the client removes that member again.
  var copiesAcrossRegions: Bool {
    let operations = [
      "rds": [
        "CopyDBClusterSnapshot", "CreateDBCluster", "CopyDBSnapshot", "CreateDBInstanceReadReplica",
        "StartDBInstanceAutomatedBackupsReplication",
      ],
      "neptune": ["CopyDBClusterSnapshot", "CreateDBCluster"],
      "docdb": ["CopyDBClusterSnapshot", "CreateDBCluster"],
    ]
    return operations[operation.service]?.contains(operation.name) == true && isGiven("SourceRegion")
  }

  // MARK: Amazon S3

  private mutating func changeForS3() throws(WireFault) {
    try checkBucket()
    try checkMetadata()
    // The endpoint already contains the bucket, in its host or in its path.
    if requestURI.hasPrefix("/{Bucket}") { requestURI = String(requestURI.dropFirst("/{Bucket}".count)) }
    if ["ListObjects", "ListObjectsV2", "ListObjectVersions"].contains(operation.name) {
      fill("EncodingType", "url")
    }
    if let source = text(of: "CopySource") { set("CopySource", Self.encodedCopySource(source)) }
    for prefix in ["SSECustomer", "CopySourceSSECustomer"] { addKeyDigest(prefix) }
    try writeExpires()
  }

  /// The published model has text for this member, botocore's a time.
  private mutating func writeExpires() throws(WireFault) {
    guard let field = field("Expires"), operation[field.member.shape].kind == .string,
      let text = text(of: "Expires")
    else { return }
    guard let time = Timestamp(ArraySlice(text.utf8)) else { throw .unfit(field.value.node, .header) }
    set("Expires", String(decoding: time.text(in: .rfc822), as: UTF8.self))
  }

  private func checkBucket() throws(WireFault) {
    guard let field = field("Bucket"), let bucket = text(of: "Bucket") else { return }
    guard isBucket(bucket) else { throw .unfit(field.value.node, .bucket) }
  }

  private func checkMetadata() throws(WireFault) {
    guard let field = field("Metadata"), operation.isASCIIMetadata(field.member), let node = field.value.node
    else { return }
    for entry in document.entries(of: node) {
      for part in [entry.key, entry.value]
      where !document.isUnknown(part) && document.text(of: part).contains(where: { $0 >= 0x80 }) {
        throw .unfit(entry.value, .header)
      }
    }
  }

  /// A source with everything but slashes percent-encoded, and its version unchanged.
  private static func encodedCopySource(_ source: String) -> String {
    let (name, version) = copySourceParts(source)
    var bytes: [UInt8] = []
    appendEncoded(name.utf8, .path, to: &bytes)
    return String(decoding: bytes, as: UTF8.self) + version
  }

  /// A customer's key is sent in base64 with its MD5, which reveals as much as the key, so neither is shown.
  private mutating func addKeyDigest(_ prefix: String) {
    guard let key = text(of: "\(prefix)Key"), !has("\(prefix)KeyMD5"),
      input?.member("\(prefix)KeyMD5") != nil
    else { return }
    if !isRedacted(ArraySlice(key.utf8)) {
      set("\(prefix)Key", String(decoding: encodeBase64(Array(key.utf8)), as: UTF8.self))
    }
    set("\(prefix)KeyMD5", redacted)
  }

  // MARK: Other services

  /// The endpoint contains the account if the operation requires it; ARNs of outposts name the account.
  private mutating func changeForS3Control() throws(WireFault) {
    let needsAccount = operation.clientTraits.staticContext.contains {
      $0.name == "RequiresAccountId" && $0.value == .flag(true)
    }
    if needsAccount, hostPrefixTemplate == "{AccountId}." { hostPrefixTemplate = nil }
    for member in ["Name", "Bucket"] {
      if let kind = operation.outpostKind(of: member) { try takeAccount(from: member, kind: kind) }
    }
  }

  private mutating func takeAccount(from name: String, kind: String) throws(WireFault) {
    guard let text = text(of: name), let resource = ResourceName(text) else { return }
    guard resource.isOnOutpost(kind, account: self.text(of: "AccountId")) else {
      throw .unfit(field(name)?.value.node, .hostName)
    }
    fill("AccountId", resource.account)
  }

  /// Shortens ids as other calls return them, such as `/hostedzone/Z1`, to their last part.
  private mutating func shortenIDs() {
    for member in input?.members ?? [] {
      guard operation.isShortenedID(member), let text = text(of: member.name),
        let slash = text.lastIndex(of: "/")
      else { continue }
      set(member.name, String(text[text.index(after: slash)...]))
    }
  }

  private mutating func encodeUserData() {
    guard let text = text(of: "UserData"), !isRedacted(ArraySlice(text.utf8)) else { return }
    set("UserData", String(decoding: encodeBase64(Array(text.utf8)), as: UTF8.self))
  }

  // MARK: Fields

  func field(_ name: String) -> Field? { fields.first { $0.member.name == name } }

  /// Whether the operation has a member and the call has a value for it.
  func has(_ name: String) -> Bool { field(name) != nil }

  /// Whether a member's value is given, but known only at run time.
  func isUnknown(_ name: String) -> Bool {
    document.hasDynamic && field(name).map { isUnknown($0.value) } == true
  }

  /// Whether the file has a member, known or not.
  private func isGiven(_ name: String) -> Bool {
    call.parameters.flatMap { document.value(of: name, in: document.resolve($0)) } != nil
  }

  /// The text of a member; `nil` if it is absent, not text, or known only at run time.
  func text(of name: String) -> String? {
    guard let field = field(name) else { return nil }
    switch field.value {
    case .text(let text): return text
    case .node(let id):
      guard document[id].kind == .scalar, document.scalarType(of: id) != .null, !document.isUnknown(id) else {
        return nil
      }
      return document.string(of: id)
    }
  }

  private mutating func set(_ name: String, _ text: String) {
    guard let member = input?.member(name) else { return }
    let field = Field(member: member, value: .text(text))
    if let place = fields.firstIndex(where: { $0.member.name == name }) {
      fields[place] = field
    } else {
      fields.append(field)
    }
  }

  /// Sets a member if it has no value.
  private mutating func fill(_ name: String, _ text: String) {
    if !has(name) { set(name, text) }
  }

  private mutating func remove(_ name: String) { fields.removeAll { $0.member.name == name } }
}
