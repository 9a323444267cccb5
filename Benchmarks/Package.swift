// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-fault-lab", path: "..")],
    targets: [
        // The shaper as a C programmer would write it: what the Swift one is held against.
        .target(name: "CTokenBucket"),
        // A count of allocations.
        .target(name: "CAllocations"),
        // Clients and upstreams in C, so that what stands around a proxy takes little of the machine. Linux only.
        .target(name: "CLoad", cSettings: [.define("_GNU_SOURCE")]),
        // The proxy beside others, and its allocations.
        .target(
            name: "ProxyBench",
            dependencies: [
                "CAllocations", "CLoad",
                .product(name: "Evidence", package: "swift-fault-lab"),
                .product(name: "FaultModel", package: "swift-fault-lab"),
                .product(name: "FaultProxy", package: "swift-fault-lab"),
                .product(name: "ResetPeer", package: "swift-fault-lab"),
                .product(name: "SocketIO", package: "swift-fault-lab"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "bench",
            dependencies: [
                "CAllocations", "CTokenBucket",
                .target(name: "ProxyBench", condition: .when(platforms: [.linux])),
                .product(name: "FaultLab", package: "swift-fault-lab"),
                .product(name: "FaultModel", package: "swift-fault-lab"),
                .product(name: "TrafficShaping", package: "swift-fault-lab"),
            ],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
