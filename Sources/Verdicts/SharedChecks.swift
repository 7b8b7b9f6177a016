extension BuiltInCheck {
  package static let duplicateKey = BuiltInCheck(
    "duplicate-key", "Key given twice",
    why: "Readers keep one of the values without a word, mostly the last.")
  package static let wrongType = BuiltInCheck(
    "wrong-type", "Value of another type",
    why: "Clients refuse to send it.")
  package static let tooShort = BuiltInCheck(
    "too-short", "String, list or map shorter than the model says",
    why: "The service refuses it. A string counts in Unicode scalar values.")
  package static let patternMismatch = BuiltInCheck(
    "pattern-mismatch", "String that does not match the model's pattern",
    why:
      "Services match the whole string; clients do not look. A warning where a part matches and no live evidence is known."
  )
}
