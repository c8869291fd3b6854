// swift-tools-version: 6.1
import PackageDescription

// One target a room (see ARCHITECTURE.md). Only the target beside a C library imports it.
let strict: [SwiftSetting] = [.enableUpcomingFeature("InternalImportsByDefault")]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

func room(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = [],
  exclude: [String] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, exclude: exclude, resources: resources,
    swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: "\(name)Tests", dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
  name: "afterclass",
  products: [.executable(name: "afterclass", targets: ["afterclass"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Native libraries, each imported by the one target beside it.
    .systemLibrary(
      name: "CFFmpeg", pkgConfig: "libavformat libavcodec libswscale libavutil",
      providers: [.apt(["libavformat-dev", "libavcodec-dev", "libswscale-dev", "libavutil-dev"])]),
    .systemLibrary(name: "COneDNN", providers: [.apt(["libdnnl-dev"])]),
    .systemLibrary(
      name: "CCompression", providers: [.apt(["libbz2-dev", "liblzma-dev", "zlib1g-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .target(
      name: "OpenCVBridge",
      cxxSettings: [.unsafeFlags(["-isystem", "/usr/include/opencv4"])],
      linkerSettings: ["core", "imgproc", "objdetect"].map {
        .linkedLibrary("opencv_\($0)")
      }),

    .target(name: "TesseractBridge", linkerSettings: [.linkedLibrary("tesseract")]),

    // The words that all stages share; pure Swift.
    room("Vocabulary"),

    // Names of things by what they hold.
    room("Digests", ["CCrypto"]),

    // How files and folders are written.
    room("Files"),

    // Tools, then stages in the order of a frame's walk. No stage imports another; Reporting reads Engagement's summary.
    room("H264"),
    room("Media", ["CFFmpeg", "Files", "H264", "Vocabulary"]),
    room("Imaging", ["OpenCVBridge", "Vocabulary"]),
    room("Networks", ["COneDNN", protobuf], exclude: ["ONNX/onnx.proto"]),
    room("Gallery", ["Vocabulary"]),
    room("Labels", ["Imaging", "TesseractBridge", "Vocabulary"]),
    room("Faces", ["Imaging", "Networks", "Vocabulary"]),
    room("Expressions", ["Digests", "Imaging", "Networks", "Vocabulary", yams]),
    room("Observations", ["Vocabulary", grdb, sqlite]),
    room("Engagement", ["Vocabulary"]),
    room(
      "Reporting", ["Digests", "Engagement", "Files", "Vocabulary"],
      resources: ["report.css", "report.js", "index.css"].map { .embedInCode("Resources/\($0)") }),

    // What puts the stages together.
    room(
      "Pipeline",
      [
        "Digests", "Engagement", "Expressions", "Faces", "Files", "Imaging", "Media", "Observations",
        "Reporting", "Vocabulary", logging, yams,
      ]),
    room(
      "Training",
      [
        "CCompression", "Digests", "Expressions", "Faces", "Files", "Imaging", "Media", "Networks",
        "Vocabulary", yams,
      ]),
    room("Batch", ["Pipeline", "Reporting", "Vocabulary", grdb, logging]),
    room("Rendering", ["Vocabulary"]),
    room("Benchmarking"),
    .executableTarget(
      name: "afterclass",
      dependencies: [
        "Batch", "Benchmarking", "Digests", "Engagement", "Expressions", "Faces", "Gallery", "Imaging",
        "Labels", "Media", "Networks", "Observations", "Pipeline", "Rendering", "Reporting", "Training",
        "Vocabulary", argumentParser, logging,
      ],
      swiftSettings: strict),

    tests("Vocabulary", ["Vocabulary"]),
    tests("Digests", ["Digests"]),
    tests("Files", ["Files"]),
    tests("H264", ["H264"]),
    tests("Media", ["Media", "Vocabulary"]),
    tests("Imaging", ["Imaging", "Vocabulary"]),
    tests("Networks", ["Networks", "OpenCVNetwork"]),
    tests("Gallery", ["Gallery", "Vocabulary"]),
    tests("Labels", ["Imaging", "Labels", "Vocabulary"]),
    tests("Faces", ["Faces", "Imaging", "Networks", "Vocabulary"]),
    tests("Expressions", ["Expressions", "Networks", "OpenCVNetwork", "Vocabulary"]),
    .target(
      name: "OpenCVNetwork", path: "Tests/OpenCVNetwork",
      cxxSettings: [.unsafeFlags(["-isystem", "/usr/include/opencv4"])],
      linkerSettings: [.linkedLibrary("opencv_dnn"), .linkedLibrary("opencv_core")]),
    tests("Observations", ["Observations", "Vocabulary", grdb]),
    tests("Engagement", ["Engagement", "Vocabulary"]),
    tests("Reporting", ["Engagement", "Reporting", "Vocabulary"]),
    tests("Pipeline", ["Engagement", "Expressions", "Faces", "Observations", "Pipeline", "Vocabulary"]),
    tests("Training", ["Digests", "Expressions", "Media", "Networks", "Training", "Vocabulary"]),
    tests("Batch", ["Batch", "Pipeline"]),
    tests("Rendering", ["Rendering", "Vocabulary"]),
    tests("Benchmarking", ["Benchmarking"]),
    tests("EndToEnd", ["Observations", "Rendering", "Vocabulary"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

// Built by Tests/Fuzz/fuzz.sh alone: it needs libFuzzer.
if Context.environment["AFTERCLASS_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "Engagement", "Expressions", "H264", "Media", "Networks", "Observations", "Pipeline", "Reporting",
        "Training", "Vocabulary", logging,
      ],
      path: "Tests/Fuzz", exclude: ["fuzz.sh", "seeds"], swiftSettings: strict))
}
