// swift-tools-version: 6.2

import PackageDescription

let features: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
]

func library(_ name: String) -> Target.Dependency { .product(name: name, package: "swift-fault-lab") }

// A package of its own: its executable has no `main` without `--sanitize=fuzzer`, and a plain build of the library must
// not need one. Build it by `run`, which gives the flags that open the insides of the library to it.
let package = Package(
    name: "Fuzzing",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "Fuzz", targets: ["Fuzz"])],
    dependencies: [.package(name: "swift-fault-lab", path: "../..")],
    targets: [
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                "FuzzedCommand", library("FaultModel"), library("ResetPeer"), library("TrafficShaping"),
                library("Evidence"), library("Experiments"), library("Reports"), library("FaultLab"),
                library("SocketIO"),
            ],
            packageAccess: false, swiftSettings: features),
        // The command once more: no other package can import an executable. The folder is a link to its sources.
        .target(
            name: "FuzzedCommand",
            dependencies: [
                library("FaultModel"), library("TrafficShaping"), library("Evidence"), library("SocketIO"),
                library("FaultProxy"), library("Reports"),
            ],
            exclude: ["FaultLabCommand.swift"],
            packageAccess: false, swiftSettings: features),
    ],
    swiftLanguageModes: [.v6]
)
