import Foundation

/// `Fuzz TARGET [libFuzzer's options] CORPUS`: feeds arbitrary bytes to one reader of other people's files.
/// A refusal is fine; a trap, a leak of time or of memory is a find.
@main enum Fuzz {
  private static let targets: [String: @Sendable (Data) -> Void] = [
    "chat": fuzzChat, "csv": fuzzCSV, "decode": fuzzDecode, "h264": fuzzH264,
    "observations": fuzzObservations, "onnx": fuzzONNX, "transcript": fuzzTranscript, "yaml": fuzzYAML,
  ]

  static func main() {
    guard let chosen = CommandLine.arguments.dropFirst().first.flatMap({ targets[$0] }) else {
      fatalError("name one of \(targets.keys.sorted())")
    }
    target = chosen
    var count = CommandLine.argc - 1
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
    exit(
      runLibFuzzer(&count, &arguments) { start, count in
        target(start.map { Data(bytes: $0, count: count) } ?? Data())
        return 0
      })
  }
}

/// What is fuzzed: a C function captures nothing.
nonisolated(unsafe) private var target: (Data) -> Void = { _ in }

@_silgen_name("LLVMFuzzerRunDriver")
private func runLibFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Where a reader wants a file: in memory, of this process alone.
let scratch = URL(filePath: "/dev/shm/fuzz-\(getpid())")

/// Calls `body` with a file that holds `bytes`.
func withFile(_ bytes: Data, _ body: (URL) -> Void) {
  guard (try? bytes.write(to: scratch)) != nil else { return }
  defer { try? FileManager.default.removeItem(at: scratch) }
  body(scratch)
}
