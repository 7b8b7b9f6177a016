/// How much of a file is read before it is called hostile.
///
/// - Units: bytes of the file; levels of nesting; nodes that aliases stand for, nested ones multiplied out;
///   findings kept for a file.
public struct Limits: Sendable {
  public var fileBytes: Int
  public var nesting: Int
  public var aliasedNodes: Int
  public var findings: Int

  public init(
    fileBytes: Int = 256 << 20, nesting: Int = 512, aliasedNodes: Int = 1_000_000, findings: Int = 1000
  ) {
    self.fileBytes = fileBytes
    self.nesting = nesting
    self.aliasedNodes = aliasedNodes
    self.findings = findings
  }
}
