public import Foundation

/// The scripts that Slurm is handed: arrays of elements, and the job that merges what they leave.
///
/// Partition, account, memory and the like are the site's own: sbatch takes them from its environment
/// (`SBATCH_PARTITION`, `SBATCH_ACCOUNT`, `SBATCH_MEM_PER_CPU`, …).
struct SlurmScript {
  var executable: String
  var output: URL
  /// Cores of each element.
  var jobs: Int
  var deadline: Date?

  /// An array over elements `first` to `first + count - 1` of the plan.
  func array(first: Int, count: Int, now: Date = Date()) -> String {
    let logs = ClusterPlan.folder(in: output).appendingPathComponent("logs").path
    return """
      #!/bin/sh
      #SBATCH --job-name=afterclass
      #SBATCH --array=0-\(count - 1)
      #SBATCH --cpus-per-task=\(jobs)
      #SBATCH --output=/dev/null
      #SBATCH --requeue
      \(limits(now: now).map { "#SBATCH \($0)\n" }.joined())element=$((SLURM_ARRAY_TASK_ID + \(first)))
      exec >>\(quoted(logs))/$element.txt 2>&1
      exec \(quoted(executable)) cluster element --output \(quoted(output.path)) $element

      """
  }

  /// Runs once all arrays have ended, however they ended.
  func merging(after arrays: [String]) -> String {
    let log = ClusterPlan.folder(in: output).appendingPathComponent("logs/merging.txt").path
    let dependency = arrays.isEmpty ? "" : "#SBATCH --dependency=afterany:\(arrays.joined(separator: ":"))\n"
    return """
      #!/bin/sh
      #SBATCH --job-name=afterclass-merge
      \(dependency)#SBATCH --output=/dev/null
      exec >>\(quoted(log)) 2>&1
      exec \(quoted(executable)) cluster merge --output \(quoted(output.path))

      """
  }

  /// An element stops by itself at the deadline; Slurm's limit is the bound behind that, and takes what has not
  /// begun by then out of the queue.
  private func limits(now: Date) -> [String] {
    guard let deadline else { return [] }
    let minutes = max(1, Int((deadline.timeIntervalSince(now) / 60).rounded(.up)))
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.dateFormat = "yyyy-MM-dd'T'HH:mm:ss"
    return ["--time=\(minutes + 1)", "--time-min=1", "--deadline=\(formatter.string(from: deadline + 60))"]
  }

  private func quoted(_ word: String) -> String { Schedule.shellQuoted(word) }
}

extension ClusterPlan {
  /// Submits the arrays and the job that merges, and writes their numbers into the plan.
  ///
  /// - Parameter jobs: cores of each element.
  public mutating func submit(
    to slurm: Slurm, executable: URL, jobs: Int, in output: URL
  ) throws {
    let most = try slurm.largestArray()
    try begin(in: output)
    let script = SlurmScript(
      executable: executable.resolvingSymlinksInPath().path, output: output, jobs: jobs, deadline: deadline)
    for first in stride(from: 0, to: elements.count, by: most) {
      let count = min(most, elements.count - first)
      arrays.append(try slurm.submit(script.array(first: first, count: count)))
      // Known at once: a submission that fails half-way must not hide what runs.
      try save(in: output)
    }
    merging = try slurm.submit(script.merging(after: arrays))
    try save(in: output)
  }
}
