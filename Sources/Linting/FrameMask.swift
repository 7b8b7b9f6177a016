internal import Models
internal import Requests
internal import Syntax

/// What of a document's frame must not be shown: what is unknown there, or of the wrong type.
struct FrameMask {
  private static let nameKeys = ["service", "operation", "region", "account"]
  private static let textKeys = nameKeys + ["id", "description"]

  let document: Document
  /// Parameters of requests.
  let held: Set<NodeID>
  /// Names of members that a text must not give values to.
  let words: SecretWords
  var parts = MaskedParts()

  init(document: Document, held: Set<NodeID>, words: SecretWords) {
    self.document = document
    self.held = held
    self.words = words
  }

  /// Whether a key, misspelt or not, names something that may be shown.
  private static func isTextKey(_ key: String) -> Bool {
    textKeys.contains(key) || suggestion(for: key, among: textKeys) != nil
  }

  /// Whether a text that may be shown by its key may hold what must not be shown.
  private func mayHideValues(_ id: NodeID, of key: String) -> Bool {
    guard !Self.nameKeys.contains(key) else {
      return document.withText(of: id) { Request.isMoreThanName($0, allowsBlanks: key == "operation") }
    }
    let text = document.text(of: id)
    return Request.holdsOptions(Array(text)) || words.assigns(text)
  }

  mutating func add(_ frame: NodeID) {
    for entry in document.entries(of: frame) where !held.contains(entry.value) {
      let key = document.string(of: entry.key)
      let kind = document[entry.value].kind
      switch key {
      case "requests" where kind == .sequence:
        for item in document.items(of: entry.value) {
          if document[item].kind == .mapping {
            add(item)
          } else {
            parts.add(whole: item)
          }
        }
      case "defaults" where kind == .mapping: add(entry.value)
      case _ where kind == .scalar && Self.isTextKey(key) && !mayHideValues(entry.value, of: key): continue
      default: parts.add(whole: entry.value, entry: entry)
      }
    }
  }
}
