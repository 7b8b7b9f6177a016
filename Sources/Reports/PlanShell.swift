internal import Linting
internal import Planning
internal import Syntax
internal import Verdicts

extension PlanFormat {
  package static let sh = PlanFormat("sh") { plan, _, put in put(renderShell(plan)) }
}

/// Renders a plan as a POSIX shell script that sends its requests in order by the AWS CLI.
///
/// - Shape: sends nothing where a planned file has changed, or where any request may not be sent.
/// - Units: sensitive members are written out; every argument stays below 128 KiB, the limit of Linux.
func renderShell(_ plan: Plan) -> [UInt8] {
  let requests = Dictionary(plan.requests.map { ($0.id, $0) }) { first, _ in first }
  let order = plan.order.map { layer in layer.compactMap { requests[$0] } }
  let obstacles = Obstacle.all(of: plan, sent: Set(order.joined().map(\.id)))
  var script = ShellScript()
  script.addHeader(of: plan)
  if obstacles.isEmpty {
    script.addFileChecks(of: plan)
    script.addEndpoints(of: plan)
    script.addRequests(order)
  } else {
    script.addRefusal(obstacles)
  }
  return Array(script.text.utf8)
}

/// Why a plan is not sent.
private struct Obstacle {
  let text: String

  static func all(of plan: Plan, sent: Set<String>) -> [Obstacle] {
    let faults = plan.findings.filter { $0.severity == .error }.map { finding in
      Obstacle(text: "\(finding.file):\(finding.start.line): \(finding.message)")
    }
    let requests = plan.requests.compactMap { request -> Obstacle? in
      let reason: String
      let unsafe = request.findings.first(where: \.isUnsafeCommandValue)
      if let finding = request.findings.first(where: \.isNonFiniteNumber) {
        return Obstacle(request, at: finding, finding.message)
      } else if plan.order.count > 1, let unsafe {
        return Obstacle(request, at: unsafe, "others may wait for it, but \(unsafe.message)")
      } else if request.verdict == .blocked {
        reason = "blocked"
      } else if request.command.isEmpty {
        reason = "no command line can be made\(request.commandNote.map { ": \($0)" } ?? "")"
      } else if request.command.contains(where: { $0.utf8.contains(0) }) {
        reason = "a word of its command line holds U+0000, which no shell can pass on"
      } else if !sent.contains(request.id) {
        reason = "it has no place in the order"
      } else {
        return nil
      }
      return Obstacle(text: "\(request.id) (\(request.file):\(request.line)): \(reason)")
    }
    let nameless = plan.files.filter { $0.path.holdsForeignByte }.map { file in
      Obstacle(text: "\(file.path): its name is not UTF-8, so the script could not check the file")
    }
    return requests + faults + nameless + plan.gaps.map { Obstacle(text: $0) }
  }

  private init(text: String) { self.text = text }

  private init(_ request: PlannedRequest, at finding: LocatedFinding, _ reason: String) {
    text = "\(request.id) (\(finding.file):\(finding.start.line)): \(reason)"
  }
}

extension String {
  /// Whether a path has bytes that are not UTF-8, which plans show as `\xE9`.
  fileprivate var holdsForeignByte: Bool {
    var rest = utf8[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "\\")) {
      rest = rest[start...].dropFirst()
      let digits = rest.prefix(3)
      if digits.count == 3, digits.first == UInt8(ascii: "x"),
        let byte = UInt8(Substring(digits.dropFirst()), radix: 16), byte >= 0x80
      {
        return true
      }
    }
    return false
  }
}

/// The text of a script, line by line.
private struct ShellScript {
  /// The longest JSON text that is passed as an argument.
  static let longestArgument = 100_000

  private(set) var text = ""

  mutating func add(_ lines: String) { text += lines + "\n" }

  /// Adds a comment; what it shows cannot end it.
  mutating func comment(_ shown: String) { add(shown.isEmpty ? "#" : "# \(visible(shown))") }

