import Foundation
import TestSupport
import Testing

/// Models that cannot be used are named with their file, and keep no other from being used.
@Suite struct BadModelsTests {
  private static let good = model(
    #""In": {"type": "structure", "members": {"A": {"shape": "S"}}}, "S": {"type": "string"}"#)

  private static func model(_ shapes: String, protocol wireProtocol: String = "json") -> String {
    #"{"metadata": {"apiVersion": "1", "endpointPrefix": "some", "protocol": "\#(wireProtocol)", "uid": "some-1"}, "#
      + #""operations": {"Put": {"http": {"method": "POST", "requestUri": "/"}, "input": {"shape": "In"}}}, "#
      + #""shapes": {\#(shapes)}}"#
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let model: String
    let problem: String
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "empty", model: "", problem: "byte 0: text ends inside the JSON value"),
    Case(name: "no object", model: "[]", problem: "has no metadata"),
    Case(name: "no operations", model: #"{"metadata": {}}"#, problem: "has no operations"),
    Case(
      name: "dangling shape", model: model(#""In": {"type": "list", "member": {"shape": "Gone"}}"#),
      problem: "names shape Gone, which it does not describe"),
    Case(
      name: "reference without a shape", model: model(#""In": {"type": "structure", "members": {"A": {}}}"#),
      problem: "has no shapes.In.members.A.shape"),
    Case(
      name: "list of nothing", model: model(#""In": {"type": "list"}"#), problem: "has no shapes.In.member"),
    Case(
      name: "map without values", model: model(#""In": {"type": "map", "key": {"shape": "In"}}"#),
      problem: "has no shapes.In.value"),
    Case(
      name: "endless shape",
      model: model(#""In": {"type": "structure", "required": ["A"], "members": {"A": {"shape": "In"}}}"#),
      problem: "shape In holds itself and nothing else, or requires itself"),
    Case(
      name: "unknown type", model: model(#""In": {"type": "bigInteger"}"#),
      problem: "shape In is of type \"bigInteger\", which is not known"),
    Case(
      name: "deep JSON", model: String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000),
      problem: "byte 512: nesting is deeper than 512 levels"),
    Case(
      name: "shapes 20,000 deep",
      model: model(
        (0..<20_000).map {
          #""\#($0 == 0 ? "In" : "S\($0)")": {"type": "structure", "members": {"m": {"shape": "S\#($0 + 1)"}}}"#
        }.joined(separator: ", ") + #", "S20000": {"type": "string"}"#),
      problem: "shape S100 lies deeper than 100 levels in an input"),
  ]

  private func write(_ test: Case, to scratch: Scratch) throws {
    try scratch.write("d/good/2020-01-01/service-2.json", Self.good)
    try scratch.write("d/bad/2020-01-01/service-2.json", test.model)
    try scratch.write("bad.yaml", "{service: bad, operation: Put, parameters: {A: x}}\n")
    try scratch.write("good.yaml", "{service: good, operation: Put, parameters: {A: x}}\n")
  }

  @Test(arguments: cases)
  func lint(_ test: Case) throws {
    try withScratch { scratch in
      try write(test, to: scratch)
      let run = try Invocation("lint --models d bad.yaml good.yaml", in: scratch.folder)
      #expect(run.status == 2)
      #expect(
        run.output.hasPrefix(
          "bad.yaml:1:27: error: the model of bad.Put cannot be used: d/bad/2020-01-01/service-2.json: \(test.problem)"
        ))
      #expect(run.output.hasSuffix("\n2 requests in 2 files: 1 error, 0 warnings\n"))
    }
  }

  @Test(arguments: cases)
  func diff(_ test: Case) throws {
    try withScratch { scratch in
      try write(test, to: scratch)
      let run = try Invocation("catalog diff d", in: scratch.folder)
      #expect(run.status == 2)
      #expect(run.errors.hasPrefix("reqlint: d/bad/2020-01-01/service-2.json: \(test.problem)"))
      #expect(run.errors.split(separator: "\n").count == 1)
      #expect(run.output.contains("\ngood\n  service added, 1 operation\n"))
    }
  }

  @Test(arguments: cases)
  func importing(_ test: Case) throws {
    try withScratch { scratch in
      try write(test, to: scratch)
      try scratch.write("d/partitions.json", #"{"partitions": []}"#)
      let run = try Invocation("catalog import d --into out --source here", in: scratch.folder)
      #expect(run.status == 2)
      #expect(run.errors.hasPrefix("reqlint: d/bad/2020-01-01/service-2.json: \(test.problem)"))
      #expect(run.errors.hasSuffix("\nreqlint: 1 service written to out\n"))
      let files = try FileManager.default.contentsOfDirectory(
        atPath: scratch.folder.appending(path: "out/files").path)
      #expect(files.sorted() == ["good.json", "partitions.json", "sensitive-members.json"])
    }
  }

  // MARK: Files

  @Test func truncatedGzip() throws {
    try withScratch { scratch in
      try scratch.write("plain/service-2.json", Self.good)
      let packed = try pack("plain/service-2.json", in: scratch)
      try scratch.write("d/good/2020-01-01/service-2.json.gz", packed)
      try scratch.write("d/torn/2020-01-01/service-2.json.gz", packed.dropLast(9))
      let run = try Invocation("catalog diff d", in: scratch.folder)
      #expect(run.status == 2)
      #expect(run.errors == "reqlint: d/torn/2020-01-01/service-2.json.gz: cannot be unpacked: truncated\n")
      #expect(run.output.contains("\ngood\n  service added, 1 operation\n"))
    }
  }

  private func pack(_ path: String, in scratch: Scratch) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/gzip")
    process.arguments = [scratch.folder.appending(path: path).path]
    try process.run()
    process.waitUntilExit()
    return try Data(contentsOf: scratch.folder.appending(path: "\(path).gz"))
  }

  /// What the system refuses: a folder in place of the file, a link that leads nowhere, links in a circle.
  @Test func filesThatCannotBeRead() throws {
    try withScratch { scratch in
      try scratch.write("d/good/2020-01-01/service-2.json", Self.good)
      try scratch.write("d/folder/2020-01-01/service-2.json/x", "")
      try scratch.write("d/nowhere/2020-01-01/x", "")
      try scratch.write("d/circle/2020-01-01/x", "")
      let links = [
        ("d/nowhere/2020-01-01/service-2.json", "gone"),
        ("d/circle/2020-01-01/service-2.json", "service-2.json"),
        ("d/loop", "loop"), ("d/good/2021-01-01", "../good/2021-01-01"),
      ]
      for (path, target) in links {
        try FileManager.default.createSymbolicLink(
          atPath: scratch.folder.appending(path: path).path, withDestinationPath: target)
      }
      let run = try Invocation("catalog diff d", in: scratch.folder)
      #expect(run.status == 2)
      #expect(
        run.errors == """
          reqlint: d/circle/2020-01-01/service-2.json: cannot be read: Too many levels of symbolic links
          reqlint: d/folder/2020-01-01/service-2.json: cannot be read: Is a directory
          reqlint: d/nowhere/2020-01-01/service-2.json: cannot be read: No such file or directory

          """)
      #expect(run.output.contains("\ngood\n  service added, 1 operation\n"))
    }
  }

  @Test func namesThatAreNoUTF8() throws {
    try withScratch { scratch in
      try scratch.write("d/good/2020-01-01/service-2.json", Self.good)
      let shell = try Invocation(
        [
          "-c",
          #"n=$(printf 'd/n\377'); mkdir -p "$n/2020-01-01" && cp d/good/2020-01-01/service-2.json "$n/2020-01-01""#,
        ],
        in: scratch.folder, executable: URL(fileURLWithPath: "/bin/sh"))
      #expect(shell.status == 0)
      let run = try Invocation("catalog diff d", in: scratch.folder)
      #expect(run.status == 1)
      #expect(run.output.contains("\ngood\n  service added, 1 operation\n"))
      #expect(run.output.contains("1 service compared"))
    }
  }

  /// Requests can be linted against a protocol that is not known, and listed; `import` says what cannot be done.
  @Test func unknownProtocol() throws {
    try withScratch { scratch in
      try scratch.write("d/some/2020-01-01/service-2.json", Self.good.replacing(#""json""#, with: #""grpc""#))
      try scratch.write("d/partitions.json", #"{"partitions": []}"#)
      try scratch.write("a.yaml", "{service: some, operation: Put, parameters: {A: x}}\n")
      #expect(try Invocation("lint --models d a.yaml", in: scratch.folder).status == 0)
      let list = try Invocation("catalog list --models d", in: scratch.folder)
      #expect(list.status == 0)
      let row = list.output.split(separator: "\n").first { $0.hasPrefix("some ") }
      #expect(row?.split(separator: " ") == ["some", "1", "grpc", "(not", "known)", "1"])
      let run = try Invocation("catalog import d --into out --source here", in: scratch.folder)
      #expect(run.status == 0)
      #expect(
        run.errors == """
          reqlint: d: some speaks the protocol "grpc", which is not known: its requests can be linted, not planned
          reqlint: 1 service written to out

          """)
    }
  }

  // MARK: Names in requests

  @Test(arguments: [
    "../good", "good@", "good@../good", "", "@", ".", "good/2020-01-01", "good@2020-01-01/.", "partitions",
    "es.endpoints",
  ])
  func hostileServiceName(_ name: String) throws {
    try withScratch { scratch in
      try scratch.write("d/good/2020-01-01/service-2.json", Self.good)
      try scratch.write("a.yaml", "service: \"\(name)\"\noperation: Put\nparameters: {A: x}\n")
      for arguments in ["lint --format json a.yaml", "lint --format json --models d a.yaml"] {
        let run = try Invocation(arguments, in: scratch.folder)
        #expect(run.status == 1)
        #expect(try run.rules() == ["unknown-service"])
      }
    }
  }

  /// An older version of a model, where the folder has one.
  @Test func versionOfAModel() throws {
    try withScratch { scratch in
      try scratch.write("d/good/2020-01-01/service-2.json", Self.good)
      try scratch.write("d/good/2021-01-01/service-2.json", Self.good.replacing(#""A""#, with: #""B""#))
      for (service, rules) in [
        ("good", ["unknown-parameter"]), ("good@2020-01-01", []), ("good@2021-01-01", ["unknown-parameter"]),
      ] {
        try scratch.write("a.yaml", "service: \(service)\noperation: Put\nparameters: {A: x}\n")
        #expect(try Invocation("lint --format json --models d a.yaml", in: scratch.folder).rules() == rules)
      }
    }
  }
}
