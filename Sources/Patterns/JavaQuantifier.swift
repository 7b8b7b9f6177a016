/// How often a piece may repeat.
struct JavaQuantifier {
  let minimum: Int
  /// `nil` without a limit.
  let maximum: Int?
  /// In the syntax that both dialects share, including its lazy or possessive suffix.
  let text: String
}

extension JavaTranslation {
  /// Reads a quantifier; `nil` if there is none.
  mutating func quantifier() throws(Problem) -> JavaQuantifier? {
    let start = position
    var bounds: (minimum: Int, maximum: Int?)
    switch next {
    case "?": bounds = (0, 1)
    case "*": bounds = (0, nil)
    case "+": bounds = (1, nil)
    case "{":
      position += 1
      bounds = try counts()
    default: return nil
    }
    if scalars[start] != "{" { position += 1 }
    var text = scalars[start] == "{" ? countText(bounds) : String(scalars[start])
    if skip("?") { text += "?" } else if skip("+") { text += "+" }
    return JavaQuantifier(minimum: bounds.minimum, maximum: bounds.maximum, text: text)
  }

  private func countText(_ bounds: (minimum: Int, maximum: Int?)) -> String {
    "{\(bounds.minimum),\(bounds.maximum.map(String.init) ?? "")}"
  }

  private mutating func counts() throws(Problem) -> (minimum: Int, maximum: Int?) {
    guard let minimum = try number() else { throw .invalid("a brace opens no count of repetitions") }
    var maximum: Int? = minimum
    if skip(",") { maximum = try number() }
    guard skip("}") else { throw .invalid("a count of repetitions is not closed") }
    if let maximum, maximum < minimum { throw .invalid("a count of repetitions runs backwards") }
    return (minimum, maximum)
  }

  private mutating func number() throws(Problem) -> Int? {
    let start = position
    var value = 0
    while let scalar = next, isDigit(scalar) {
      value = value * 10 + Int(scalar.value - 0x30)
      guard value <= Int32.max else { throw .invalid("a count of repetitions is too large") }
      position += 1
    }
    // This exceeds the length of any matched text, and ICU's largest count.
    return position == start ? nil : min(value, 1 << 22)
  }
}
