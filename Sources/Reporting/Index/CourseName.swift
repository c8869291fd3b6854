/// The course that a lecture belongs to: its title without dates, times and running numbers, so that
/// "Algebra 2026-03-01", "Algebra, lecture 4" and "Algebra" are one.
///
/// - Parameter path: where the recording was; its folder names the course where the title is nothing but a date.
func courseName(title: String, path: String?) -> String {
  let words = title.split { " _,–—()[]".contains($0) }.map(String.init)
  var kept: [String] = []
  for word in words {
    if isDateOrNumber(word) {
      // "lecture 4": the word that the number counts goes with it.
      if let last = kept.last, kept.count > 1, counted.contains(last.lowercased()) { kept.removeLast() }
    } else {
      kept.append(String(withoutDate(word)))
    }
  }
  kept.removeAll { $0.isEmpty || $0.allSatisfy { "-–—.:#".contains($0) } }
  if !kept.allSatisfy({ empty.contains($0.lowercased()) }) { return kept.joined(separator: " ") }
  let folder = path.flatMap { $0.split(separator: "/").dropLast().last }
  return folder.map(String.init) ?? title
}

private let counted: Set = ["lecture", "week", "session", "class", "unit", "part", "no", "nr", "of"]
private let empty: Set = ["recording", "of", "gmt", "utc", "meeting", "video", "zoom"]

private func isDateOrNumber(_ word: String) -> Bool {
  let digits = word.filter { $0.isASCII && $0.isNumber }.count
  let rest = word.filter { !($0.isASCII && $0.isNumber) && !"-.:/#TZ".contains($0) }
  return digits > 0 && rest.isEmpty
}

/// "algebra-2026-03-01" and "algebra-w04" lose what follows the name.
private func withoutDate(_ word: String) -> Substring {
  var rest = word[...]
  while let last = rest.last, last.isASCII, last.isNumber || "-.:_".contains(last) { rest = rest.dropLast() }
  let tail = word[rest.endIndex...]
  guard tail.contains(where: \.isNumber) else { return word[...] }
  for ending in ["-week", "-w", "-lecture", "-l", "-session"] where rest.lowercased().hasSuffix(ending) {
    return rest.dropLast(ending.count)
  }
  // "CS101" is a name and no date.
  return tail.first.map { "-._".contains($0) } ?? false ? rest : word[...]
}
