import CFFmpeg

/// Runs `body` with every block of 64 KiB or more in pages of its own, which go back to the system when freed.
///
/// A container's index grows with the recording: megabytes that are allocated, doubled and freed. In glibc's
/// heap the holes that they leave stay with the process (30 MB for two hours). Pages of its own for every block
/// at all times would cost 7 to 15 % of an analysis, so pictures keep to the heap. The threshold is the whole process's:
/// what other threads allocate meanwhile may get its own pages too, and that is all.
func withLargeBlocksApart<Value>(_ body: () throws -> Value) rethrows -> Value {
  mallopt(M_MMAP_THRESHOLD, 64 << 10)
  defer {
    // As high as glibc itself would have raised it by then, seeing pictures freed.
    mallopt(M_MMAP_THRESHOLD, 32 << 20)
    mallopt(M_TRIM_THRESHOLD, 64 << 20)
  }
  return try body()
}

/// Gives back to the system what the heap no longer uses: what comes next need not come on top of it.
public func releaseFreeMemory() { malloc_trim(0) }
