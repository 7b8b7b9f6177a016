internal import Syntax

/// Names of members whose values must not be shown, in lower case.
package struct SensitiveNames: Sendable {
  /// Members that are sensitive, or that have sensitive keys, items or values.
  package private(set) var values: Set<String>
  /// Members that contain such members.
  package private(set) var owners: Set<String>
  /// The `values` without separators.
  private var folded: Set<[UInt32]>

  package init(values: Set<String> = [], owners: Set<String> = []) {
    self.values = values
    self.owners = owners
    folded = Set(values.map(foldedName))
  }

  package var isEmpty: Bool { values.isEmpty }

  /// Whether a name is one of these, or a misspelling of one.
  package func isNear(_ name: String) -> Bool {
    guard !isEmpty else { return false }
    let name = name.lowercased()
    if values.contains(name) || owners.contains(name) { return true }
    guard values.count + owners.count <= mostNames else { return true }
    let written = foldedName(name)
    if written.isEmpty { return false }
    if folded.contains(written) { return true }
    return folded.contains { isMisspelt(written, $0) }
      || owners.contains { isMisspelt(written, foldedName($0)) }
  }

  /// Whether a name is in `values`, or a misspelling of one there.
  package func isValue(_ name: String) -> Bool {
    guard !isEmpty else { return false }
    let written = foldedName(name)
    if folded.contains(written) { return true }
    guard written.count >= Self.leastMisspelt else { return false }
    guard folded.count <= mostNames else { return true }
    return folded.contains { known in
      known.count >= Self.leastMisspelt && editDistance(written, known, atMost: written.count / 4) != nil
    }
  }

  /// Shorter names resemble too many others.
  private static let leastMisspelt = 5

  package mutating func formUnion(_ other: SensitiveNames) {
    guard !isEmpty || !owners.isEmpty else { return self = other }
    values.formUnion(other.values)
    owners.formUnion(other.owners)
    folded.formUnion(other.folded)
  }

  /// Whether a text seems to assign a value to one of the names, as JSON or YAML inside a string does.
  func isMentioned(by id: NodeID, in document: Document) -> Bool {
    guard !values.isEmpty, document.textCount(of: id) > 2 else { return false }
    let text = document.text(of: id)
    guard text.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=") }) else { return false }
    return isNamed(in: text)
  }

  /// Whether one of the names is a word of a text.
  package func isNamed(in text: some Collection<UInt8>) -> Bool {
    text.split { !isWordByte($0) && $0 != UInt8(ascii: "-") }.contains { word in
      let name = String(decoding: word, as: UTF8.self)
      return folded.contains(foldedName(name)) || owners.contains(name.lowercased())
    }
  }
}
