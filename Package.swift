// swift-tools-version: 6.1

import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  // Saves about 1,000 instructions a request. Debug builds, in which all tests run, check exclusive access.
  .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

/// One room of the house: it may use only what stands before it.
func room(
  _ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = [],
  plugins: [Target.PluginUsage] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: strict, plugins: plugins)
}

/// The tests of one room, in a folder of its own.
func tests(_ room: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(room)Tests", dependencies: ["TestSupport", .target(name: room)] + dependencies, exclude: exclude,
    swiftSettings: strict)
}

/// What is for those who work on reqlint itself, and part of no build of its users: `REQLINT_DEVELOPMENT=1 swift build`.
let development: [Target] =
  Context.environment["REQLINT_DEVELOPMENT"] == nil
  ? []
  : [
    .executableTarget(
      name: "stages", dependencies: ["Linting", "Models", "Reports", "Requests", "Rules", "Syntax"],
      path: ".ci/bench.d/Stages", swiftSettings: strict)
  ]

/// What fuzzing needs; only `.ci/fuzz` asks for it, nobody else builds it.
let fuzzing: [Target] =
  Context.environment["REQLINT_FUZZING"] == nil
  ? []
  : [
    .systemLibrary(name: "CLibFuzzer", path: "Tests/Fuzzing/CLibFuzzer"),
    .target(
      name: "Fuzzing", dependencies: ["CLibFuzzer", "Syntax"], path: "Tests/Fuzzing/Fuzzing",
      swiftSettings: strict),
    .executableTarget(
      name: "fuzz-readers", dependencies: ["Fuzzing", "Models", "Rules", "Schemas", "Syntax", "Verdicts"],
      path: "Tests/Fuzzing/readers", swiftSettings: strict),
    .executableTarget(
      name: "fuzz-runs",
      dependencies: [
        "CLibXML2", "CommandLine", "Fuzzing", "Linting", "Models", "Planning", "Reports", "Requests", "Rules",
        "Syntax", "Verdicts",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Tests/Fuzzing/runs", swiftSettings: strict),
  ]

let package = Package(
  name: "reqlint",
  products: [.executable(name: "reqlint", targets: ["reqlint"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CICU", pkgConfig: "icu-i18n", providers: [.apt(["libicu-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "ICUBridge", dependencies: ["CICU"]),
    .target(name: "CPlatform"),
    .target(name: "CCatalog", exclude: ["files"]),
    .target(name: "CPage", exclude: ["files"]),

    room("Syntax", ["CLibXML2", "CLibYAML"]),
    room("Patterns", ["ICUBridge"]),
    room("Verdicts", ["Syntax"]),
    room("Models", ["CCatalog", "CZlib", "Syntax"]),
    room("CatalogDifference", ["Models", "Syntax"]),
    room("Requests", ["Models", "Syntax", "Verdicts"]),
    room(
      "Rules", ["ICUBridge", "Models", "Patterns", "Syntax", "Verdicts"], plugins: ["EmbedRules"]),
    room(
      "Linting",
      [
        "Models", "Patterns", "Requests", "Rules", "Syntax", "Verdicts",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    room("Schemas", ["Models", "Patterns", "Rules", "Syntax", "Verdicts"]),
    room("Wire", ["Models", "Patterns", "Syntax", .product(name: "Crypto", package: "swift-crypto")]),
    room(
      "Planning",
      [
        "Linting", "Models", "Requests", "Rules", "Syntax", "Verdicts", "Wire",
        .product(name: "Crypto", package: "swift-crypto"),
      ], resources: [.embedInCode("commands.json"), .embedInCode("effects.json")]),
    room(
      "Reports",
      [
        "CPage", "CatalogDifference", "Linting", "Planning", "Syntax", "Verdicts",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    room(
      "CommandLine",
      [
        "CPlatform", "CatalogDifference", "Linting", "Models", "Planning", "Reports", "Requests", "Rules",
        "Schemas", "Syntax", "Verdicts", "Wire",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .executableTarget(
      name: "reqlint", dependencies: ["CommandLine"], swiftSettings: strict,
      // Names of functions stay, so that a crash report says where; lines of sources go, a third of the size.
      linkerSettings: [.unsafeFlags(["-Xlinker", "-S"], .when(configuration: .release))]),

    .executableTarget(name: "embed-rules", swiftSettings: strict),
    .plugin(
      name: "EmbedRules", capability: .buildTool(), dependencies: ["embed-rules"], path: "Sources/EmbedRules"),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    tests("Syntax"),
    tests("Patterns", ["Models", "Syntax"], exclude: ["JavaFacts.json"]),
    tests("Models", ["Syntax"]),
    tests("CatalogDifference", ["Models", "Syntax"]),
    tests("Requests", ["Models", "Syntax", "Verdicts"]),
    tests("Rules", ["Models", "Syntax", "Verdicts"], exclude: ["Snapshots"]),
    tests("Linting", ["Models", "Requests", "Rules", "Syntax", "Verdicts"]),
    tests("Schemas", ["Models", "Patterns", "Rules", "Syntax"]),
    tests("Wire", ["Models", "Syntax"]),
    tests("Planning", ["Linting", "Models", "Requests", "Rules", "Syntax", "Verdicts", "Wire"]),
    tests(
      "Reports",
      [
        "CLibXML2", "CatalogDifference", "Linting", "Models", "Planning", "Syntax", "Verdicts",
        .product(name: "Crypto", package: "swift-crypto"),
      ], exclude: ["Golden"]),
    tests("CommandLine", ["reqlint", .product(name: "SystemPackage", package: "swift-system")]),
  ] + development + fuzzing,
  swiftLanguageModes: [.v6]
)
