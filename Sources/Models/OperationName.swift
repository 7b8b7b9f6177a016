internal import Syntax

/// The three spellings of an operation.
///
/// - Source: the AWS CLI's and boto3's names, as botocore derives them from the model's.
package enum OperationSpelling {
  /// Names whose capitals do not begin words; botocore lists every operation that contains one.
  private static let brands = [
    ("WhatsApp", "Whatsapp"), ("PartiQL", "Partiql"), ("iSCSI", "Iscsi"), ("OTel", "Otel"), ("HITs", "Hits"),
    ("OAuth2", "Oauth2"),
  ].map { (name: Array($0.utf8), word: Array($1.utf8)) }

  /// The name with its words separated, as the AWS CLI (`-`) and boto3 (`_`) write it.
  ///
  /// - Parameter separator: an ASCII character.
  package static func split(_ name: String, by separator: Unicode.Scalar) -> String {
    var letters = Array(name.utf8)
    for brand in brands {
      guard let start = letters.firstIndex(of: brand.name) else { continue }
      letters.replaceSubrange(start..<start + brand.name.count, with: brand.word)
    }
    var words: [UInt8] = []
    words.reserveCapacity(letters.count + 8)
    // An acronym in the plural at the end, as in `ListHITs`, is one word.
    let acronym = trailingAcronymStart(letters)
    for (index, letter) in letters.enumerated() {
      if index > 0, index == acronym || (index < acronym && startsWord(letters, at: index)) {
        words.append(UInt8(ascii: separator))
      }
      words.append(lowercased(letter))
    }
    return String(decoding: words, as: UTF8.self)
  }

  private static func startsWord(_ letters: [UInt8], at index: Int) -> Bool {
    guard isCapital(letters[index]) else { return false }
    if isSmall(letters[index - 1]) || (0x30...0x39).contains(letters[index - 1]) { return true }
    return index + 1 < letters.count && isSmall(letters[index + 1])
  }

  private static func trailingAcronymStart(_ letters: [UInt8]) -> Int {
    guard letters.last == UInt8(ascii: "s") else { return letters.count }
    let capitals = letters.dropLast().reversed().prefix(while: isCapital).count
    return capitals >= 2 ? letters.count - 1 - capitals : letters.count
  }

  private static func isCapital(_ letter: UInt8) -> Bool { (0x41...0x5A).contains(letter) }

  private static func isSmall(_ letter: UInt8) -> Bool { (0x61...0x7A).contains(letter) }
}

extension ServiceModel {
  /// The model's name of an operation written in any of the three spellings, or with the AWS CLI's second name.
  package func canonicalOperationName(_ written: String) -> String? {
    if hasOperation(written) { return written }
    let separator: Unicode.Scalar = written.contains("_") ? "_" : "-"
    guard !written.contains(where: { $0.isUppercase }) else { return nil }
    if let name = operationNames.first(where: { OperationSpelling.split($0, by: separator) == written }) {
      return name
    }
    return CommandLineNames.operation(ofCommand: written, in: name).flatMap { hasOperation($0) ? $0 : nil }
  }
}
