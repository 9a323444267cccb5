// swift-tools-version: 6.2

import PackageDescription

// An executable on the pure floors alone; `.ci/run` looks at what it is linked against.
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
                .product(name: "Evidence", package: "swift-fault-lab"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
