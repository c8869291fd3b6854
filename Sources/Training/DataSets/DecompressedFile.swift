import CCompression
import Glibc

/// A file read from the front, decompressed on the way: plain, gzip, bzip2 or xz, told apart by its first
/// bytes. Memory does not grow with the file.
final class DecompressedFile {
  private enum Format {
    /// zlib passes plain bytes through unchanged.
    case gzipOrPlain(gzFile)
    case bzip2(UnsafeMutableRawPointer)
    case xz
  }

  private let path: String
  private let file: UnsafeMutablePointer<FILE>
  private var format: Format
  private var xz = afterclass_lzma_stream()
  private var compressed = [UInt8](repeating: 0, count: 1 << 16)
  /// How many of the compressed bytes the decoder has taken.
  private var consumed = 0
  private var ended = false

  /// - Throws: `DataSetError.unreadable` where the file cannot be opened.
  init(path: String) throws {
    var details = stat()
    guard stat(path, &details) == 0, details.st_mode & S_IFMT != S_IFDIR, let file = fopen(path, "rb") else {
      throw DataSetError.unreadable(path: path, reason: "there is no such file, or it may not be read")
    }
    var magic = [UInt8](repeating: 0, count: 6)
    let known = fread(&magic, 1, magic.count, file)
    rewind(file)
    self.path = path
    self.file = file
    var status: Int32 = 0
    if known >= 3, magic.prefix(3).elementsEqual("BZh".utf8),
      let stream = BZ2_bzReadOpen(&status, file, 0, 0, nil, 0)
    {
      format = .bzip2(stream)
    } else if known == 6, magic == [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],
      afterclass_lzma_decoder(&xz, 256 << 20) == LZMA_OK
    {
      format = .xz
    } else if let stream = gzopen(path, "rb") {
      format = .gzipOrPlain(stream)
    } else {
      fclose(file)
      throw DataSetError.unreadable(path: path, reason: "it cannot be opened")
    }
  }

  deinit {
    switch format {
    case .gzipOrPlain(let stream): gzclose(stream)
    case .bzip2(let stream):
      var status: Int32 = 0
      BZ2_bzReadClose(&status, stream)
    case .xz: lzma_end(&xz)
    }
    fclose(file)
  }

  /// Fills the buffer with the next bytes and returns their number; 0 at the end.
  /// - Throws: `DataSetError.unreadable` where the compressed data are damaged or cut off.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard !ended, let start = buffer.baseAddress, !buffer.isEmpty else { return 0 }
    let capacity = Int32(clamping: buffer.count)
    switch format {
    case .gzipOrPlain(let stream):
      let count = gzread(stream, start, UInt32(capacity))
      var status: Int32 = 0
      _ = gzerror(stream, &status)
      guard count >= 0, status == Z_OK || status == Z_STREAM_END else { throw damaged }
      return Int(count)
    case .bzip2:
      return try readBzip2(into: start, capacity: capacity)
    case .xz:
      return try readXZ(into: start, capacity: Int(capacity))
    }
  }

  private func readBzip2(into start: UnsafeMutableRawPointer, capacity: Int32) throws -> Int {
    while !ended, case .bzip2(let stream) = format {
      var status: Int32 = 0
      let count = BZ2_bzRead(&status, stream, start, capacity)
      guard status == BZ_OK || status == BZ_STREAM_END else { throw damaged }
      if status == BZ_STREAM_END { try openNextStream(after: stream) }
      if count > 0 { return Int(count) }
    }
    return 0
  }

  /// pbzip2 writes one stream after the other, of which the decoder takes one alone.
  private func openNextStream(after stream: UnsafeMutableRawPointer) throws {
    var (status, count): (Int32, Int32) = (0, 0)
    var start: UnsafeMutableRawPointer?
    BZ2_bzReadGetUnused(&status, stream, &start, &count)
    var unused = Array(UnsafeRawBufferPointer(start: start, count: Int(count)))
    if unused.isEmpty {
      let next = fgetc(file)
      guard next != EOF else {
        ended = true
        return
      }
      unused = [UInt8(next)]
    }
    guard let next = BZ2_bzReadOpen(&status, file, 0, 0, &unused, Int32(unused.count)) else { throw damaged }
    BZ2_bzReadClose(&status, stream)
    format = .bzip2(next)
  }

  private func readXZ(into start: UnsafeMutableRawPointer, capacity: Int) throws -> Int {
    try compressed.withUnsafeMutableBufferPointer { input in
      xz.next_out = start.assumingMemoryBound(to: UInt8.self)
      xz.avail_out = capacity
      while xz.avail_out > 0 {
        if xz.avail_in == 0 {
          xz.avail_in = fread(input.baseAddress, 1, input.count, file)
          consumed = 0
        }
        xz.next_in = input.baseAddress.map { UnsafePointer($0 + consumed) }
        let before = xz.avail_in
        let status = lzma_code(&xz, before == 0 ? LZMA_FINISH : LZMA_RUN)
        consumed += before - xz.avail_in
        if status == LZMA_STREAM_END {
          ended = true
          break
        }
        guard status == LZMA_OK else { throw damaged }
      }
      return capacity - xz.avail_out
    }
  }

  private var damaged: DataSetError {
    .unreadable(path: path, reason: "its compressed data are damaged or cut off; fetch the file again")
  }
}
