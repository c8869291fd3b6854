/// The Frictionless description of the CSV files (specs.frictionlessdata.io), made from their own columns.
struct DataPackage: Encodable {
  let name: String
  let title: String
  let profile = "tabular-data-package"
  let resources: [Resource]

  struct Resource: Encodable {
    let name: String
    let path: String
    let description: String
    let profile = "tabular-data-resource"
    let format = "csv"
    let mediatype = "text/csv"
    let encoding = "utf-8"
    let schema: Schema
  }

  struct Schema: Encodable {
    let fields: [Field]
    let missingValues = [""]
  }

  struct Field: Encodable {
    let name: String
    let type: String
    let unit: String?
    let description: String
  }

  static func resource<Row>(_ path: String, _ description: String, _ columns: [CSVColumn<Row>]) -> Resource {
    Resource(
      name: String(path.prefix { $0 != "." }), path: path, description: description,
      schema: Schema(
        fields: columns.map {
          Field(
            name: $0.name, type: $0.kind.rawValue, unit: $0.unit.isEmpty ? nil : $0.unit,
            description: $0.meaning)
        }))
  }
}

/// The data package of one report.
func dataPackage(run: RunDescription, expressions: Bool, aggregateOnly: Bool) -> DataPackage {
  DataPackage(
    name: "afterclass-report", title: "Displayed expressions and presence in \(run.recording)",
    resources: [
      DataPackage.resource(
        "class.csv", "The class, a row a sample.", classColumns(windows: false, expressions: expressions)),
      DataPackage.resource(
        "windows.csv", "The class, a row a window.", classColumns(windows: true, expressions: expressions)),
    ]
      + (aggregateOnly
        ? []
        : [
          DataPackage.resource(
            "participants.csv", "Participants, a row a participant a window.", participantsColumns()),
          DataPackage.resource(
            "presence.csv", "Tiles of galleries, a row a tile a sample.", presenceColumns()),
          DataPackage.resource(
            "faces.csv", "Faces, a row a face a sample.", facesColumns(expressions: expressions)),
        ]))
}
