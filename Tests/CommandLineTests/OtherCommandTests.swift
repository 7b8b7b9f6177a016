import Foundation
import TestSupport
import Testing

@Suite struct OtherCommandTests {
  @Test func listOfRulesIsTheCommittedOne() throws {
    let run = try Invocation("rules list --format markdown")
    #expect(run.status == 0)
    let committed = try String(contentsOf: Project.root.appending(path: "rules/README.md"), encoding: .utf8)
    #expect(run.output == committed)
  }

  @Test func builtInPacksPassTheirOwnExamples() throws {
    let run = try Invocation("rules test rules")
    #expect(run.status == 0)
    #expect(run.output.hasSuffix(" examples, 0 faults\n"))
  }

  @Test func policiesPassTheirOwnExamples() throws {
    let run = try Invocation("rules test samples/policies/rules")
    #expect(run.status == 0)
    #expect(run.output == "7 rules, 40 examples, 0 faults\n")
  }

  @Test func exampleThatComesOutOtherwiseIsToldWithItsPlace() throws {
    try withScratch { scratch in
      try scratch.write(
        "pack/short-name.yaml",
        """
        title: short
        severity: error
        operations: [es.StartElasticsearchServiceSoftwareUpdate]
        assert: {properties: {DomainName: {maxLength: 5}}}
        message: DomainName {DomainName} is long
        why: w
        source: https://example.com
        examples:
          good:
            - {DomainName: toolong}
          bad:
            - {DomainName: short}

        """)
      let run = try Invocation("rules test pack", in: scratch.folder)
      #expect(run.status == 1)
      #expect(
        run.output == """
          pack/short-name.yaml:10:7: good example fails: DomainName toolong is long
          pack/short-name.yaml:12:7: bad example passes
          1 rules, 2 examples, 2 faults

          """)
    }
  }

  @Test func everyRuleCanBeExplained() throws {
    let list = try Invocation("rules list")
    let ids = list.output.split(separator: "\n").compactMap {
      $0.split(separator: " ").dropFirst().first.map { String($0) }
    }
    #expect(ids.count > 70)
    #expect(Set(ids).count == ids.count)
    for id in ids {
      let run = try Invocation("explain \(id)")
      #expect(run.status == 0)
      #expect(run.output.hasPrefix("\(id) ("), "\(id)")
    }
  }

  @Test func unknownRuleIsRefusedWithASuggestion() throws {
    let run = try Invocation("explain demo-bucket-nam")
    #expect(run.status == 2)
    #expect(
      run.errors
        == "reqlint: there is no rule, service or operation \"demo-bucket-nam\"; did you mean demo-bucket-name?\n"
    )
  }

  @Test func importThatFindsNothingSaysSo() throws {
    try withScratch { scratch in
      for (folder, reason) in [
        (".", "holds no model of a service (SERVICE/VERSION/service-2.json)"),
        ("gone", "cannot be read: No such file or directory"),
      ] {
        for arguments in ["import \(folder) --into out", "list --models \(folder)"] {
          let run = try Invocation("catalog \(arguments)", in: scratch.folder)
          #expect(run.status == 2)
          #expect(run.errors == "reqlint: \(folder): \(reason)\n")
        }
      }
    }
  }

  /// Every console block of README that shows a command is run, and its output compared.
  @Test func readmeShowsWhatIsPrinted() throws {
    let readme = try String(contentsOf: Project.root.appending(path: "README.md"), encoding: .utf8)
    let blocks = readme.components(separatedBy: "```").filter { $0.hasPrefix("console\n$ reqlint ") }
    #expect(blocks.count >= 3)
    for block in blocks {
      let lines = block.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
      let command = try #require(lines.first).dropFirst("$ reqlint ".count)
      let run = try Invocation(String(command))
      #expect(run.output + run.errors == lines.dropFirst().joined(separator: "\n"), "\(command)")
    }
  }
}
