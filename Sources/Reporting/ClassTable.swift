import Engagement
import Vocabulary

/// The columns of `class.csv`, a row a sample, and of `windows.csv`, a row a window.
///
/// - Parameter expressions: whether expressions are told; without them columns that would be empty are left out.
func classColumns(windows: Bool, expressions: Bool = true) -> [CSVColumn<ClassValue>] {
  let one = windows ? "window" : "sample"
  var columns: [CSVColumn<ClassValue>] = [
    .number(
      "time_s", unit: "s", decimals: 3,
      "Time on the recording's clock: \(windows ? "start of the window" : "grid time of the sample")."
    ) {
      Double($0.time.milliseconds) / 1000
    },
    .text("timecode", "The same as HH:MM:SS, rounded down.") { $0.time.timecode },
  ]
  columns.append(
    windows
      ? .number("faces", decimals: 2, "Mean number of faces visible at the samples of the window.") {
        $0.faces
      }
      : .integer("faces", "Faces visible.") { Int($0.faces) })
  columns.append(
    CSVColumn(
      name: "counted", kind: .boolean, unit: "",
      meaning: "False where the view shows one speaker, a shared screen or no grid: no class figures then."
    ) { .boolean($0.counted) })
  if expressions { columns += shareColumns(of: one) }
  columns += [
    .number("people", decimals: 2, "People that the indices are taken over: camera on.") {
      $0.indices?.people
    },
    .number("attention", "Attention proxy, 0 to 1: face there × facing the camera × eyes open.") {
      $0.indices?.attention
    },
  ]
  if expressions { columns += compositeColumns }
  guard windows else { return columns }
  return columns + [
    .number(
      "band_low",
      "Lower end of the 95 % bootstrap interval of engagement (attention where no expression is measured)."
    ) { $0.band?.low },
    .number("band_high", "Upper end of it.") { $0.band?.high },
  ]
}

private func shareColumns(of one: String) -> [CSVColumn<ClassValue>] {
  let means = Expression.allCases.map { expression in
    CSVColumn<ClassValue>.number(
      "mean_\(expression.name)",
      "Mean probability of displayed \(expression.name) over the participants' faces of the \(one)."
    ) {
      $0.means?[expression.rawValue]
    }
  }
  let shares = Expression.allCases.map { expression in
    CSVColumn<ClassValue>.number(
      "share_\(expression.name)",
      "Share of the participants' faces of the \(one) that clearly display \(expression.name) first."
    ) {
      $0.shares?[expression.rawValue]
    }
  }
  return means + shares + [
    .number(
      "share_uncertain", "Share of the participants' faces of the \(one) without a clear first expression."
    ) {
      $0.uncertain
    }
  ]
}

private let compositeColumns: [CSVColumn<ClassValue>] = [
  .number(
    "valence", "Happy minus negative displayed expressions, -1 to 1, relative to each person's usual."
  ) {
    $0.indices?.valence
  },
  .number("expressivity", "One minus neutral, 0 to 1, relative to each person's usual.") {
    $0.indices?.expressivity
  },
  .number(
    "concentration",
    "Weight of the first expression × attention / 0.9, 0 to 1, of faces that can be read: after Sharma et al. 2019, see MEASURES.md."
  ) {
    $0.indices?.concentration
  },
  .number("engagement", "Weighted composite of attention, expressivity and valence, 0 to 1.") {
    $0.indices?.engagement
  },
]
