internal import Glibc
internal import Rules
internal import Syntax
internal import SystemPackage

/// Snapshots of a run, and what is wrong with the others.
struct LoadedSnapshots {
  var snapshots: [Snapshot] = []
  var files: [FoundFile] = []
  var faults: [String] = []
}

/// Reads the files and folders of `--state`; a faulty one is reported and skipped.
///
/// - Shape: sorted by path, so that evidence does not depend on the order of arguments.
func loadSnapshots(_ paths: [String]) -> LoadedSnapshots {
  var loaded = LoadedSnapshots()
  guard !paths.isEmpty else { return loaded }
  let discovery = discoverFiles(paths, extensions: ["json"])
  loaded.files = discovery.files
  loaded.faults = discovery.failures.map(\.message)
  let limits = Limits()
  for file in discovery.files {
    do throws(Failure) {
      let bytes =
        if let path = file.path { try readFile(path, refusingBeyond: InputBound.data) } else {
          try readStandardInput(refusingBeyond: InputBound.data)
        }
      do throws(SnapshotFault) {
        loaded.snapshots.append(
          try Snapshot(
            file: file.shown, text: SourceText(bytes),
            savedAt: file.path.flatMap { modificationTime(of: $0) },
            limits: limits))
      } catch {
        loaded.faults.append("\(file.shown): is no snapshot: \(reason(error, SourceText(bytes)))")
      }
    } catch {
      loaded.faults.append(error.message)
    }
  }
  if discovery.files.isEmpty, discovery.failures.isEmpty {
    loaded.faults.append("\(paths.joined(separator: ", ")): holds no snapshot (.json)")
  }
  return loaded
}

private func reason(_ fault: SnapshotFault, _ text: SourceText) -> String {
  switch fault {
  case .encoding: return "it is not UTF-8"
  case .syntax(let issue):
    let position = LineIndex(text).position(of: issue.span.start)
    return "line \(position.line), column \(position.column): \(issue.message)"
  case .wrongType(let key, let isList): return "\(key) is not \(isList ? "a list" : "an object")"
  case .unrecognised: return "it is no answer of a describe, get or list call that any rule reads"
  }
}

/// When a file was last written.
private func modificationTime(of path: FilePath) -> Instant? {
  (try? path.status()).map { Instant(milliseconds: Int64($0.st_mtim.tv_sec) * 1000) }
}
