internal import Linting
package import Syntax
internal import Verdicts
internal import Wire

extension Plan {
  /// Writes the plan as `reqlint-plan/1`, the form that `RecordedPlan` reads.
  ///
  /// - Shape: fixed keys in a fixed order; absent values are omitted; `seal` is last and covers all text before it.
  /// - Parameter put: takes the text piece by piece.
  package func writeJSON(to put: TextSink) {
    var writer = JSONWriter(.indented)
    var seal = PlanSeal()
    writer.object { writer in
      writer.member(.format, PlanSeal.format)
      writer.member(.digest, digest)
      writer.member(.now, now.rfc3339)
      writer.key(.catalog)
      writer.object { $0.member(.source, catalogSource) }
      writer.key(.inputs)
      write(inputs, to: &writer)
      writer.key(.requests)
      writer.array { writer in passItems(requests, of: &writer, &seal, to: put) }
      writer.key(.order)
      writer.array { writer in
        for layer in order { writer.array { writer in layer.forEach { writer.value($0) } } }
      }
      writer.key(.conflicts)
      writer.array { writer in
        for conflict in conflicts { write(conflict, to: &writer) }
      }
      if !gaps.isEmpty {
        writer.key(.gaps)
        writer.array { writer in gaps.forEach { writer.value($0) } }
      }
      if !findings.isEmpty {
        writer.key(.findings)
        writer.array { writer in
          for finding in findings { finding.write(to: &writer) }
        }
      }
      writer.key(.summary)
      writer.object { writer in
        writer.member(.requests, requests.count)
        for verdict in PlannedRequest.Verdict.allCases { writer.member(verdict.rawValue, count(verdict)) }
      }
      pass(&writer, &seal, to: put)
      writer.member(.seal, seal.digest)
    }
    writer.endLine()
    put(writer.drain())
  }
}

/// Hands on what has been written.
private func pass(_ writer: inout JSONWriter, _ seal: inout PlanSeal, to put: TextSink) {
  let text = writer.drain()
  seal.add(text[...])
  put(text)
}

/// Hands on requests as items of the plan's list, a hundred at a time: of a large plan they are most of the text.
private func passItems(
  _ requests: [PlannedRequest], of writer: inout JSONWriter, _ seal: inout PlanSeal, to put: TextSink
) {
  pass(&writer, &seal, to: put)
  if !requests.isEmpty { writer.itemsFollow() }
  seal = Concurrency.foldShares(of: requests.count, into: seal) { places in
    var writer = JSONWriter(itemsAt: 2, areFirst: places.lowerBound == 0)
    for place in places { write(requests[place], to: &writer) }
    let text = writer.drain()
    return (text: text, tokens: PlanSeal.tokens(of: text[...]))
  } add: { seal, share in
    put(share.text)
    seal.add(tokens: share.tokens)
  }
}

private func write(_ inputs: PlanInputs, to writer: inout JSONWriter) {
  writer.object { writer in
    writer.key(.paths)
    writer.array { writer in inputs.paths.forEach { writer.value($0) } }
    writer.member(.operation, inputs.operation)
    writer.member(.region, inputs.region)
    writer.member(.account, inputs.account)
    if inputs.endpoints.usesFIPS { writer.member(.usesFIPS, true) }
    if inputs.endpoints.usesDualStack { writer.member(.usesDualStack, true) }
    writer.member(.endpointURL, inputs.endpoints.endpointURL)
    writer.member(.configuration, inputs.configuration)
  }
}

