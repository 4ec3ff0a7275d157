// swift-tools-version: 6.1
import PackageDescription

/// With IEC104_FUZZ set, the package has a fuzzer, and what it runs is built with coverage and address checks.
let isFuzzing = Context.environment["IEC104_FUZZ"] != nil
let fuzzerFlags = ["-sanitize=fuzzer,address"]
/// With IEC104_BENCH set, the package has a program that measures the connector.
let isBenchmarking = Context.environment["IEC104_BENCH"] != nil
let settings: [SwiftSetting] =
    [.enableUpcomingFeature("ExistentialAny")] + (isFuzzing ? [.unsafeFlags(fuzzerFlags)] : [])

let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioLocks = Target.Dependency.product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")
let yaml = Target.Dependency.product(name: "Yams", package: "Yams")
let histogram = Target.Dependency.product(name: "Histogram", package: "hdrhistogram-swift")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")

func room(_ name: String, in folder: String = "Sources", _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "\(folder)/\(name)", swiftSettings: settings)
}

func program(_ name: String, in folder: String = "Sources", _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: "\(folder)/\(name)", swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies + ["TestSupport"], swiftSettings: settings)
}

let fuzzer = Target.executableTarget(
    name: "fuzz", dependencies: ["FuzzTargets"], path: "Fuzz/fuzz",
    linkerSettings: [.unsafeFlags(fuzzerFlags)])

let bench = Target.executableTarget(
    name: "bench", dependencies: ["Benchmarking", argumentParser], path: "Benchmarks/bench", swiftSettings: settings)

