import Foundation
import Media
import Vocabulary

/// Feeds arbitrary bytes to the reader of recordings and of pictures. A refusal is fine; a trap is a find.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzDecode(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Data(bytes: start, count: count)
  _ = try? PictureReader.decode(bytes, named: "fuzz")
  let url = URL(filePath: "/dev/shm/fuzz-decode-\(getpid())")
  guard (try? bytes.write(to: url)) != nil else { return 0 }
  defer { try? FileManager.default.removeItem(at: url) }
  guard let recording = try? Recording(opening: url) else { return 0 }
  for grid in [SamplingGrid.every(Timestamp(1, over: 3)), .keyframes] {
    let indices = recording.indices(of: grid)
    let first = indices.lowerBound..<min(indices.upperBound, indices.lowerBound + 8)
    let last = max(indices.lowerBound, indices.upperBound - 4)..<indices.upperBound
    for slice in [first, last] {
      guard let reader = try? recording.frames(on: grid, in: slice) else { continue }
      while (try? reader.next()) != nil {}
    }
  }
  return 0
}
