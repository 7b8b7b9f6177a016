internal import Models
internal import Syntax
internal import Verdicts

/// A pack's facts about an operation beyond its model: effect, times, risk, inferred values, follow-up commands.
///
/// - Shape: of `effects` and `timings`, the first match counts; of the others, every match. A class, since every
///   request of the operation is checked against it.
package final class OperationFacts {
  /// A text for matching requests.
  struct Effect {
    let when: Schema?
    let text: MessageTemplate
  }

  /// When matching requests take effect.
  struct Timing {
    enum Start {
      case now
      /// An epoch number among the parameters.
      case member(JSONPointer)
      /// Every day at a time given by a snapshot, for some hours.
      case daily(SnapshotField, hours: Int)
    }

    enum End {
      /// With the hour in which the plan is made.
      case currentHour
      case hours(Int)
    }

    let when: Schema?
    let start: Start?
    let end: End?
    let note: MessageTemplate
  }

  struct Hazard {
    let when: Schema?
    let level: Risk.Level
    let reason: MessageTemplate
  }

  /// A value that the service or a client fills in.
  struct Inference {
    let when: Schema?
    let pointer: JSONPointer
    let value: MessageTemplate
    /// The snapshot field that gives the value.
    let field: SnapshotField?
    let because: MessageTemplate
    let source: String
  }

  /// A command line to run afterwards.
  struct Command {
    let when: Schema?
    let words: [MessageTemplate]
  }

  let operation: OperationID
  let effects: [Effect]
  let timings: [Timing]
  let hazards: [Hazard]
  let inferences: [Inference]
  /// Which requests disturb the resource that they act on; `nil` for none.
  let disrupts: Schema?
  let followUp: [Command]

  init(
    operation: OperationID, effects: [Effect], timings: [Timing], hazards: [Hazard], inferences: [Inference],
    disrupts: Schema?, followUp: [Command]
  ) {
    self.operation = operation
    self.effects = effects
    self.timings = timings
    self.hazards = hazards
    self.inferences = inferences
    self.disrupts = disrupts
    self.followUp = followUp
  }
}

extension OperationFacts {
  /// What a request will do.
  ///
  /// - Parameter run: of the request, with the snapshots that belong to it.
  package func outlook(of run: inout SnapshotRun) -> Outlook {
    let renderer = run.renderer
    func fits(_ schema: Schema?) -> Bool {
      guard let schema else { return true }
      return run.definitelyHolds(schema)
    }
    // By index: most entries that do not match need not be copied to find that out.
    let effect = effects.indices.first { fits(effects[$0].when) }
    var outlook = Outlook(effect: effect.map { renderer.render(effects[$0].text, at: nil) } ?? "")
    for index in inferences.indices where fits(inferences[index].when) {
      let inference = inferences[index]
      let told = inference.field.flatMap { run.value(of: $0) }
      let because = renderer.render(inference.because, at: nil)
      outlook.inferred.append(
        InferredValue(
          pointer: inference.pointer.description,
          value: told?.text ?? renderer.render(inference.value, at: nil),
          because: told.map { "\(because) (\($0.evidence))" } ?? because, source: inference.source))
    }
    for index in hazards.indices where fits(hazards[index].when) {
      outlook.risk.level = max(outlook.risk.level, hazards[index].level)
      outlook.risk.reasons.append(renderer.render(hazards[index].reason, at: nil))
    }
    if let index = timings.indices.first(where: { fits(timings[$0].when) }) {
      outlook.schedule = timings[index].schedule(&run)
    }
    outlook.isDisruptive = disrupts.map { fits($0) } ?? false
    for index in followUp.indices where fits(followUp[index].when) {
      do throws(UnsafeCommandValue) {
        outlook.followUp.append(try followUp[index].render(renderer))
      } catch  where !outlook.unsafeValues.contains(error) {
        outlook.unsafeValues.append(error)
      } catch {}
    }
    return outlook
  }
}

extension OperationFacts.Timing {
  private static let hour: Int64 = 3_600_000

  func schedule(_ run: inout SnapshotRun) -> Schedule {
    let context = run.context
    var schedule = Schedule(note: run.renderer.render(note, at: nil))
    switch start {
    case .now: schedule.earliest = context.now
    case .member(let pointer):
      schedule.earliest = context.document.follow(pointer, from: context.root).value
        .flatMap { context.document.instant(at: $0, unit: .byDigits) }
    case .daily(let field, let hours):
      guard let minute = run.minuteOfDay(of: field) else { break }
      let windows = Self.windows(from: minute, hours: hours, now: context.now)
      schedule.earliest = max(windows[0].start, context.now)
      schedule.note +=
        "; the next windows are "
        + windows.map { "\($0.start.rfc3339) to \($0.end.rfc3339)" }
        .joined(separator: ", ")
    case nil: break
    }
    switch (end, schedule.earliest) {
    case (.currentHour, _):
      let start = context.now.milliseconds / Self.hour * Self.hour
      schedule.latest = Instant(milliseconds: start + Self.hour)
    case (.hours(let hours), let start?):
      schedule.latest = start.advanced(milliseconds: Int64(hours) * Self.hour)
    case (.hours, nil), (nil, _): break
    }
    return schedule
  }

  /// The current or next window, and the two after it.
  private static func windows(
    from minute: Int, hours: Int, now: Instant
  ) -> [(start: Instant, end: Instant)] {
    let day = 24 * hour
    let today = CivilTime(utc: now)
    let midnight = Instant(CivilTime(year: today.year, month: today.month, day: today.day))
    let opening = midnight.advanced(milliseconds: Int64(minute) * 60_000)
    let length = Int64(hours) * hour
    // From yesterday on, since a window may cross midnight.
    let starts = (-1...3).map { opening.advanced(milliseconds: Int64($0) * day) }
    return starts.map { ($0, $0.advanced(milliseconds: length)) }.filter { $0.1 > now }.prefix(3).map { $0 }
  }
}