  mutating func addHeader(of plan: Plan) {
    add("#!/bin/sh")
    add("# shellcheck disable=SC2016 # Nothing in single quotes is meant to be expanded.")
    comment("Dry-run plan of \(counted(plan.requests.count, "request")), made by reqlint.")
    comment("")
    comment("digest:   \(plan.digest)")
    comment("now:      \(plan.now.rfc3339)")
    comment("catalog:  \(plan.catalogSource)")
    let counts = PlannedRequest.Verdict.allCases.reversed().map { "\(plan.count($0)) \($0.rawValue)" }
    comment("requests: \(counts.joined(separator: ", "))")
    if !plan.conflicts.isEmpty { comment("conflicts: \(plan.conflicts.count)") }
    for finding in plan.findings {
      comment(
        "\(finding.severity.rawValue) outside any request: \(finding.file):\(finding.start.line): \(finding.message)"
      )
    }
    for gap in plan.gaps { comment("incomplete: \(gap)") }
    add("")
    add("set -eu")
  }

  /// Adds a refusal in place of the commands of a plan that must not be sent.
  mutating func addRefusal(_ obstacles: [Obstacle]) {
    add("")
    comment("Not everything in this plan may be sent, so nothing is: a part of it was never reviewed.")
    comment("Mend what is named here and plan again.")
    add("printf '%s\\n' 'nothing is sent, for not everything in this plan can be:' >&2")
    for obstacle in obstacles {
      add("printf '%s\\n' \(shellWord(withoutCommands("  " + visible(obstacle.text)))) >&2")
    }
    add("exit 1")
  }

  /// Adds the check that the files are still what was planned.
  mutating func addFileChecks(of plan: Plan) {
    let files = plan.files.filter { $0.path != "<stdin>" }
    guard !files.isEmpty else { return }
    add("")
    comment("The files must still be those that were planned. Run this where they were planned,")
    comment("for relative paths start from the working directory.")
    add(Self.checkFunctions)
    for file in files {
      // A redirection takes the path as it is; only what is shown must be free of all that is obeyed.
      let shown = withoutCommands(visible(file.path))
      let name = shown == file.path ? "" : " \(shellWord(shown))"
      add("check_file \(file.hash) \(shellWord(file.path))\(name)")
    }
    add("[ \"$changed\" -eq 0 ] || exit 1")
  }

  private static let checkFunctions = """
    hash_file() {
      if command -v sha256sum >/dev/null 2>&1; then
        sha256sum <"$1"
      elif command -v shasum >/dev/null 2>&1; then
        shasum -a 256 <"$1"
      else
        printf '%s\\n' 'nothing is sent: neither sha256sum nor shasum was found' >&2
        return 1
      fi
    }
    changed=0
    check_file() {
      if [ ! -f "$2" ]; then
        printf '%s\\n' "nothing is sent: ${3:-$2} is missing" >&2
        changed=1
        return 0
      fi
      hash=$(hash_file "$2") || exit 1
      if [ "${hash%% *}" != "$1" ]; then
        printf '%s\\n' "nothing is sent: ${3:-$2} is not what was planned" >&2
        changed=1
      fi
    }
    """

  /// Adds the commands, layer by layer.
  mutating func addRequests(_ layers: [[PlannedRequest]]) {
    let requests = layers.joined()
    guard !requests.isEmpty else {
      add("")
      add("printf '%s\\n' 'the plan holds no request' >&2")
      return
    }
    add("")
    comment("Neither a pager nor a prompt may wait for a key between two requests.")
    add("AWS_PAGER=''")
    add("AWS_CLI_AUTO_PROMPT=off")
    add("export AWS_PAGER AWS_CLI_AUTO_PROMPT")
    if requests.contains(where: { $0.sentJSON.utf8.count > Self.longestArgument }) { addInputFile() }
    if requests.contains(where: { $0.secretParameters != nil }) {
      add("")
      comment("Sensitive values stand here in the clear: keep this script to yourself.")
    }
    var number = 0
    for (index, layer) in layers.enumerated() {
      if layers.count > 1 {
        add("")
        comment("Layer \(index + 1) of \(layers.count)")
      }
      for request in layer {
        number += 1
        add(request, number: number, of: requests.count)
      }
      if index + 1 < layers.count { addWaits(for: layer) }
    }
  }

