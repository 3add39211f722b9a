// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// The benchmarks of one room, for `swift package benchmark`, which takes every executable beside
/// this file for one of its own.
func benchmarks(of room: String) -> Target {
  .executableTarget(
    name: room + "Benchmarks",
    dependencies: [
      "BenchmarkCases",
      .product(name: "Holdfast", package: "holdfast"),
      .product(name: "Benchmark", package: "benchmark"),
    ],
    path: room,
    swiftSettings: strict,
    plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
}

let package = Package(
  name: "holdfast-benchmarks",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "bandit-studies", targets: ["BanditStudies"]),
    .executable(name: "calibration", targets: ["Calibration"]),
    .executable(name: "compare-ours", targets: ["CompareOurs"]),
    .executable(name: "philox-stream", targets: ["PhiloxStream"]),
    .executable(name: "segment-studies", targets: ["SegmentStudies"]),
  ],
  dependencies: [
    .package(name: "holdfast", path: ".."),
    // Without its interposers: counts of allocations are not what is measured here.
    .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
  ],
  targets: [
    .target(
      name: "BenchmarkCases",
      dependencies: [.product(name: "Holdfast", package: "holdfast")],
      swiftSettings: strict),
    .executableTarget(
      name: "CompareOurs",
      dependencies: [
        "BenchmarkCases",
        .product(name: "Holdfast", package: "holdfast"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    // The errors of every test of the catalogues.
    .executableTarget(
      name: "Calibration",
      dependencies: [
        .product(name: "Holdfast", package: "holdfast"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    // Figures beside what they are held to.
    .target(name: "StudyTables", swiftSettings: strict),
    // Published studies of policies, in full.
    .executableTarget(
      name: "BanditStudies",
      dependencies: ["StudyTables", .product(name: "Holdfast", package: "holdfast")],
      swiftSettings: strict),
    // What is promised of discoveries, in full.
    .executableTarget(
      name: "SegmentStudies",
      dependencies: [
        "StudyTables",
        .product(name: "Holdfast", package: "holdfast"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    // The bits that Scripts/dieharder judges.
    .executableTarget(
      name: "PhiloxStream",
      dependencies: [
        .product(name: "Holdfast", package: "holdfast"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    benchmarks(of: "Probability"),
    benchmarks(of: "Bandits"),
    benchmarks(of: "Segments"),
    benchmarks(of: "Sessions"),
  ]
)
