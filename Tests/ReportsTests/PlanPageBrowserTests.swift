import Foundation
import TestSupport
import Testing

/// Opens the pages in a real browser; `Tests/page/check.py` says what it checks.
@Suite struct PlanPageBrowserTests {
  @Test(
    .enabled(if: chromium != nil, "no chromium: neither REQLINT_CHROMIUM nor on PATH"),
    .enabled(if: python != nil, "no python3 on PATH"))
  func readersSeeAndCanDoAllOfIt() throws {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appending(path: "plan-pages-\(UUID().uuidString)")
    defer { try? files.removeItem(at: folder) }
    try PlanPageFiles.write(to: folder)
    let log = folder.appending(path: "check.log")
    try Data().write(to: log)

    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(Self.python))
    process.arguments = ["-B", Project.root.appending(path: "Tests/page/check.py").path, folder.path]
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["REQLINT_CHROMIUM": try #require(Self.chromium)]) { _, chosen in chosen }
    process.standardInput = FileHandle.nullDevice
    let output = try FileHandle(forWritingTo: log)
    process.standardOutput = output
    process.standardError = output
    try process.run()
    process.waitUntilExit()

    let lines = try String(contentsOf: log, encoding: .utf8).split(separator: "\n")
    #expect(process.terminationStatus == 0)
    #expect(lines.filter { !$0.hasPrefix("ok: ") }.count == 1, "\(lines.filter { !$0.hasPrefix("ok: ") })")
    #expect(lines.last?.hasSuffix(" checks, 0 failed") == true)
  }

  private static let chromium =
    ProcessInfo.processInfo.environment["REQLINT_CHROMIUM"]
    ?? ["chromium", "chromium-browser", "google-chrome", "chrome"].lazy.compactMap(onPath).first
  private static let python = onPath("python3")

  private static func onPath(_ name: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").lazy
      .map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
