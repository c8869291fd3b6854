import Foundation

extension Night {
  /// Enters what a cluster's elements left into the catalogue, and ends the night that handed them over. Recordings
  /// that were measured in portions are put together and reported on here, which takes a second each.
  ///
  /// What an element did not do is due again in the next night, and nothing else.
  public func merge(_ plan: ClusterPlan, with analyst: some Analyst) async throws -> Result {
    var result = Result()
    result.tally = plan.tally
    for (index, job) in plan.jobs.enumerated() {
      try catalogue.update(night: plan.night, current: job.file.path, tally: result.tally)
      var outcome = plan.outcome(ofJob: index, in: output)
      if outcome == .finished, plan.portions[index] > 1 {
        outcome = Task.isCancelled ? .stopped : await analyst.analyse(job)
      }
      try settle(outcome, of: job, into: &result)
    }
    try catalogue.update(night: plan.night, current: nil, tally: result.tally, ended: Self.seconds())
    plan.end(in: output)
    return result
  }
}

extension ClusterPlan {
  /// How a job ended: as the worst of its elements.
  fileprivate func outcome(ofJob job: Int, in output: URL) -> JobOutcome {
    let outcomes = elements.indices.filter { elements[$0].job == job }.map { number in
      outcome(of: number, in: output)
        ?? .failed(
          .transient,
          reason: "\(jobs[job].file.path): its element of the cluster's array was killed or never ran; see "
            + ClusterPlan.log(of: number, in: output).path)
    }
    return outcomes.first { $0.isImpossible } ?? outcomes.first { $0.isFailure }
      ?? outcomes.first { $0 == .stopped } ?? .finished
  }
}

extension JobOutcome {
  fileprivate var isImpossible: Bool { if case .impossible = self { true } else { false } }
  fileprivate var isFailure: Bool { if case .failed = self { true } else { false } }
}
