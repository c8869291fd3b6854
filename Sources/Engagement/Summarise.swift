public import Vocabulary

/// Summarises one recording.
///
/// - Parameter samples: in time order; walked once, so that a store can hand them over one by one.
public func summarise(
  samples: some Sequence<SampleObservation>, settings: SummarySettings = SummarySettings(),
  companions: Companions = Companions(), losses: [Loss] = []
) -> Summary {
  var accumulator = SummaryAccumulator(settings: settings)
  for sample in samples { accumulator.add(sample) }
  return accumulator.summary(companions: companions, losses: losses)
}
