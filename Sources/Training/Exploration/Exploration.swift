import Foundation
import enum Vocabulary.Expression

/// What a set of labelled faces holds, gathered row by row: the pictures of a few faces a class are kept, of
/// the others a digest of 40 bytes.
public struct Exploration: Sendable {
  /// A row as the head and the tail of the file show it.
  struct Sample: Hashable, Sendable {
    var line: Int
    var face: Face
  }

  struct Disputed: Hashable, Sendable {
    var line: Int
    var label: Expression
    var majority: Expression
    var split: Split
  }

  let name: String
  private(set) var counts: [Split: [Int]] = [:]
  private(set) var head: [Sample] = []
  private(set) var tail: [Sample] = []
  private(set) var histogram = [Int](repeating: 0, count: 256)
  private(set) var moments = Expression.allCases.map { _ in PixelMoments() }
  private(set) var samples: [[Sample]] = Expression.allCases.map { _ in [] }
  private(set) var duplicates = Duplicates()
  /// Indices of rows of one gray level.
  private(set) var blank: Set<Int> = []
  private(set) var black = 0
  /// FER2013's label against FER+'s majority.
  private(set) var agreement = ConfusionMatrix()
  private(set) var withoutMajority = 0
  private(set) var nonFaces = 0
  private(set) var hasVotes = false
  private(set) var faults: [RowFault] = []
  /// Faces whose label is not what most people saw, by line.
  private(set) var disputed: [Disputed] = []
  /// Folders that no expression is named by.
  private(set) var leftOut: [String] = []
  private(set) var isFolder = false

  static let samplesPerClass = 10

  init(name: String) { self.name = name }

  /// Reads a whole file or folder.
  ///
  /// - Parameters:
  ///   - path: FER2013's CSV file, plain or compressed, or a folder of `class/picture`.
  ///   - votesPath: FER+'s votes, row by row as the CSV file.
  /// - Throws: `DataSetError`.
  public init(path: String, votesPath: String? = nil, faultLimit: Int = 100) throws {
    self.init(name: URL(fileURLWithPath: path).lastPathComponent)
    hasVotes = votesPath != nil
    isFolder = FaceFolder.isFolder(path)
    faults = try forEachFace(
      path: path, votesPath: votesPath, ofFolder: .training, faultLimit: faultLimit
    ) { line, face, votes in add(face, line: line, votes: votes) }
    if isFolder { leftOut = try FaceFolder(path: path).unknownFolders() }
    guard total > 0 else { throw DataSetError.empty(path: path, wanted: "any expression") }
  }

  var total: Int { duplicates.rows.count }

  mutating func add(_ face: Face, line: Int, votes: AnnotatorVotes?) {
    let sample = Sample(line: line, face: face)
    if head.count < 5 { head.append(sample) }
    tail.append(sample)
    if tail.count > 5 { tail.removeFirst() }

    counts[face.split, default: Expression.allCases.map { _ in 0 }][face.expression.rawValue] += 1
    for pixel in face.pixels { histogram[Int(pixel)] += 1 }
    moments[face.expression.rawValue].add(face.pixels)
    keepSample(sample)

    if let first = face.pixels.first, face.pixels.allSatisfy({ $0 == first }) {
      blank.insert(total)
      if first == 0 { black += 1 }
    }
    duplicates.add(
      Duplicates.Row(
        line: line, expression: face.expression, split: face.split, hash: PictureHash(face.pixels)))
    count(votes, face, line: line)
  }

  /// Each face of a class has the same chance to be shown (reservoir sampling, Vitter 1985).
  private mutating func keepSample(_ sample: Sample) {
    let index = sample.face.expression.rawValue
    let seen = moments[index].count
    if seen <= Self.samplesPerClass {
      samples[index].append(sample)
    } else {
      var generator = CounterGenerator(seed: 0, stream: .shuffle, index: sample.line)
      let place = generator.index(below: seen)
      if place < Self.samplesPerClass { samples[index][place] = sample }
    }
  }

  private mutating func count(_ votes: AnnotatorVotes?, _ face: Face, line: Int) {
    guard let votes else { return }
    if votes.isNotAFace { nonFaces += 1 }
    if let majority = votes.majority {
      agreement.add(actual: face.expression, predicted: majority)
      if majority != face.expression {
        disputed.append(Disputed(line: line, label: face.expression, majority: majority, split: face.split))
      }
    } else {
      withoutMajority += 1
    }
  }
}
