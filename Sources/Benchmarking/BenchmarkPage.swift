/// The report as one page that opens from disk: for each comparison a plot of every run.
extension BenchmarkReport {
  public func page() -> String {
    """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>Speed, \(date)</title>
    <style>
    :root { color-scheme: light dark; --ink: #1d2433; --faint: #69738a; --line: #d5dae3; --dot: #0b6aa8; --back: #fff }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e6e9f0; --faint: #9aa4ba; --line: #39415240; --dot: #6cb8f0; --back: #14181f } }
    body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--back); max-width: 56rem;
      margin: 2rem auto; padding: 0 1rem }
    h2 { margin: 2.5rem 0 0 } p { color: var(--faint); margin: .2rem 0 .6rem }
    svg { width: 100%; height: auto; overflow: visible } text { font-size: 13px; fill: var(--ink) }
    .axis { fill: var(--faint) } .rule { stroke: var(--line) } .dot { fill: var(--dot); fill-opacity: .35 }
    .median { stroke: var(--dot); stroke-width: 3 } code { font-size: .85em; overflow-wrap: anywhere }
    </style></head><body>
    <h1>Speed, \(date)</h1>
    <p>\(escaped(machine.processor)), \(machine.cores) cores, load \(fixed(machine.load, 1)) when it began. Each run
    (dots) and their median (bar); contenders took turns.</p>
    \(comparisons.map(plot).joined(separator: "\n"))
    </body></html>

    """
  }

  private func plot(_ comparison: Comparison) -> String {
    let quantity = comparison.quantity
    let highest = comparison.contenders.flatMap(\.runs).map { quantity($0) }.max() ?? 0
    let scale = 480 / max(1e-9, highest)
    let height = comparison.contenders.count * 34 + 26
    let ticks = ticks(upTo: highest).map { value in
      let x = 200 + value * scale
      return """
        <line class="rule" x1="\(fixed(x, 1))" x2="\(fixed(x, 1))" y1="0" y2="\(height - 20)"/>
        <text class="axis" text-anchor="middle" x="\(fixed(x, 1))" y="\(height - 4)">\(label(value)) \(quantity.unit)</text>
        """
    }
    let rows = comparison.contenders.enumerated().map { index, contender in
      row(comparison, contender, index, scale: scale)
    }
    let commands = comparison.contenders.map { "<code>\(escaped($0.command))</code>" }
    return """
      <h2>\(escaped(comparison.title))</h2><p>\(escaped(comparison.subject)): \(quantity.name)</p>
      <svg viewBox="0 0 860 \(height)" role="img" aria-label="\(escaped(comparison.title)): \(quantity.name)">
      \(ticks.joined(separator: "\n"))
      \(rows.joined(separator: "\n"))
      </svg>
      <p>\(commands.joined(separator: "<br>"))</p>
      """
  }

  private func row(
    _ comparison: Comparison, _ contender: Comparison.Contender, _ index: Int, scale: Double
  ) -> String {
    let y = index * 34 + 18
    let dots = contender.runs.map { run in
      "<circle class=\"dot\" r=\"6\" cx=\"\(fixed(200 + comparison.quantity(run) * scale, 1))\" cy=\"\(y)\"/>"
    }
    guard let spread = Spread(contender.runs.map { comparison.quantity($0) }),
      let ratio = Spread(comparison.ratios(index))
    else { return "" }
    let x = fixed(200 + spread.median * scale, 1)
    let beside = index == 0 ? "" : ", × \(fixed(ratio.median, 2))"
    return """
      <text x="0" y="\(y + 5)">\(escaped(contender.name))</text>\(dots.joined())
      <line class="median" x1="\(x)" x2="\(x)" y1="\(y - 11)" y2="\(y + 11)"/>
      <text x="700" y="\(y + 5)">\(fixed(spread.median, comparison.quantity == .memory ? 0 : 2)) \(comparison.quantity.unit)\(beside)</text>
      """
  }

  /// Round values from zero to just below the highest, at most six.
  private func ticks(upTo highest: Double) -> [Double] {
    guard highest > 0 else { return [0] }
    var step = 1e-3
    let factors = [2, 2.5, 2]
    var index = 0
    while highest / step > 5 {
      step *= factors[index % 3]
      index += 1
    }
    return (0...Int(highest / step)).map { Double($0) * step }
  }

  private func label(_ value: Double) -> String {
    let digits = value == value.rounded() ? 0 : value >= 0.1 ? 1 : 3
    return fixed(value, digits)
  }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
  }
}
