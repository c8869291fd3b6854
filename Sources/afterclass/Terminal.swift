import Foundation
import Logging

/// What is shown to the person at the terminal, or written to the log of a night's run.
enum Terminal {
  static var isInteractive: Bool {
    isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  /// Columns of the terminal.
  static var width: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  static func complain(_ text: String) {
    FileHandle.standardError.write(Data("afterclass: \(text.printable)\n".utf8))
  }

  /// Shows a line that the next one replaces.
  static func replaceLine(_ text: String) {
    let visible = String(text.printable.prefix(max(0, width - 1)))
    FileHandle.standardError.write(Data("\r\u{1B}[K\(visible)".utf8))
  }
}

extension String {
  /// Without control characters other than the line feed: names from recordings must not drive the terminal.
  var printable: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          let isControl =
            scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
          return isControl && scalar != "\n" ? "\u{FFFD}" : scalar
        }))
  }
}

/// `1:02:03`: hours, minutes and seconds as the program's own lines tell them, cut off.
func clock(_ seconds: Double) -> String {
  let total = Int(max(0, min(seconds, 1e7)))
  return String(format: "%d:%02d:%02d", total / 3600, total / 60 % 60, total % 60)
}

/// Log lines as `12:03:59 text`, with the level in front where it is a warning or worse.
struct LineLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .info

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { $0 < 10 ? "0\($0)" : "\($0)" }
    let prefix = event.level >= .warning ? "\(event.level): " : ""
    let text = "\(clock.joined(separator: ":")) \(prefix)\(event.message.description.printable)\n"
    FileHandle.standardError.write(Data("\(Terminal.isInteractive ? "\r\u{1B}[K" : "")\(text)".utf8))
  }

  static let log = Logger(label: "afterclass") { _ in LineLog() }
}
