public import Vocabulary

/// Ten people's votes for one face, as FER+ (Barsoum et al., 2016) published them for FER2013.
public struct AnnotatorVotes: Hashable, Sendable {
  /// The file's columns of votes, in the order of `counts`.
  static let columns = [
    "neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt", "unknown", "NF",
  ]
  /// Where each of our seven expressions, in FER2013's order, stands among the columns.
  private static let order = [4, 5, 6, 1, 3, 2, 0]

  /// In the order of FER+'s own columns.
  public let counts: [Int]

  /// `nil` unless there are ten counts, none negative.
  public init?(_ counts: [Int]) {
    guard counts.count == Self.columns.count, counts.allSatisfy({ (0...1000).contains($0) }) else {
      return nil
    }
    self.counts = counts
  }

  /// Votes for the seven expressions, in FER2013's order.
  public var expressions: [Int] { Self.order.map { counts[$0] } }

  /// Shares of the votes for the seven expressions; `nil` where nobody chose one of them.
  public var distribution: [Float]? {
    let total = expressions.reduce(0, +)
    return total > 0 ? expressions.map { Float($0) / Float(total) } : nil
  }

  /// The expression with most votes; `nil` on a tie and where contempt, unknown or "not a face" wins.
  public var majority: Expression? {
    guard let most = counts.max(), most > 0, counts.filter({ $0 == most }).count == 1 else { return nil }
    return expressions.firstIndex(of: most).flatMap(Expression.init(rawValue:))
  }

  /// Whether most people saw no face.
  public var isNotAFace: Bool { counts[9] * 2 > counts.reduce(0, +) }

  /// The votes of a whole file, row by row as in FER2013's own file; its columns stand in any order.
  ///
  /// - Throws: `DataSetError` naming the line that lacks a column or a count.
  public static func read(path: String) throws -> [AnnotatorVotes] {
    var reader = LineReader(file: try DecompressedFile(path: path))
    var rows: [AnnotatorVotes] = []
    var places: [Int] = []
    try reader.forEachLine { number, line in
      guard case .text(let bytes, _) = line else {
        throw DataSetError.unreadable(path: path, reason: "line \(number) is too long")
      }
      let text = String(decoding: bytes, as: UTF8.self)
      if number == 1 {
        let names = columnNames(of: text)
        places = try columns.map { try place(of: $0, in: names, path: path) }
        return
      }
      guard !text.allSatisfy(\.isWhitespace) else { return }
      let fields = text.split(separator: ",", omittingEmptySubsequences: false)
      let counts = places.compactMap { place in
        fields.indices.contains(place) ? Int(fields[place].filter { !$0.isWhitespace }) : nil
      }
      guard let votes = AnnotatorVotes(counts) else {
        throw DataSetError.unreadable(path: path, reason: "line \(number) has not ten counts of votes")
      }
      rows.append(votes)
    }
    return rows
  }

  private static func place(of column: String, in header: [String], path: String) throws -> Int {
    if let place = header.firstIndex(of: column.lowercased()) { return place }
    throw DataSetError.unreadable(
      path: path, reason: "line 1 names no column \(column); it needs \(columns.joined(separator: ", "))")
  }
}