let package = Package(
    name: "iec104-connector",
    products: [
        .executable(name: "iec104-connector", targets: ["iec104-connector"]),
        .executable(name: "iec104-sim", targets: ["iec104-sim"]),
        .executable(name: "iec104-replay", targets: ["iec104-replay"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CHiredis", path: "Sources/CHiredis", providers: [.apt(["libhiredis-dev"])]),
        .systemLibrary(name: "CPcap", path: "Sources/CPcap", providers: [.apt(["libpcap-dev"])]),
        .systemLibrary(name: "CMalloc", path: "Sources/CMalloc"),
        .systemLibrary(name: "CEvents", path: "Benchmarks/CEvents"),

        room("IEC104Model", [nioCore]),
        room("IEC104Link", ["IEC104Model", nioCore]),
        room("IEC104Station", ["IEC104Model", nioCore, deque, heap]),
        room("IEC104Channel", ["IEC104Model", "IEC104Link", nioCore, nioPosix, logging]),
        room("DataStore", ["CHiredis", nioCore, nioPosix, nioSSL, nioLocks, deque, logging]),
        room(
            "ConnectorCore",
            [
                "CMalloc", "IEC104Model", "IEC104Link", "IEC104Station", "IEC104Channel", "DataStore",
                nioCore, nioPosix, nioHTTP1, nioLocks, logging, lifecycle, unixSignals, toml,
            ]),
        program("iec104-connector", ["ConnectorCore", "DataStore", nioCore, logging, argumentParser]),

        room(
            "ControllingStation", in: "Simulator",
            ["IEC104Model", "IEC104Link", "IEC104Channel", nioCore, nioPosix, logging]),
        room("Presentation", in: "Simulator", ["IEC104Model"]),
        room(
            "StationMonitor", in: "Simulator",
            [
                "ControllingStation", "Presentation", "IEC104Model", "IEC104Link", "IEC104Channel", nioCore,
                unixSignals,
            ]),
        .target(
            name: "Conformance",
            dependencies: [
                "ControllingStation", "Presentation", "IEC104Model", "IEC104Link", "IEC104Channel", nioCore, nioPosix,
                yaml,
            ], path: "Simulator/Conformance",
            resources: [.embedInCode("Profiles/connector.yaml"), .embedInCode("Profiles/minimal.yaml")],
            swiftSettings: settings),
        room(
            "Demonstration", in: "Simulator",
            [
                "ControllingStation", "StationMonitor", "Presentation", "TestBench", "IEC104Model", "IEC104Channel",
                "DataStore", nioCore, nioPosix,
            ]),
        room(
            "Soak", in: "Simulator",
            ["ControllingStation", "TestBench", "IEC104Model", "IEC104Link", "DataStore", nioCore, nioPosix]),
        room(
            "ConformanceBench", in: "Simulator",
            [
                "Conformance", "ControllingStation", "ConnectorInput", "Presentation", "TestBench", "IEC104Model",
                "DataStore", nioCore, nioPosix,
            ]),
        room(
            "ScenarioRunner", in: "Simulator",
            [
                "ControllingStation", "StationMonitor", "ConnectorInput", "Presentation", "IEC104Model", "IEC104Link",
                "IEC104Channel", "DataStore", nioCore, yaml,
            ]),
        room(
            "Load", in: "Simulator",
            [
                "ControllingStation", "ConnectorInput", "Presentation", "IEC104Model", "IEC104Link", "IEC104Channel",
                "DataStore", nioCore, nioPosix, histogram,
            ]),
        room(
            "Shell", in: "Simulator",
            [
                "ControllingStation", "StationMonitor", "Presentation", "IEC104Model", "IEC104Link", "IEC104Channel",
                nioCore,
            ]),
        room("ConnectorInput", in: "Simulator", ["DataStore"]),
        room("ProgramOptions", in: "Simulator", ["IEC104Link", argumentParser]),
        room("TestBench", in: "Simulator", ["DataStore", nioCore, nioPosix, logging]),
        program(
            "iec104-sim", in: "Simulator",
            [
                "ControllingStation", "StationMonitor", "Presentation", "Demonstration", "ScenarioRunner", "Soak",
                "Load", "Shell", "ProgramOptions", "Conformance", "ConformanceBench", "TestBench", "IEC104Model",
                "IEC104Link",
                "IEC104Channel",
                "DataStore", nioCore, nioPosix, logging, argumentParser,
            ]),
        room(
            "Replay", in: "Simulator",
            ["ControllingStation", "Presentation", "IEC104Model", "IEC104Link", "CPcap", nioCore, deque]),
        room(
            "ReplayBench", in: "Simulator",
            [
                "Replay", "ControllingStation", "Presentation", "TestBench", "DataStore", "IEC104Model", "IEC104Link",
                "IEC104Channel", nioCore, nioPosix, deque,
            ]),
        program(
            "iec104-replay", in: "Simulator",
            [
                "Replay", "ReplayBench", "ControllingStation", "StationMonitor", "Presentation", "ProgramOptions",
                "DataStore", "IEC104Model", nioCore, nioPosix, argumentParser,
            ]),

        room(
            "FuzzTargets", in: "Fuzz",
            [
                "IEC104Model", "IEC104Link", "IEC104Channel", "IEC104Station", "DataStore", "ConnectorCore", "Replay",
                nioCore,
            ]),
        tests("FuzzReplayTests", ["FuzzTargets"]),

        room(
            "Benchmarking", in: "Benchmarks",
            [
                "CEvents", "TestBench", "ConnectorCore", "DataStore", "IEC104Channel", "IEC104Station", "IEC104Model",
                nioCore, histogram,
            ]),
        tests("BenchmarkingTests", ["Benchmarking", "TestBench"]),

        .target(
            name: "TestSupport",
            dependencies: [
                "TestBench", "IEC104Model", "IEC104Link", "IEC104Channel", nioCore, nioPosix, nioLocks,
            ], path: "Tests/TestSupport",
            swiftSettings: settings),
        tests("IEC104ModelTests", ["IEC104Model", nioCore]),
        tests("IEC104LinkTests", ["IEC104Model", "IEC104Link", nioCore]),
        tests("IEC104StationTests", ["IEC104Model", "IEC104Station", nioCore]),
        tests(
            "IEC104ChannelTests",
            ["IEC104Model", "IEC104Link", "IEC104Channel", nioCore, nioPosix, nioEmbedded, logging]),
        tests("DataStoreTests", ["DataStore", "TestBench", nioCore, nioPosix, nioLocks, logging]),
        tests(
            "ConnectorCoreTests",
            [
                "ConnectorCore", "DataStore", "IEC104Model", "IEC104Station", "IEC104Link", "TestBench", nioCore,
                nioPosix,
                nioLocks, logging,
                "iec104-connector",
            ]),
        tests(
            "InteroperabilityTests",
            [
                "ConnectorCore", "DataStore", "IEC104Model", "IEC104Station", "IEC104Link", "IEC104Channel", nioCore,
                nioEmbedded, nioLocks, logging,
            ]),
        tests(
            "ControllingStationTests",
            ["ControllingStation", "TestBench", "IEC104Model", "IEC104Link", "IEC104Channel", nioCore, nioPosix]),
        tests("DemonstrationTests", ["Demonstration", "StationMonitor", "ControllingStation", "IEC104Model", nioCore]),
        tests(
            "LoadTests",
            ["Load", "ControllingStation", "TestBench", "IEC104Model", "IEC104Channel", nioCore, nioLocks]),
        tests(
            "ShellTests",
            ["Shell", "StationMonitor", "ControllingStation", "TestBench", "IEC104Model", nioCore, nioLocks]),
        tests("SoakTests", ["Soak", "TestBench"]),
        tests("StationMonitorTests", ["StationMonitor", "ControllingStation", "Presentation", "IEC104Model", nioCore]),
        tests(
            "ReplayTests",
            [
                "Replay", "ReplayBench", "ControllingStation", "Presentation", "TestBench", "DataStore", "IEC104Model",
                "IEC104Link", nioCore, yaml, "iec104-replay", "iec104-connector",
            ]),
        tests("ScenarioRunnerTests", ["ScenarioRunner", "IEC104Model", "IEC104Link", nioCore]),
        tests(
            "ConformanceTests",
            [
                "Conformance", "ConformanceBench", "ControllingStation", "TestBench", "IEC104Model", "IEC104Link",
                "DataStore", nioCore, nioPosix, nioLocks, "iec104-connector", "iec104-sim",
            ]),
        tests(
            "IntegrationTests",
            [
                "ControllingStation", "TestBench", "IEC104Model", "IEC104Link", "DataStore", nioCore, nioPosix,
                nioLocks,
                logging,
                "iec104-connector", "iec104-sim",
            ]),
    ] + (isFuzzing ? [fuzzer] : []) + (isBenchmarking ? [bench] : [])
)
