/// The three spellings of an operation.
///
/// - Source: the AWS CLI's and boto3's names, as botocore derives them from the model's.
public enum OperationSpelling {
  /// Names whose capitals do not begin words; botocore lists every operation that holds one.
  private static let brands = [
    ("WhatsApp", "Whatsapp"), ("PartiQL", "Partiql"), ("iSCSI", "Iscsi"), ("OTel", "Otel"), ("HITs", "Hits"),
    ("OAuth2", "Oauth2"),
  ]

  /// The name with words split by a separator, as the AWS CLI (`-`) and boto3 (`_`) write it.
  public static func split(_ name: String, by separator: Character) -> String {
    let letters = Array(brands.reduce(name) { name, brand in replacing(brand.0, by: brand.1, in: name) })
    var words = ""
    // A plural of an acronym at the end, as in `ListHITs`, is one word.
    let acronym = trailingAcronymStart(letters)
    for (index, letter) in letters.enumerated() {
      if index > 0, index == acronym || (index < acronym && startsWord(letters, at: index)) {
        words.append(separator)
      }
      words += letter.lowercased()
    }
    return words
  }

  private static func replacing(_ part: String, by other: String, in name: String) -> String {
    guard let range = name.firstRange(of: part) else { return name }
    return name[..<range.lowerBound] + other + name[range.upperBound...]
  }

  private static func startsWord(_ letters: [Character], at index: Int) -> Bool {
    let letter = letters[index]
    let previous = letters[index - 1]
    guard letter.isUppercase else { return false }
    if previous.isLowercase || previous.isNumber { return true }
    return index + 1 < letters.count && letters[index + 1].isLowercase
  }

  private static func trailingAcronymStart(_ letters: [Character]) -> Int {
    guard letters.last == "s" else { return letters.count }
    let capitals = letters.dropLast().reversed().prefix { $0.isUppercase }.count
    return capitals >= 2 ? letters.count - 1 - capitals : letters.count
  }
}

extension ServiceModel {
  /// The model's name of an operation that is written in one of the three spellings, or with the AWS CLI's second name.
  public func canonicalOperationName(_ written: String) -> String? {
    if hasOperation(written) { return written }
    let separator: Character = written.contains("_") ? "_" : "-"
    guard !written.contains(where: { $0.isUppercase }) else { return nil }
    if let name = operationNames.first(where: { OperationSpelling.split($0, by: separator) == written }) {
      return name
    }
    return CommandLineNames.operation(ofCommand: written, in: name).flatMap { hasOperation($0) ? $0 : nil }
  }
}
