public import Vocabulary

/// What the network is asked to answer: a mixture of FER2013's single label and FER+'s ten votes.
public struct Targets: Hashable, Sendable {
  /// Share of FER2013's label; the rest is FER+'s votes. 1 leaves the votes alone.
  public var labelShare: Float
  /// Share that is spread evenly over the seven classes (Szegedy et al., 2016).
  public var smoothing: Float
  /// Leaves out pictures in which most people saw no face.
  public var skipsNonFaces: Bool
  /// What teachers say of the picture has this share of the label's answer; the mixture above has the rest.
  public var teacherShare: Float

  public init(
    labelShare: Float = 1, smoothing: Float = 0, skipsNonFaces: Bool = false, teacherShare: Float = 0
  ) {
    self.labelShare = labelShare
    self.smoothing = smoothing
    self.skipsNonFaces = skipsNonFaces
    self.teacherShare = teacherShare
  }

  init(_ section: RecipeSection) throws {
    var section = section
    labelShare = try section.float("label_share", in: 0...1, default: 1)
    smoothing = try section.float("smoothing", in: 0...0.9, default: 0)
    skipsNonFaces = try section.flag("skip_non_faces", default: false)
    teacherShare = try section.float("teacher_share", in: 0...1, default: 0)
    try section.finish()
  }

  /// Seven shares that sum to 1. Where nobody voted for one of the seven, the label stands alone.
  public func distribution(label: Expression, votes: AnnotatorVotes?) -> [Float] {
    mixture(label: label, votes: votes, labelShare: labelShare)
  }

  /// As `distribution`, of the votes alone.
  public func voteDistribution(label: Expression, votes: AnnotatorVotes?) -> [Float] {
    mixture(label: label, votes: votes, labelShare: 0)
  }

  private func mixture(label: Expression, votes: AnnotatorVotes?, labelShare: Float) -> [Float] {
    let classes = Expression.allCases.count
    let voted = labelShare < 1 ? votes?.distribution : nil
    let share = voted == nil ? 1 : labelShare
    return (0..<classes).map { index in
      let hard = (index == label.rawValue ? share : 0) + (1 - share) * (voted?[index] ?? 0)
      return (1 - smoothing) * hard + smoothing / Float(classes)
    }
  }
}
