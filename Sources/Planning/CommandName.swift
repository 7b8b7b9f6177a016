/// Names that the AWS CLI has for services.
enum CommandName {
  /// The command of a service; the CLI renames a few of botocore's.
  ///
  /// - Source: the AWS CLI's own list of renamed services.
  static func service(_ name: String) -> String {
    switch name {
    case "s3": "s3api"
    case "codedeploy": "deploy"
    case "config": "configservice"
    default: name
    }
  }
}

/// Words as a shell takes them.
///
/// - Shape: words of plain characters stay, others stand in single quotes.
/// - Source: POSIX.1-2024, shell command language, quoting.
public func shellQuoted(_ word: String) -> String {
  let isPlain =
    !word.isEmpty
    && word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "-_./:=@%+,".utf8.contains(byte)
      }
    }
  guard !isPlain else { return word }
  var quoted = "'"
  for scalar in word.unicodeScalars {
    if scalar == "'" { quoted += "'\\''" } else { quoted.unicodeScalars.append(scalar) }
  }
  return quoted + "'"
}

/// A command line with the region that the request has.
func shellLine(_ words: [String], region: String?) -> String {
  (words + (region.map { ["--region", $0] } ?? [])).map { shellQuoted($0) }.joined(separator: " ")
}
