/// Finds the probe that somebody probably meant.
enum NearestProbe {
    /// The name that a few slips of the keyboard turn into the text, or nothing when all are far away.
    static func find(_ text: String, among names: [String]) -> String? {
        let written = Array(text.lowercased().utf8)
        // Longer than a name that anybody types: no slip explains it, and the distance would cost its square.
        guard (1...100).contains(written.count) else { return nil }
        let near = names.compactMap { name -> (name: String, distance: Int)? in
            let candidate = Array(name.lowercased().utf8)
            guard candidate.count <= 100 else { return nil }
            let distance = distance(written, candidate)
            return distance <= max(1, candidate.count / 3) ? (name, distance) : nil
        }
        return near.min { $0.distance < $1.distance }?.name
    }

    /// Insertions, deletions and replacements that turn one text into the other.
    private static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
        var last = Array(0...second.count)
        for (row, byte) in first.enumerated() {
            var current = [row + 1]
            for (column, other) in second.enumerated() {
                current.append(
                    min(last[column] + (byte == other ? 0 : 1), last[column + 1] + 1, current[column] + 1))
            }
            last = current
        }
        return last[second.count]
    }
}
