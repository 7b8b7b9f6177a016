package import Syntax

/// Changes that AWS clients make to parameters before they validate them against the model.
extension Operation {
  /// The value that clients use for an input member that a request omits, apart from idempotency tokens.
  ///
  /// - Source: Glacier's developer guide, where a hyphen means the caller's account.
  package func clientDefault(of member: Member) -> String? {
    service == "glacier" && member.name == "accountId" ? "-" : nil
  }

  /// The idempotency tokens that a request omits and clients fill in.
  package func absentTokens(in parameters: NodeID?, of document: Document) -> [Member] {
    let tokens = input.map { self[$0].members.filter(\.isIdempotencyToken) } ?? []
    guard let parameters, !tokens.isEmpty else { return tokens }
    guard tokens.count > 2 else {
      return tokens.filter { document.value(of: $0.name, in: parameters) == nil }
    }
    let given = Set(document.entries(of: parameters).map { document.string(of: $0.key) })
    return tokens.filter { !given.contains($0.name) }
  }

  /// An input member for which clients use another name.
  ///
  /// - Source: boto3's documentation, which gives the members these names.
  private var renamed: (member: String, alias: String)? {
    switch (service, name) {
    case ("ec2", _): ("Filter", "Filters")
    case ("logs", "CreateExportTask"): ("from", "fromTime")
    case ("cloudsearchdomain", "Search"): ("return", "returnFields")
    default: nil
    }
  }

  /// The other name that clients use for an input member.
  package func alias(of member: Member) -> String? {
    renamed.flatMap { $0.member == member.name ? $0.alias : nil }
  }

  /// The input member for a name that only clients know.
  package func member(forAlias name: String, of input: Shape) -> Member? {
    renamed.flatMap { $0.alias == name ? input.member($0.member) : nil }
  }

  /// The shape of a member that clients consume themselves and never send; `nil` for other names.
  ///
  /// - Source: the clients of databases sign an address in the region that `SourceRegion` names.
  package func clientMember(_ name: String) -> Shape? {
    guard name == "SourceRegion", ["rds", "neptune", "docdb"].contains(service),
      [
        "CopyDBClusterSnapshot", "CopyDBSnapshot", "CreateDBCluster", "CreateDBInstanceReadReplica",
        "StartDBInstanceAutomatedBackupsReplication",
      ].contains(self.name)
    else { return nil }
    return shapes.first { $0.name == "String" }
  }

  /// Whether a request itself must supply an input member.
  package func mustBeGiven(_ member: Member) -> Bool {
    member.isRequired && !member.isIdempotencyToken && clientDefault(of: member) == nil
  }
}

extension ServiceModel {
  /// The type that clients use for a shape instead of the model's.
  ///
  /// - Source: S3 documents a date where its model has text.
  func clientType(ofShape shape: String) -> String? {
    name == "s3" && shape == "Expires" ? "timestamp" : nil
  }
}
