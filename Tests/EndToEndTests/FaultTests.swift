import Foundation
import Testing

/// A machine that fails in the middle of a run; `Tests/Faults/faults.py` goes through all places where it can.
@Suite(.enabled(if: Faults.library != nil, "needs a C compiler and no sanitizer")) struct FaultTests {
  let folder = TemporaryFolder()

  private func analyze(
    _ name: String, _ fault: Fault? = nil, sampling: [String] = ["--every", "10s"]
  ) throws -> CommandLine.Result {
    try CommandLine.run(
      [
        "analyze", CommandLine.sample.path, "--output", folder.url.appendingPathComponent(name).path,
        "--quiet",
        "--jobs", "1", "--set", "detect.detector=cascade", "--set", "detect.long-side=640",
        "--set", "classify.bundle=none",
      ] + sampling, environment: fault.map(Faults.environment))
  }

  @Test(arguments: [
    Fault("write", ENOSPC, from: 20, status: 6, reason: "disk is full"),
    Fault("sync", EIO, from: 9, status: 6, reason: "error"),
    Fault("rename", ENOSPC, from: 4, status: 6, reason: "No space left"),
    Fault("open", EMFILE, from: 8, status: 6, reason: "cannot be written"),
    Fault(
      "read", EIO, from: 12, status: 1, reason: "lecture.mp4: cannot read: the disk or the network failed"),
    Fault("frame", ENOMEM, from: 120, status: 1, reason: "memory is short"),
    // A decoder that does not open.
    Fault("frame", ENOMEM, from: 200, status: 1, reason: "memory is short"),
  ])
  func aFaultIsToldAndTheNextRunMakesTheVeryReport(fault: Fault) throws {
    #expect(try analyze("whole").status == 0)
    let whole = try reproducibleFiles(in: folder.url.appendingPathComponent("whole"))
    let result = try analyze("faulty", fault)
    #expect(result.status == fault.status)
    #expect(result.errors.localizedCaseInsensitiveContains(fault.reason), "\(result.errors)")
    #expect(result.errors.split(separator: "\n").count == 1)

    let left = folder.url.appendingPathComponent("faulty")
    for (name, bytes) in whole {
      guard let found = try? Data(contentsOf: left.appendingPathComponent(name)) else { continue }
      #expect(found == bytes, "\(name)")
    }
    #expect(!FileManager.default.fileExists(atPath: left.appendingPathComponent("run.json").path))
    #expect(try analyze("faulty").status == 0)
    #expect(try reproducibleFiles(in: left) == whole)
  }

  /// Decoders conceal such pictures from their neighbours, and what a slice has measured is never measured again.
  @Test func memoryThatIsShortForOnePictureLosesNothing() throws {
    let sampling = ["--every", "4s", "--set", "sample.to=16s"]
    #expect(try analyze("whole", sampling: sampling).status == 0)
    let whole = try reproducibleFiles(in: folder.url.appendingPathComponent("whole"))
    for call in [95, 200] {
      let name = "faulty-\(call)"
      var fault = Fault("frame", ENOMEM, from: call, status: 1, reason: "memory is short")
      fault.stays = false
      let result = try analyze(name, fault, sampling: sampling)
      #expect(result.status == 0 || result.status == fault.status && result.errors.contains(fault.reason))
      #expect(try analyze(name, sampling: sampling).status == 0)
      #expect(try reproducibleFiles(in: folder.url.appendingPathComponent(name)) == whole, "call \(call)")
    }
  }
}

/// From the `from`th call on all calls of a kind fail, or that one alone.
struct Fault: CustomTestStringConvertible {
  var stays = true
  let (kind, code, from, status, reason): (String, Int32, Int, Int32, String)

  init(_ kind: String, _ code: Int32, from: Int, status: Int32, reason: String) {
    (self.kind, self.code, self.from, self.status, self.reason) = (kind, code, from, status, reason)
  }

  var testDescription: String { "\(kind): \(String(cString: strerror(code)))" }
}

enum Faults {
  private static let folder = TemporaryFolder()

  /// `Tests/Faults/faults.c`, built to be preloaded; not under a sanitizer, which stands before the calls itself.
  static let library: URL? = {
    guard dlsym(nil, "__asan_init") == nil, dlsym(nil, "__tsan_init") == nil else { return nil }
    let library = folder.url.appendingPathComponent("faults.so")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/cc")
    process.arguments = [
      "-shared", "-fPIC", "-O1", "-o", library.path,
      CommandLine.root.appendingPathComponent("Tests/Faults/faults.c").path, "-ldl",
    ]
    guard (try? process.run()) != nil else { return nil }
    process.waitUntilExit()
    return process.terminationStatus == 0 ? library : nil
  }()

  static func environment(_ fault: Fault) -> [String: String] {
    var own = [
      "LD_PRELOAD": library?.path ?? "", "FAULT_KIND": fault.kind, "FAULT_AT": "\(fault.from)",
      "FAULT_ERRNO": "\(fault.code)",
    ]
    if fault.stays { own["FAULT_STAYS"] = "1" }
    return ProcessInfo.processInfo.environment.merging(own) { _, new in new }
  }
}
