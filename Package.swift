// swift-tools-version: 6.2
// Targets stand in dependency order: each imports only targets above it.

import PackageDescription

/// One language mode and one set of checks for every target.
///
/// Warnings become errors where CI asks for it.
let checks: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .strictMemorySafety(),
    ] + (Context.environment["AUTODIDACT_WARNINGS_AS_ERRORS"] == "1" ? [.treatAllWarnings(as: .error)] : [])

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
// SQLite's C interface.
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioSockets = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
// Paths, as Subprocess takes them; part of the system on Apple platforms.
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system", condition: .when(platforms: [.linux]))

let package = Package(
    name: "autodidact",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "autodidact", targets: ["AutodidactCLI"]),
        .library(
            name: "Autodidact",
            targets: [
                // Randomness, Tensors and LanguageModel too: their types stand in the others' interfaces.
                "Randomness", "Tensors", "LanguageModel", "Autodidact", "TaskLibrary", "Recipes", "Studies", "Backends",
                "Remote", "Sandbox", "Queries", "RunStore", "Reports", "Observability", "Serving",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.11.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.0.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    ],
    targets: [
        .target(name: "CKernels"),
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .target(name: "Randomness", swiftSettings: checks),
        .target(name: "Texts", swiftSettings: checks),
        .target(
            name: "Tensors",
            // Apple platforms have Accelerate.
            dependencies: ["CKernels", .target(name: "COpenBLAS", condition: .when(platforms: [.linux])), "Randomness"],
            swiftSettings: checks
        ),
        .target(name: "LanguageModel", dependencies: ["Tensors", "Randomness", "Texts"], swiftSettings: checks),
        .target(name: "Autodidact", dependencies: ["Randomness", "Texts", crypto], swiftSettings: checks),
        .target(name: "TaskLibrary", dependencies: ["Autodidact", "Randomness", "Texts"], swiftSettings: checks),
        .target(name: "Recipes", dependencies: ["Autodidact", "Randomness", "Texts"], swiftSettings: checks),
        .target(name: "Studies", dependencies: ["Autodidact", "Randomness", "Recipes", "TaskLibrary", "Texts"], swiftSettings: checks),
        .target(name: "Backends", dependencies: ["Autodidact", "LanguageModel", "Tensors", "Randomness"], swiftSettings: checks),
        .target(
            name: "Remote",
            dependencies: ["Autodidact", "LanguageModel", "Randomness", "Texts", asyncHTTPClient, nio, nioHTTP1, nioSockets],
            swiftSettings: checks
        ),
        .target(name: "Sandbox", dependencies: ["Autodidact", "Texts", subprocess, systemPackage], swiftSettings: checks),
        .target(name: "Queries", dependencies: ["Autodidact", "Texts", sqlite], swiftSettings: checks),
        .target(name: "RunStore", dependencies: ["Autodidact", "Texts", grdb], swiftSettings: checks),
        .target(name: "Reports", dependencies: ["Autodidact", "Studies"], swiftSettings: checks),
        .target(name: "Observability", dependencies: ["Autodidact", "Texts", logging, metrics], swiftSettings: checks),
        .target(
            name: "Serving",
            dependencies: ["Autodidact", "Randomness", "Texts", httpTypes, hummingbird, hummingbirdCore, lifecycle, logging, nio],
            swiftSettings: checks
        ),
        .executableTarget(
            name: "AutodidactCLI",
            dependencies: [
                "Autodidact", "Backends", "LanguageModel", "Observability", "Queries", "Randomness", "Recipes", "Remote", "Reports",
                "RunStore", "Sandbox", "Serving", "Studies", "TaskLibrary", "Tensors", "Texts", argumentParser, logging,
            ],
            swiftSettings: checks
        ),

        .target(name: "TestSupport", dependencies: ["Autodidact", "Randomness"], path: "Tests/TestSupport", swiftSettings: checks),
        .target(name: "CSimulatedFiles", path: "Tests/CSimulatedFiles", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(
            name: "SimulatedWorld", dependencies: ["Autodidact", "CSimulatedFiles", "Randomness", "RunStore", "TestSupport"],
            path: "Tests/SimulatedWorld", swiftSettings: checks
        ),
        // What `Scripts/simulate` runs.
        .executableTarget(name: "simulate", dependencies: ["SimulatedWorld"], path: "Tests/Simulate", swiftSettings: checks),
        .testTarget(name: "RandomnessTests", dependencies: ["Randomness"], swiftSettings: checks),
        .testTarget(name: "TextsTests", dependencies: ["Texts"], swiftSettings: checks),
        .testTarget(name: "TensorsTests", dependencies: ["Tensors", "CKernels", "COpenBLAS", "Randomness"], swiftSettings: checks),
        .testTarget(
            name: "LanguageModelTests", dependencies: ["LanguageModel", "Tensors", "Randomness"], exclude: ["Tokenizer/Fixtures"],
            swiftSettings: checks
        ),
        .testTarget(
            name: "ParityTests", dependencies: ["LanguageModel", "Tensors", "Randomness"], exclude: ["Fixtures"], swiftSettings: checks
        ),
        .testTarget(name: "AutodidactTests", dependencies: ["Autodidact", "Randomness", "TestSupport"], swiftSettings: checks),
        .testTarget(
            name: "TaskLibraryTests", dependencies: ["TaskLibrary", "Autodidact", "Randomness"], exclude: ["Mathematics/Pairs"],
            swiftSettings: checks
        ),
        .testTarget(
            name: "RecipesTests", dependencies: ["Recipes", "TaskLibrary", "Autodidact", "Randomness", "TestSupport"], swiftSettings: checks
        ),
        .testTarget(
            name: "StudiesTests", dependencies: ["Studies", "Autodidact", "Randomness", "Recipes", "TaskLibrary", "TestSupport"],
            swiftSettings: checks
        ),
        .testTarget(
            name: "BackendsTests",
            dependencies: ["Backends", "Autodidact", "LanguageModel", "Tensors", "Randomness", "TaskLibrary", "TestSupport"],
            swiftSettings: checks
        ),
        .testTarget(
            name: "RemoteTests",
            dependencies: [
                "Remote", "Autodidact", "Randomness", "TestSupport", httpTypes, hummingbird, hummingbirdCore, lifecycle, logging, nio,
                nioSockets,
            ],
            swiftSettings: checks
        ),
        // What `Scripts/skyrl-tx` proves; skipped without a service.
        .testTarget(
            name: "SkyRLTests",
            dependencies: ["Remote", "Autodidact", "Backends", "LanguageModel", "Randomness", "Recipes", "TaskLibrary", "TestSupport"],
            swiftSettings: checks
        ),
        .testTarget(
            name: "SandboxTests", dependencies: ["Sandbox", "Autodidact", "Randomness", "TaskLibrary", systemPackage],
            exclude: ["Programs"], swiftSettings: checks
        ),
        .testTarget(name: "QueriesTests", dependencies: ["Queries", "Autodidact"], swiftSettings: checks),
        .testTarget(
            name: "RunStoreTests", dependencies: ["RunStore", "Autodidact", "Randomness", "TestSupport"], exclude: ["Fixtures"],
            swiftSettings: checks
        ),
        .testTarget(
            name: "SimulationTests", dependencies: ["SimulatedWorld", "Autodidact", "Randomness", "RunStore", "TestSupport"],
            swiftSettings: checks
        ),
        .testTarget(name: "ReportsTests", dependencies: ["Reports", "Autodidact", "Studies"], swiftSettings: checks),
        .testTarget(name: "ObservabilityTests", dependencies: ["Observability", "Autodidact", logging, metrics], swiftSettings: checks),
        .testTarget(
            name: "ServingTests", dependencies: ["Serving", "Autodidact", "TestSupport", httpTypes, hummingbird, logging, nio, nioSockets],
            swiftSettings: checks
        ),
        .testTarget(
            name: "FuzzTests",
            dependencies: [
                "AutodidactCLI", "Autodidact", "Backends", "LanguageModel", "Queries", "Randomness", "Recipes", "Remote", "Reports",
                "RunStore", "Sandbox", "Serving", "Studies", "TaskLibrary", "Tensors", "TestSupport", httpTypes, hummingbird, logging, nio,
                nioSockets,
            ],
            swiftSettings: checks
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "AutodidactCLI", "Autodidact", "Backends", "LanguageModel", "Randomness", "Recipes", "Remote", "Studies", "TaskLibrary",
                "Tensors", "TestSupport", subprocess, systemPackage,
            ],
            exclude: ["Fixtures"], swiftSettings: checks
        ),
    ],
    swiftLanguageModes: [.v6]
)
