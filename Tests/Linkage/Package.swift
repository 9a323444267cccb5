// swift-tools-version: 6.2

import PackageDescription

// Executables on the pure floors alone; `.ci/run` looks at what they are linked against.
let package = Package(
    name: "Linkage",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-fault-lab", path: "../..")],
    targets: [
        .executableTarget(
            name: "PureFloors",
            dependencies: [
                .product(name: "FaultModel", package: "swift-fault-lab"),
                .product(name: "ResetPeer", package: "swift-fault-lab"),
                .product(name: "TrafficShaping", package: "swift-fault-lab"),
                .product(name: "Evidence", package: "swift-fault-lab"),
            ]),
        // What nothing but the standard library is linked with: unoptimized, a missing function of C would show.
        .executableTarget(
            name: "ModelAlone",
            dependencies: [
                .product(name: "FaultModel", package: "swift-fault-lab"),
                .product(name: "TrafficShaping", package: "swift-fault-lab"),
                .product(name: "ResetPeer", package: "swift-fault-lab"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
