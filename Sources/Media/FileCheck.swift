import CFFmpeg
import Foundation

/// Says what is wrong with a file that cannot be opened.
enum FileCheck {
  /// - Throws: ``MediaError`` unless `url` is a regular, readable file with something in it.
  static func require(_ url: URL) throws {
    let file = url.path
    var isFolder: ObjCBool = false
    guard url.isFileURL, FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw MediaError(
        .missing, "open", file: file, reason: "there is no such file",
        remedy: "check the path \(url.deletingLastPathComponent().path)")
    }
    let attributes = try? FileManager.default.attributesOfItem(atPath: url.resolvingSymlinksInPath().path)
    guard !isFolder.boolValue, attributes?[.type] as? FileAttributeType == .typeRegular else {
      throw MediaError(
        .missing, "open", file: file, reason: "it is a folder or a device, not a file",
        remedy: "give the recording itself")
    }
    guard FileManager.default.isReadableFile(atPath: url.path) else {
      throw MediaError(
        .unreadable, "open", file: file, reason: "permission denied",
        remedy: "make it readable: chmod u+r")
    }
    guard (attributes?[.size] as? Int ?? 0) > 0 else {
      throw MediaError(
        .empty, "open", file: file, reason: "the file is empty", remedy: "download or export it again")
    }
  }

  /// Why FFmpeg did not open `url`, found out from the file's first bytes alone.
  static func refusal(of url: URL, status: Int32) -> MediaError {
    let file = url.path
    if let failure = MediaError.failure(status, "open", file) { return failure }
    let head = (try? FileHandle(forReadingFrom: url).read(upToCount: 1 << 16)) ?? Data()
    let format = guess(head)
    if ["hls", "applehttp", "dash", "concat", "sdp", "rtsp", "ffmetadata"].contains(where: format.contains) {
      return MediaError(
        .playlist, "open", file: file,
        reason: "it is a playlist (\(format)) that names other files or addresses",
        remedy: "give the recording itself: nothing but local files is opened")
    }
    if format.hasPrefix("mov") {
      return MediaError(
        .unrecognised, "open", file: file,
        reason: "its index (moov) is missing or damaged, as after a recording that was cut off",
        remedy: "export it again, or repair it with a tool such as untrunc")
    }
    return MediaError(
      .unrecognised, "open", file: file,
      reason: format.isEmpty
        ? "it is not a video file, whatever its name says"
        : "its contents (\(format)) are not a video that can be analysed (\(FFmpegStatus.text(status)))",
      remedy: "give an mp4, mov, mkv, webm, avi, ts or flv recording")
  }

  private static func guess(_ head: Data) -> String {
    var bytes = Array(head) + [UInt8](repeating: 0, count: Int(AVPROBE_PADDING_SIZE))
    return bytes.withUnsafeMutableBufferPointer { buffer in
      var probe = AVProbeData()
      probe.buf = buffer.baseAddress
      probe.buf_size = Int32(head.count)
      var score: Int32 = 0
      return UnsafePointer(av_probe_input_format3(&probe, 1, &score)?.pointee.name).text
    }
  }
}
