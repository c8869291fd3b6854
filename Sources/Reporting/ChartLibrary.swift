import Foundation

/// The time series library of the report page, dygraphs 2 (MIT), as Debian's libjs-dygraphs installs it. It
/// is read when a report is written, and its licence goes into the page with it.
struct ChartLibrary {
  let script: String
  let style: String

  static let folder = "/usr/share/javascript/dygraphs"

  /// `nil` where it is not installed: the page then shows still charts.
  init?(folder: String = ChartLibrary.folder) {
    guard let script = try? String(contentsOfFile: "\(folder)/dygraph.min.js", encoding: .utf8),
      let style = try? String(contentsOfFile: "\(folder)/dygraph.min.css", encoding: .utf8),
      !script.lowercased().contains("</script")
    else { return nil }
    self.script = "/*! \(ChartLibrary.licence) */\n" + ChartLibrary.withoutSourceMap(script)
    self.style = ChartLibrary.withoutSourceMap(style)
  }

  /// A source map is a request that the page must not make.
  private static func withoutSourceMap(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("sourceMappingURL=") }.joined(separator: "\n") + "\n"
  }

  private static let licence = """
    dygraphs 2, Copyright (c) 2006-2023 Dan Vanderkam and contributors, mirabilos, Deutsche Telekom LLCTO. MIT licence:
    Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
    documentation files (the "Software"), to deal in the Software without restriction, including without limitation
    the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and
    to permit persons to whom the Software is furnished to do so, subject to the following conditions: The above
    copyright notice and this permission notice shall be included in all copies or substantial portions of the
    Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
    LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT
    SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION
    OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER
    DEALINGS IN THE SOFTWARE.
    """
}

/// Whether reports that are written now have charts that zoom.
public var isChartLibraryInstalled: Bool { ChartLibrary() != nil }
