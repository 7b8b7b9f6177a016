internal import ArgumentParser
internal import Models
internal import Reports
internal import Syntax

extension CatalogCommand {
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List all services, or the operations of one.",
      discussion: "Exit status: 0 all is listed, 2 a service is not known or its model cannot be used.")

    @Argument(
      help: "A service whose operations are wanted, as botocore or the AWS CLI names it.",
      completion: .services)
    var service: String?

    @OptionGroup var models: ModelsOptions

    func run() throws {
      let catalog = try models.catalog()
      guard let service else { return try listServices(of: catalog) }
      let model = try resolveService(service, catalog)
      let names = model.operationNames
      var text = names.map { model.isDeprecated($0) ? "\($0) (deprecated)\n" : "\($0)\n" }.joined()
      let deprecated = names.count { model.isDeprecated($0) }
      text +=
        "\n\(model.name): \(counted(names.count, "operation")), \(deprecated) deprecated, \(catalog.datedSource)\n"
      try writeStandardOutputText(text)
    }

    private struct Row {
      let name: String
      let version: String
      let spoken: String
      let count: Int
    }

    private func listServices(of catalog: Catalog) throws {
      let names = catalog.serviceNames
      let outcomes = Concurrency.map(names.count, workers: Concurrency.processorCount) {
        { index in Result { () throws(Failure) in try Self.row(names[index], catalog) } }
      }
      var rows: [Row] = []
      var faults: [Failure] = []
      for outcome in outcomes {
        switch outcome {
        case .success(let row): rows.append(row)
        case .failure(let fault): faults.append(fault)
        }
      }
      for fault in faults { writeStandardError("reqlint: \(fault.message)") }
      var text = Self.table(rows)
      let total = rows.reduce(0) { $0 + $1.count }
      text += "\n\(counted(rows.count, "service")), \(counted(total, "operation")), \(catalog.datedSource)\n"
      try writeStandardOutputText(text)
      if !faults.isEmpty { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    private static func row(_ name: String, _ catalog: Catalog) throws(Failure) -> Row {
      let model = try resolveService(name, catalog)
      let metadata = model.metadata
      let spoken = WireProtocol(metadata)?.rawValue ?? "\(metadata.wireProtocol) (not known)"
      return Row(
        name: name, version: metadata.apiVersion, spoken: spoken, count: model.operationNames.count)
    }

    private static func table(_ rows: [Row]) -> String {
      let head = ["service", "API version", "protocol", "operations"]
      let cells = [head] + rows.map { [$0.name, $0.version, $0.spoken, String($0.count)] }
      let widths = head.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
      return cells.map { row in
        let padded = row.indices.map { column in
          let blanks = String(repeating: " ", count: widths[column] - row[column].count)
          return column == row.count - 1 ? blanks + row[column] : row[column] + blanks
        }
        return padded.joined(separator: "  ") + "\n"
      }.joined()
    }
  }
}
