/// The rule that names of ECS clusters and services share: letters, digits, `-` and `_`, 1 to 255 bytes.
enum ECSName {
    static func check(_ text: String) throws(TunableFlaw) {
        if isLegal(text.utf8) { return }
        if let arn = ARN(text), let name = arn.resource.split(separator: "/").last, isLegal(name.utf8) {
            throw TunableFlaw(message: "this is a resource name (ARN)", hint: "write the name alone, \(name)")
        }
        if text.utf8.count > 255 {
            throw TunableFlaw(message: "the name has \(text.utf8.count) bytes, and the limit is 255")
        }
        throw TunableFlaw()
    }

    static func isLegal(_ bytes: some Collection<UInt8>) -> Bool {
        (1...255).contains(bytes.count) && bytes.allSatisfy { $0.isAlphanumeric || "-_".utf8.contains($0) }
    }
}
