// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "swift-fault-lab",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "FaultLab", targets: ["FaultLab"]),
        .library(name: "FaultLabTesting", targets: ["FaultLabTesting"]),
        .library(name: "FaultLabXCTest", targets: ["FaultLabXCTest"]),
        .library(name: "FaultModel", targets: ["FaultModel"]),
        .library(name: "ResetPeer", targets: ["ResetPeer"]),
        .library(name: "TrafficShaping", targets: ["TrafficShaping"]),
        .library(name: "Evidence", targets: ["Evidence"]),
        .library(name: "SocketIO", targets: ["SocketIO"]),
        .library(name: "FaultProxy", targets: ["FaultProxy"]),
        .library(name: "Experiments", targets: ["Experiments"]),
        .library(name: "Reports", targets: ["Reports"]),
        .executable(name: "faultlab", targets: ["FaultLabCLI"]),
        .executable(name: "QuickStart", targets: ["QuickStart"]),
    ],
    targets: [
        // Floor 1: what a fault is.
        .target(name: "FaultModel"),
        .target(name: "CFaultLabShims", cSettings: [.define("_GNU_SOURCE")]),

        // Floor 2: pure engines and the log they are judged by; beside them, the sockets.
        .target(name: "ResetPeer", dependencies: ["FaultModel"]),
        .target(name: "TrafficShaping", dependencies: ["FaultModel"]),
        .target(name: "Evidence", dependencies: ["FaultModel"]),
        .target(
            name: "SocketIO",
            dependencies: [
                "FaultModel",
                .target(name: "CFaultLabShims", condition: .when(platforms: [.linux, .android])),
            ]),

        // Floor 3: the engines on real sockets; experiments over any backend.
        .target(
            name: "FaultProxy",
            dependencies: ["FaultModel", "ResetPeer", "TrafficShaping", "Evidence", "SocketIO"]),
        .target(name: "Experiments", dependencies: ["FaultModel", "Evidence"]),

        // Floor 4: rendering.
        .target(name: "Reports", dependencies: ["FaultModel", "TrafficShaping", "Evidence", "Experiments"]),

        // Floor 5: what a test author imports.
        .target(
            name: "FaultLab",
            dependencies: [
                "FaultModel", "ResetPeer", "Evidence", "SocketIO", "FaultProxy", "Experiments", "Reports",
                .target(name: "CFaultLabShims", condition: .when(platforms: [.linux, .android])),
            ]),

        // Floor 6: test frameworks and the command.
        .target(name: "FaultLabTesting", dependencies: ["FaultLab", "Experiments", "Reports"]),
        .target(name: "FaultLabXCTest", dependencies: ["FaultLab", "Experiments", "Reports"]),
        .executableTarget(
            name: "FaultLabCLI",
            dependencies: ["FaultModel", "TrafficShaping", "Evidence", "SocketIO", "FaultProxy", "Reports"]),
        .executableTarget(
            name: "QuickStart", dependencies: ["FaultLab"], path: "Docs/Examples/QuickStart"),

        .target(name: "ExampleFault", dependencies: ["FaultModel"], path: "Docs/Examples/ExampleFault"),
        .target(
            name: "ExampleBackend", dependencies: ["FaultModel", "Evidence", "Experiments"],
            path: "Docs/Examples/ExampleBackend"),

        // What several test targets need: raw sockets that say what the system said, and child processes.
        .target(
            name: "FaultLabTestSupport",
            dependencies: [.target(name: "CFaultLabShims", condition: .when(platforms: [.linux, .android]))],
            path: "Tests/Support"),

        // Minutes of mixed traffic, and more connections than a test can have: `Docs/toughness.md` tells what came of it.
        .executableTarget(
            name: "Soak",
            dependencies: ["FaultLabTestSupport", "FaultLab", "FaultProxy", "SocketIO", "FaultModel", "Evidence"],
            path: "Tests/Soak"),

        .testTarget(name: "FaultModelTests", dependencies: ["FaultModel", "ExampleFault"]),
        .testTarget(name: "ResetPeerTests", dependencies: ["ResetPeer", "FaultModel"]),
        .testTarget(name: "TrafficShapingTests", dependencies: ["TrafficShaping", "FaultModel"]),
        // One set of rules for a shaped link, held against the simulator, the proxy and the kernel.
        .testTarget(
            name: "ConformanceTests",
            dependencies: [
                "FaultLabTestSupport", "TrafficShaping", "FaultProxy", "SocketIO", "FaultModel", "Evidence",
            ],
            exclude: ["Kernel/shaped-link.py"]),
        .testTarget(name: "EvidenceTests", dependencies: ["Evidence", "FaultModel", "Reports"]),
        .testTarget(
            name: "ReportsTests", dependencies: ["FaultLabTestSupport", "Reports", "FaultModel", "TrafficShaping"]),
        .testTarget(
            name: "ExperimentsTests",
            dependencies: ["ExampleBackend", "Experiments", "Evidence", "FaultModel", "Reports"]),
        .testTarget(
            name: "FaultProxyTests",
            dependencies: [
                "FaultLabTestSupport", "FaultProxy", "SocketIO", "FaultModel", "ResetPeer", "Evidence",
            ]),
        // What goes wrong around a proxy: calls that fail, peers that are hostile, floods, upstreams that come and go.
        .testTarget(
            name: "ToughnessTests",
            dependencies: [
                "FaultLabTestSupport", "FaultLab", "FaultProxy", "SocketIO", "FaultModel", "ResetPeer", "Evidence",
            ]),
        .testTarget(
            name: "FaultLabTests",
            dependencies: [
                "FaultLabTestSupport", "FaultLab", "FaultLabTesting", "FaultLabXCTest", "FaultModel", "Evidence",
                "Experiments", "Reports", "FaultProxy", "SocketIO",
            ]),
        .testTarget(
            name: "CommandTests",
            dependencies: ["FaultLabTestSupport", "FaultLabCLI", "FaultLab", "FaultModel", "Evidence", "FaultProxy"]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.name != "CFaultLabShims" {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("InferIsolatedConformances"),
    ]
}
