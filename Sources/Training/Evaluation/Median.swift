extension [Double] {
  /// The middle one in order, or the mean of the two middle ones; 0 for none.
  var median: Double {
    let sorted = sorted()
    guard !sorted.isEmpty else { return 0 }
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
  }
}
