public import Vocabulary

/// The table of `afterclass inspect`: `file`, then the columns of `faces.csv` from the box on, in pixels of the
/// picture, and last whether a report would count the expression as uncertain. A picture without a face has no row.
public func picturesTable(_ faces: [(file: String, face: FaceObservation, isUncertain: Bool)]) -> String {
  typealias Row = (file: String, face: FaceObservation, isUncertain: Bool)
  let file = CSVColumn<Row>.text("file", "The picture.") { $0.file }
  let columns: [CSVColumn<FaceRow>] = facesColumns(expressions: true)
  let measured = columns.drop { $0.name != "x" }.map { column -> CSVColumn<Row> in
    let kind = CSVColumn<Row>.Kind(rawValue: column.kind.rawValue) ?? .string
    return CSVColumn(name: column.name, kind: kind, unit: column.unit, meaning: column.meaning) {
      column.cell(FaceRow(time: RowTime(.zero), participant: nil, track: 0, face: $0.face))
    }
  }
  let uncertain = CSVColumn<Row>(
    name: "uncertain", kind: .boolean, unit: "",
    meaning: "Whether the face is of low quality or without a clear first expression."
  ) { .boolean($0.isUncertain) }
  let encoder = CSVEncoder(columns: [file] + measured + [uncertain])
  var bytes = encoder.header
  for row in faces { encoder.append(row, to: &bytes) }
  return String(decoding: bytes, as: UTF8.self)
}