private func write(_ request: PlannedRequest, to writer: inout JSONWriter) {
  writer.object { writer in
    writer.member(.id, request.id)
    writer.member(.file, request.file)
    writer.member(.line, request.line)
    writer.member(.service, request.service)
    writer.member(.operation, request.operation)
    writer.member(.carrier, request.carrier)
    writer.member(.region, request.region)
    writer.member(.account, request.account)
    writer.member(.verdict, request.verdict.rawValue)
    writer.member(.digest, request.digest)
    writer.key(.parameters)
    writer.raw(request.parameters)
    if !request.dynamic.isEmpty { writeStrings(.dynamic, request.dynamic, to: &writer) }
    writeReadings(of: request, to: &writer)
    writer.key(.inferred)
    writer.array { writer in
      for value in request.inferred { write(value, to: &writer) }
    }
    if let http = request.http {
      writer.key(.http)
      write(http, to: &writer)
    }
    writeStrings(.command, request.command, to: &writer)
    writer.member(.commandNote, request.commandNote)
    writer.member(.effect, request.effect)
    write(request.schedule, request.risk, to: &writer)
    writer.key(.preconditions)
    writer.array { writer in
      for index in request.preconditions.indices { writePrecondition(index, of: request, to: &writer) }
    }
    writeStrings(.followUp, request.followUp, to: &writer)
    writeFindings(of: request, to: &writer)
  }
}

private func writeReadings(of request: PlannedRequest, to writer: inout JSONWriter) {
  guard !request.readings.isEmpty else { return }
  writer.key(.readings)
  writer.array { writer in
    for reading in request.readings {
      writer.lineObject { writer in
        writer.member(.pointer, reading.pointer)
        writer.member(.reading, reading.text)
      }
    }
  }
}

private func writeFindings(of request: PlannedRequest, to writer: inout JSONWriter) {
  writer.key(.findings)
  writer.array { writer in
    for finding in request.findings { finding.write(to: &writer) }
  }
  if !request.suppressed.isEmpty {
    writer.key(.suppressed)
    writer.array { writer in
      for finding in request.suppressed { finding.write(to: &writer) }
    }
  }
  if !request.notEvaluated.isEmpty {
    writer.key(.notEvaluated)
    writer.array { writer in
      for item in request.notEvaluated { item.write(to: &writer) }
    }
  }
}

private func write(_ value: InferredValue, to writer: inout JSONWriter) {
  writer.lineObject { writer in
    writer.member(.pointer, value.pointer)
    writer.member(.value, value.value)
    writer.member(.because, value.because)
    writer.member(.source, value.source)
  }
}

private func write(_ http: PlannedHTTP, to writer: inout JSONWriter) {
  writer.object { writer in
    writer.member(.method, http.method)
    writer.member(.url, http.url)
    writer.key(.headers)
    writer.object { writer in http.headers.forEach { writer.member($0.name, $0.value) } }
    switch http.body {
    case .text(let text): writer.member(.body, text)
    case .binary(let bytes):
      writer.member(.body, String(decoding: encodeBase64(bytes), as: UTF8.self))
      writer.member(.bodyEncoding, "base64")
    }
    if !http.notes.isEmpty { writeStrings(.notes, http.notes, to: &writer) }
  }
}

private func write(_ schedule: Schedule, _ risk: Risk, to writer: inout JSONWriter) {
  writer.key(.schedule)
  writer.lineObject { writer in
    writer.member(.earliest, schedule.earliest?.rfc3339)
    writer.member(.latest, schedule.latest?.rfc3339)
    writer.member(.note, schedule.note)
  }
  writer.key(.risk)
  writer.object { writer in
    writer.member(.level, risk.level.rawValue)
    writeStrings(.reasons, risk.reasons, to: &writer)
  }
}

private func writePrecondition(_ index: Int, of request: PlannedRequest, to writer: inout JSONWriter) {
  writer.lineObject { writer in
    writer.member(.id, request.preconditions[index].id)
    writer.member(.statement, request.preconditions[index].statement)
    writer.member(.state, request.preconditions[index].state.rawValue)
    writer.member(.evidence, request.preconditions[index].evidence)
    writer.member(.severity, request.preconditions[index].severity.rawValue)
  }
}

private func write(_ conflict: Conflict, to writer: inout JSONWriter) {
  writer.lineObject { writer in
    writeStrings(.requests, conflict.requests, to: &writer)
    writer.member(.rule, conflict.rule)
    writer.member(.severity, conflict.severity.rawValue)
    writer.member(.message, conflict.message)
  }
}

private func writeStrings(_ key: PlanKey, _ texts: [String], to writer: inout JSONWriter) {
  writer.key(key)
  writer.array { writer in texts.forEach { writer.value($0) } }
}
