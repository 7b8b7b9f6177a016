import Foundation
import TestSupport

/// One run of the built binary.
struct Invocation {
  let status: Int32
  let output: String
  let errors: String

  /// The binary beside the tests, or the one that `REQLINT_BINARY` names.
  static var binary: URL {
    if let path = ProcessInfo.processInfo.environment["REQLINT_BINARY"] { return URL(fileURLWithPath: path) }
    return URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "reqlint")
  }

  init(
    _ arguments: [String], in folder: URL = Project.root, input: Data = Data(),
    environment: [String: String] = [:], executable: URL = Self.binary
  ) throws {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    // What a job on GitHub says of itself would change the output.
    process.environment = ProcessInfo.processInfo.environment.filter {
      !["GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"].contains($0.key)
    }.merging(environment) { $1 }
    let scratch = try Scratch()
    defer { scratch.remove() }
    let (outputFile, errorFile) = (try scratch.write("out", Data()), try scratch.write("err", Data()))
    let inputFile = try scratch.write("in", input)
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    process.waitUntilExit()
    status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    output = String(decoding: try Data(contentsOf: outputFile), as: UTF8.self)
    errors = String(decoding: try Data(contentsOf: errorFile), as: UTF8.self)
  }

  /// Runs the binary from a shell, which can make arguments that are no UTF-8.
  init(shell line: String, in folder: URL) throws {
    try self.init(
      ["-c", "exec '\(Self.binary.path)' \(line)"], in: folder, executable: URL(fileURLWithPath: "/bin/sh"))
  }

  init(_ line: String, in folder: URL = Project.root, input: String = "") throws {
    try self.init(line.split(separator: " ").map { String($0) }, in: folder, input: Data(input.utf8))
  }

  /// Standard output as JSON.
  func json() throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:]
  }

  /// Rule ids of a JSON report, in its order.
  func rules() throws -> [String] {
    (try json()["findings"] as? [[String: Any]] ?? []).compactMap { $0["rule"] as? String }
  }
}

/// A folder of its own that a test fills and removes.
struct Scratch {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appending(
      path: "reqlint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  @discardableResult
  func write(_ path: String, _ data: Data) throws -> URL {
    let file = folder.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
    return file
  }

  @discardableResult
  func write(_ path: String, _ text: String) throws -> URL { try write(path, Data(text.utf8)) }

  func read(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: path)), as: UTF8.self)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}

/// Runs a test body in a folder of its own.
func withScratch(_ body: (Scratch) throws -> Void) throws {
  let scratch = try Scratch()
  defer { scratch.remove() }
  try body(scratch)
}

/// The reference time of all transcripts.
let referenceTime = "2026-11-20T12:00:00Z"
