// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-fault-lab", path: "..")],
    targets: [
        // The shaper as a C programmer would write it, and a count of allocations: what the Swift one is held against.
        .target(name: "CTokenBucket"),
        .executableTarget(
            name: "bench",
            dependencies: [
                "CTokenBucket",
                .product(name: "FaultLab", package: "swift-fault-lab"),
                .product(name: "FaultModel", package: "swift-fault-lab"),
                .product(name: "TrafficShaping", package: "swift-fault-lab"),
            ],
            swiftSettings: [.enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility")]),
    ],
    swiftLanguageModes: [.v6]
)
