import COneDNN

/// The CPU as oneDNN sees it: what primitives are built for, and the queue on which they run.
///
/// One task at a time may use a processor and what was built on it.
final class Processor {
  let handle: dnnl_engine_t
  let stream: dnnl_stream_t
  let threads: Int
  /// Room for intermediate results of the primitive that runs; what is built here shares it.
  private(set) var scratchpad = Buffer(byteCount: 0)

  init(threads: Int = 1) throws {
    self.threads = max(1, min(threads, 256))
    var engine: dnnl_engine_t?
    try check(dnnl_engine_create(&engine, dnnl_cpu, 0), "engine_create")
    guard let engine else {
      throw NetworksError.library(place: "start", call: "engine_create", status: "null")
    }
    var stream: dnnl_stream_t?
    let status = dnnl_stream_create(&stream, engine, UInt32(dnnl_stream_default_flags.rawValue))
    guard status == dnnl_success, let stream else {
      dnnl_engine_destroy(engine)
      throw NetworksError.library(place: "start", call: "stream_create", status: name(of: status))
    }
    handle = engine
    self.stream = stream
    claimThreads()
  }

  deinit {
    dnnl_stream_destroy(stream)
    dnnl_engine_destroy(handle)
  }

  /// Makes the scratchpad as large as a primitive needs.
  func reserveScratchpad(_ byteCount: Int) {
    if byteCount > scratchpad.byteCount { scratchpad = Buffer(byteCount: byteCount) }
  }

  /// OpenMP keeps its number of threads by calling thread, and Swift's tasks move between threads: call
  /// this before building and before running.
  func claimThreads() {
    omp_set_num_threads(Int32(threads))
  }

  /// Whether this CPU multiplies bfloat16 in hardware.
  static var multipliesBFloat16: Bool { has(dnnl_cpu_isa_avx512_core_bf16) }

  /// Whether bfloat16 is faster than float32: about twice on AMD's Zen 4 and 5. Intel's without tiles (AMX) multiply
  /// vectors of bfloat16 at half the pace of floats, which makes them slower by half.
  static var gainsByBFloat16: Bool {
    multipliesBFloat16 && (multipliesTiles || processor_is_by_intel() == 0)
  }

  /// Whether this CPU multiplies whole tiles of bfloat16 (AMX).
  static var multipliesTiles: Bool { has(dnnl_cpu_isa_avx512_core_amx) }

  /// Whether this CPU multiplies eight-bit integers faster than floats: in pairs (AVX2) or in fours (VNNI).
  static var multipliesInt8: Bool { has(dnnl_cpu_isa_avx2) }

  /// Whether its sums of products of eight-bit integers have room for every product (VNNI).
  static var sumsInt8In32Bits: Bool { has(dnnl_cpu_isa_avx512_core_vnni) }

  private static func has(_ instructions: dnnl_cpu_isa_t) -> Bool {
    dnnl_get_effective_cpu_isa().rawValue & instructions.rawValue == instructions.rawValue
  }
}

func check(_ status: dnnl_status_t, _ call: String, at place: String = "network") throws {
  guard status == dnnl_success else {
    throw NetworksError.library(place: place, call: call, status: name(of: status))
  }
}

private func name(of status: dnnl_status_t) -> String {
  switch status {
  case dnnl_success: "success"
  case dnnl_out_of_memory: "out of memory"
  case dnnl_invalid_arguments: "invalid arguments"
  case dnnl_unimplemented: "unimplemented"
  case dnnl_runtime_error: "runtime error"
  default: "status \(status.rawValue)"
  }
}
