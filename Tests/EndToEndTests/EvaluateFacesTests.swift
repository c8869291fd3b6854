import Foundation
import Rendering
import Testing

/// `evaluate detector` and `evaluate landmarks` on two drawn people, marked by what `inspect` reads of them.
@Suite struct EvaluateFacesTests {
  private let folder = TemporaryFolder()

  /// Draws them into `images/`.
  ///
  /// - Returns: the rows of `inspect`'s table, one a picture.
  private func drawnFaces() throws -> [[String: String]] {
    let images = folder.url.appendingPathComponent("images")
    try FileManager.default.createDirectory(at: images, withIntermediateDirectories: true)
    for person in 1...2 {
      try bitmap(of: person).write(to: images.appendingPathComponent("\(person).bmp"))
    }
    let found = folder.url.appendingPathComponent("found.csv")
    let result = try CommandLine.run([
      "inspect", images.path, "--csv", found.path, "--set", "classify.bundle=none",
    ])
    try #require(result.status == 0, "\(result.errors)")
    let rows = try table(found)
    try #require(rows.map { $0["file"] } == (1...2).map { "\(images.path)/\($0).bmp" })
    return rows
  }

  /// A picture from the top down; rows of such a width need no padding.
  private func bitmap(of person: Int) -> Data {
    let image = Portrait(person: person, seed: 7, width: 256, height: 144).image(Pose())
    let size = 54 + image.pixels.count
    let header = [size, 0, 54, 40, image.width, -image.height, 1 | 24 << 16, 0, 0, 0, 0, 0, 0]
    let bytes = header.flatMap { value in withUnsafeBytes(of: Int32(value).littleEndian) { Array($0) } }
    return Data("BM".utf8) + bytes + image.pixels
  }

  private func write(_ rows: [String], under columns: [String], to name: String) throws {
    let lines = [(["file"] + columns).joined(separator: ",")] + rows
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: folder.url.appendingPathComponent(name))
  }

  private func evaluate(_ arguments: String...) throws -> CommandLine.Result {
    try CommandLine.run(["evaluate"] + arguments)
  }

  @Test func `two faces found of three that are marked are two thirds of precision and recall`() throws {
    let columns = ["x", "y", "w", "h"]
    let rows = try drawnFaces().enumerated().map { number, row in
      (["\(number + 1).bmp"] + columns.map { row[$0] ?? "" }).joined(separator: ",")
    }
    // Nobody is in that corner.
    try write(rows + ["1.bmp,0,0,30,30"], under: columns, to: "boxes.csv")
    let result = try evaluate("detector", "--boxes", folder.url.path, "--all")
    try #require(result.status == 0, "\(result.errors)")
    #expect(result.output.contains(": 2 photographs, overlap 0.5, "), "\(result.output)")
    let recall = "recall at one false alarm in ten pictures"
    #expect(
      result.output.contains("height >= 20 px  faces     3  AP 0.6667  \(recall) 0.667"), "\(result.output)")
    #expect(
      result.output.contains("height >= 40 px  faces     2  AP 1.0000  \(recall) 1.000"), "\(result.output)")
  }

  @Test func `marks half an eye distance away are an error of one half`() throws {
    let points = ["right_eye", "left_eye", "nose", "right_mouth", "left_mouth"]
    let rows = try drawnFaces().enumerated().map { number, row in
      func value(_ column: String) -> Double { row[column].flatMap(Double.init) ?? .nan }
      let eyes = hypot(
        value("left_eye_x") - value("right_eye_x"), value("left_eye_y") - value("right_eye_y"))
      let marks = points.map { "\(value("\($0)_x") + Double(number) * eyes / 2),\(value("\($0)_y"))" }
      return (["\(number + 1).bmp"] + marks).joined(separator: ",")
    }
    try write(rows, under: points.flatMap { ["\($0)_x", "\($0)_y"] }, to: "landmarks.csv")
    let result = try evaluate("landmarks", "--landmarks", folder.url.path, "--all")
    try #require(result.status == 0, "\(result.errors)")
    #expect(result.output.contains(": 2 faces, 0 not detected; "), "\(result.output)")
    #expect(result.output.contains("above 10 %: 50.0 %"), "\(result.output)")
    let mean = try #require(result.output.firstMatch(of: /mean ([\d.]+) %/)).output.1
    // The other face's error is nearly none.
    #expect((23.0...27).contains(Double(mean) ?? .nan), "\(result.output)")
  }

  @Test func `what cannot be measured is named with its exit code`() throws {
    let path = folder.url.path
    func model(_ name: String) -> String { "Pipelines/Models/\(name)/model.onnx" }
    for (arguments, status, words) in [
      (["detector", "--boxes", path], 2, "\(path)/boxes.csv: cannot be read"),
      (["landmarks", "--landmarks", path], 2, "\(path)/landmarks.csv: cannot be read"),
      (["detector", "--boxes", path, "--detector", model("landmarks")], 7, "not a face detector"),
      (["landmarks", "--landmarks", path, "--model", model("detector")], 7, "not a landmark network"),
    ] as [([String], Int32, String)] {
      let result = try CommandLine.run(["evaluate"] + arguments)
      #expect(result.status == status && result.errors.contains(words), "\(result.errors)")
      #expect(result.output.isEmpty && result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }
  }
}
