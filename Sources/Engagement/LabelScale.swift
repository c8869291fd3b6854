import Vocabulary

/// From which difference on two labels are rather two names, in this recording: "Student 14" and "Student 41"
/// differ less than "Ana" and "Ben". Neighbours in a gallery are two people, so their labels tell.
struct LabelScale {
  private(set) var value = LabelScale.most
  private var differences: [Double] = []
  private var tiles = 0

  private static let (least, most) = (0.02, 0.1)
  private static let enough = 12
  private static let mostKept = 600

  /// Looks at a gallery that has more or fewer tiles than the one before, as long as there is something to learn.
  mutating func learn(_ gallery: [TileObservation]) {
    guard gallery.count != tiles, differences.count < Self.mostKept else { return }
    tiles = gallery.count
    for distance in 1...3 {
      differences += zip(gallery, gallery.dropFirst(distance)).compactMap {
        LabelProfile.difference($0.labelShape, $1.labelShape)
      }
    }
    guard differences.count >= Self.enough else { return }
    let nearest = differences.sorted()[differences.count / 10]
    value = min(Self.most, max(Self.least, 0.55 * nearest))
  }
}
