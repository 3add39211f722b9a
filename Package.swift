// swift-tools-version: 6.2
import PackageDescription

/// Every target is held to the same rules, so that a warning never ages into a habit.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A room of the library: a target that holds one field's vocabulary.
func room(_ name: String, needs dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of a room, beside the law suites that all rooms share.
func tests(of name: String, needs dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: name + "Tests",
    dependencies: [.byName(name: name), "TestSupport"] + dependencies,
    resources: [.copy("Reference")],
    swiftSettings: strict)
}

let package = Package(
  name: "holdfast",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Holdfast", targets: ["Holdfast"]),
    .executable(name: "holdfast", targets: ["HoldfastCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    // Libraries of the system, each behind a module map.
    .systemLibrary(
      name: "CBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(
      name: "CLAPACKE", pkgConfig: "lapacke",
      providers: [.apt(["liblapacke-dev"]), .brew(["lapack"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    // Vector kernels, chosen at run time for the machine at hand.
    .target(name: "CKernels"),

    // The statistical core.
    room(
      "LinearAlgebra",
      needs: [
        "CKernels",
        .target(name: "CBLAS", condition: .when(platforms: [.linux])),
        .target(name: "CLAPACKE", condition: .when(platforms: [.linux])),
      ]),
    room("Probability", needs: ["CKernels"]),
    room("Inference", needs: ["LinearAlgebra", "Probability"]),
    room("Bandits", needs: ["Inference", "LinearAlgebra", "Probability"]),
    room("Segments", needs: ["CKernels", "Inference", "LinearAlgebra", "Probability"]),

    // Files in, files out, and the command.
    room("Sessions", needs: ["CKernels", "CZlib"]),
    room(
      "Holdfast",
      needs: [
        "Bandits", "Inference", "LinearAlgebra", "Probability", "Segments", "Sessions",
        .product(name: "Yams", package: "Yams"),
      ]),
    .executableTarget(
      name: "HoldfastCLI",
      dependencies: [
        "Holdfast", "Sessions",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["Probability"], path: "Tests/TestSupport",
      swiftSettings: strict),
    tests(of: "LinearAlgebra"),
    tests(of: "Probability"),
    tests(of: "Inference", needs: ["Probability"]),
    tests(of: "Bandits", needs: ["Inference", "LinearAlgebra", "Probability"]),
    tests(of: "Segments", needs: ["Inference", "LinearAlgebra", "Probability"]),
    tests(of: "Sessions"),
    tests(
      of: "Holdfast",
      needs: [
        "Bandits", "HoldfastCLI", "Inference", "LinearAlgebra", "Probability", "Segments",
        "Sessions",
      ]),
  ]
)
