import Vocabulary

extension ObservationStore {
  /// Takes over the finished slices of another store of the same recording and settings, one transaction each, but
  /// for those that this one has in part or whole.
  ///
  /// - Throws: `StoreError`; what was taken over until then stays.
  public func absorb(_ other: ObservationStore) throws {
    let own = try slices()
    var waiting = try other.slices().filter { slice in
      !own.contains { $0.first <= slice.last && $0.last >= slice.first }
    }[...]
    var samples: [SampleObservation] = []
    func commitSlices(before index: Int64) throws {
      while let slice = waiting.first, slice.last < index {
        try commit(slice, samples: samples)
        samples = []
        waiting.removeFirst()
      }
    }
    try other.forEachSample { sample in
      try commitSlices(before: sample.index)
      if let slice = waiting.first, slice.first <= sample.index { samples.append(sample) }
    }
    try commitSlices(before: .max)
  }
}
