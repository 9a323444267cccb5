// swift-tools-version: 6.2

import PackageDescription

// A package of its own: its executable has no `main` without `--sanitize=fuzzer`, and a plain build of the library must
// not need one.
let package = Package(
    name: "Fuzzing",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "FuzzResetPeer", targets: ["FuzzResetPeer"])],
    dependencies: [.package(name: "swift-fault-lab", path: "../..")],
    targets: [
        .executableTarget(
            name: "FuzzResetPeer",
            dependencies: [
                .product(name: "ResetPeer", package: "swift-fault-lab"),
                .product(name: "FaultModel", package: "swift-fault-lab"),
            ],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
