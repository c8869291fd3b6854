/// Which pictures each picture of an H.264 stream may refer to: the decoder's memory of reference pictures
/// (8.2.4 and 8.2.5), followed by the headers alone.
///
/// Frames with short-term references only. What goes beyond that, and what is damaged, makes the rest unknown up
/// to the next IDR picture.
public struct ReferenceModel: Sendable {
  /// A reference picture in the decoder's memory.
  private struct Kept {
    var number: Int
    var frameNumber: Int
    var order: Int

    /// `PicNum` as a picture of `frameNumber` counts it (8.2.4.1).
    func pictureNumber(from frameNumber: Int, _ limit: Int) -> Int {
      self.frameNumber > frameNumber ? self.frameNumber - limit : self.frameNumber
    }
  }

  /// In the order of decoding.
  private var kept: [Kept] = []
  private var isKnown = false
  private var lastFrameNumber = 0
  private var orderHigh = 0
  private var orderLow = 0
  private var frameNumberOffset = 0
  private var lastNumberForOffset = 0

  public init() {}

  /// Takes in the next picture.
  ///
  /// - Parameter number: Any number of the caller's by which later pictures name this one.
  /// - Returns: The numbers of all pictures that its lists of references hold, some perhaps twice; `nil` where that
  ///   cannot be told, and then nothing can be told of the pictures after it either before the next IDR picture.
  public mutating func references(of picture: CodedPicture?, number: Int) -> [Int]? {
    guard let picture, picture.isReset || isKnown, let references = take(picture, number) else {
      isKnown = false
      return nil
    }
    return references
  }

  private mutating func take(_ picture: CodedPicture, _ number: Int) -> [Int]? {
    let header = picture.first
    if header.isIDR { self = ReferenceModel(isKnown: true) }
    let limit = 1 << header.sequence.frameNumberBits
    // Anything else is a gap: pictures were lost, or left out by the sender.
    guard
      header.isIDR || header.frameNumber == lastFrameNumber
        || header.frameNumber == (lastFrameNumber + 1) % limit
    else { return nil }
    let order = order(of: header, limit)
    // A bit for each position in `kept`.
    var inLists = 0 as UInt64
    for slice in picture.slices where slice.kind != .i {
      guard let used = used(by: slice, order: order, limit) else { return nil }
      inLists |= used
    }
    let references = kept.indices.filter { inLists >> UInt64($0) & 1 == 1 }.map { kept[$0].number }
    if picture.isReference {
      // A number that is there twice is damage, of which decoders keep one or the other.
      guard mark(header, limit), !kept.contains(where: { $0.frameNumber == header.frameNumber }) else {
        return nil
      }
      kept.append(Kept(number: number, frameNumber: header.frameNumber, order: order))
      lastFrameNumber = header.frameNumber
    }
    return references
  }

  private init(isKnown: Bool) { self.isKnown = isKnown }

  // MARK: Picture order (8.2.1)

  private mutating func order(of header: SliceHeader, _ limit: Int) -> Int {
    guard header.sequence.orderKind == 0 else { return countedOrder(of: header, limit) }
    let range = 1 << header.sequence.orderBits
    var high = orderHigh
    if header.order < orderLow, orderLow - header.order >= range / 2 {
      high += range
    } else if header.order > orderLow, header.order - orderLow > range / 2 {
      high -= range
    }
    if header.referenceLevel > 0 { (orderHigh, orderLow) = (high, header.order) }
    return high + header.order + min(0, header.bottomOrder)
  }

  private mutating func countedOrder(of header: SliceHeader, _ limit: Int) -> Int {
    if header.frameNumber < lastNumberForOffset { frameNumberOffset += limit }
    lastNumberForOffset = header.frameNumber
    return 2 * (frameNumberOffset + header.frameNumber) - (header.referenceLevel > 0 ? 0 : 1)
  }

  // MARK: Lists (8.2.4)

  /// The positions in `kept` that a slice's lists hold, a bit each.
  private func used(by slice: SliceHeader, order: Int, _ limit: Int) -> UInt64? {
    func numbered(_ position: Int) -> Int { kept[position].pictureNumber(from: slice.frameNumber, limit) }
    var first: [Int]
    var second: [Int] = []
    if slice.kind == .p {
      first = kept.indices.sorted { numbered($0) > numbered($1) }
    } else {
      let before = kept.indices.filter { kept[$0].order < order }.sorted { kept[$0].order > kept[$1].order }
      let after = kept.indices.filter { kept[$0].order >= order }.sorted { kept[$0].order < kept[$1].order }
      first = before + after
      second = after + before
      if second.count > 1, first == second { second.swapAt(0, 1) }
    }
    guard
      reorder(&first, slice.counts.0, slice.reorderings.0, slice.frameNumber, limit, numbered),
      reorder(&second, slice.counts.1, slice.reorderings.1, slice.frameNumber, limit, numbered)
    else { return nil }
    return (first + second).reduce(0) { $0 | 1 << UInt64($1) }
  }

  /// - Returns: False where a reordering names a picture that is not there.
  private func reorder(
    _ list: inout [Int], _ count: Int, _ reorderings: [SliceHeader.Reordering], _ frameNumber: Int,
    _ limit: Int, _ numbered: (Int) -> Int
  ) -> Bool {
    list = Array(list.prefix(count))
    var predicted = frameNumber
    for (index, step) in reorderings.enumerated() {
      predicted = (predicted + step % limit + limit) % limit
      let wanted = predicted > frameNumber ? predicted - limit : predicted
      guard index < count, let position = kept.indices.first(where: { numbered($0) == wanted }) else {
        return false
      }
      guard index <= list.count else { return false }
      let rest = list[index...].filter { $0 != position }
      list = Array((list[..<index] + [position] + rest).prefix(count))
    }
    return true
  }

  // MARK: Marking (8.2.5)

  /// - Returns: False where a picture is to be forgotten that is not there.
  private mutating func mark(_ header: SliceHeader, _ limit: Int) -> Bool {
    if header.isIDR { return true }
    if let forgotten = header.forgotten {
      for distance in forgotten {
        let wanted = header.frameNumber - distance
        guard
          let position = kept.firstIndex(where: {
            $0.pictureNumber(from: header.frameNumber, limit) == wanted
          })
        else { return false }
        kept.remove(at: position)
      }
      return kept.count < max(1, header.sequence.referenceCount)
    }
    if kept.count >= max(1, header.sequence.referenceCount) {
      // The oldest by frame number, which with short-term frames only is the first decoded.
      kept.removeFirst()
    }
    return true
  }
}
