package import Syntax

/// What AWS clients do to parameters before they hold them against the model.
extension Operation {
  /// The value that clients give a member of the input which a request leaves out; not that of idempotency tokens.
  ///
  /// - Source: Glacier's developer guide, where a hyphen stands for the account of the caller.
  package func clientDefault(of member: Member) -> String? {
    service == "glacier" && member.name == "accountId" ? "-" : nil
  }

  /// The idempotency tokens that a request lacks, which clients fill in.
  package func absentTokens(in parameters: NodeID?, of document: Document) -> [Member] {
    let tokens = input.map { self[$0].members.filter(\.isIdempotencyToken) } ?? []
    guard let parameters, !tokens.isEmpty else { return tokens }
    guard tokens.count > 2 else {
      return tokens.filter { document.value(of: $0.name, in: parameters) == nil }
    }
    let given = Set(document.entries(of: parameters).map { document.string(of: $0.key) })
    return tokens.filter { !given.contains($0.name) }
  }

  /// A member of the input that clients take by another name.
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

  /// Another name by which clients take a member of the input.
  package func alias(of member: Member) -> String? {
    renamed.flatMap { $0.member == member.name ? $0.alias : nil }
  }

  /// The member of the input that a name stands for in clients alone.
  package func member(forAlias name: String, of input: Shape) -> Member? {
    renamed.flatMap { $0.alias == name ? input.member($0.member) : nil }
  }

  /// The shape of a member that clients take for themselves and never send; `nil` for another name.
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

  /// Whether a request must give a member of the input itself.
  package func mustBeGiven(_ member: Member) -> Bool {
    member.isRequired && !member.isIdempotencyToken && clientDefault(of: member) == nil
  }
}

extension ServiceModel {
  /// The type that clients give a shape instead of the model's.
  ///
  /// - Source: S3 speaks of a date where its model has text.
  func clientType(ofShape shape: String) -> String? {
    name == "s3" && shape == "Expires" ? "timestamp" : nil
  }
}