  /// What the next layer must not overtake: the waiters among the follow-up commands.
  private mutating func addWaits(for layer: [PlannedRequest]) {
    let waits = layer.flatMap(\.followUp).filter { $0.split(separator: " ").dropFirst(2).first == "wait" }
    add("")
    guard !waits.isEmpty else {
      return comment(
        "The next layer waits for this one; no command is known that would tell when it is done.")
    }
    comment("The next layer waits for this one.")
    for command in waits { add(command) }
  }

  /// The endpoints that were planned, whatever the environment or a configuration of the AWS CLI says.
  mutating func addEndpoints(of plan: Plan) {
    guard !plan.requests.isEmpty else { return }
    add("")
    comment("Requests go where they were planned, whatever else is configured.")
    let variables = plan.inputs.endpointVariables + [("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")]
    for (name, value) in variables { add("\(name)=\(value)") }
    add("export \(variables.map(\.name).joined(separator: " "))")
  }

  private mutating func addInputFile() {
    add("")
    comment("Parameters too long for a command line are passed in a file that is removed at the end.")
    add(
      """
      input=$(mktemp)
      trap 'rm -f "$input"' EXIT
      trap 'exit 129' HUP
      trap 'exit 130' INT
      trap 'exit 143' TERM
      AWS_CLI_FILE_ENCODING=UTF-8
      export AWS_CLI_FILE_ENCODING
      """)
  }

  private mutating func add(_ request: PlannedRequest, number: Int, of count: Int) {
    add("")
    comment("\(request.id) (\(request.file):\(request.line))")
    if request.file == "<stdin>" { comment("came by standard input: not checked above") }
    if !request.effect.isEmpty { comment(request.effect) }
    let time = shownTime(from: request.schedule.earliest, to: request.schedule.latest)
    if !time.isEmpty { comment("when: \(time)") }
    comment("verdict: \(request.verdict.rawValue); risk: \(request.risk.level.rawValue)")
    if let note = request.commandNote { comment(note) }
    if let account = request.account { comment("account: \(account); the credentials must be of it") }
    let json = request.sentJSON
    let isInFile = json.utf8.count > Self.longestArgument
    var words: [String] = []
    var followsFlag = false
    for word in request.command {
      switch (followsFlag, isInFile) {
      case (false, _): words.append(shellWord(word))
      case (true, false): words.append(shellWord(json))
      case (true, true): words.append("\"file://$input\"")
      }
      followsFlag = word == "--cli-input-json" && !followsFlag
    }
    let progress = "\(number)/\(count) \(visible(shortened(request.id, to: 200)))"
    add("printf '%s\\n' \(shellWord(withoutCommands(progress))) >&2")
    if isInFile {
      let document = hereDocument(json)
      add("cat >\"$input\" \(document.redirection)")
      text += document.lines
    }
    add(words.joined(separator: " "))
    for command in request.followUp { comment("afterwards: \(command)") }
  }
}

extension PlannedRequest {
  /// Compact JSON with nothing masked, and with invisible characters escaped.
  fileprivate var sentJSON: String {
    var json = ""
    for scalar in String(decoding: self.secretParameters ?? self.parameters, as: UTF8.self).unicodeScalars {
      // Outside strings JSON has only ASCII, so every character escaped here is inside a string.
      guard scalar.value >= 0x7F, !isVisible(scalar) else {
        json.unicodeScalars.append(scalar)
        continue
      }
      for unit in String(scalar).utf16 {
        let hex = String(unit, radix: 16)
        json += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      }
    }
    return json
  }
}
