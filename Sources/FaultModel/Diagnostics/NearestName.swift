/// Finds what somebody probably meant by a name that does not exist.
package enum NearestName {
    /// The candidate that a few slips of the keyboard turn into the text, or nothing when all are far away.
    ///
    /// Case and the kind of separator do not count, so `target-pods` is `TARGET_PODS`. Of two equally near candidates the
    /// earlier wins.
    ///
    /// - Parameters:
    ///   - text: What was written.
    ///   - candidates: What exists.
    /// - Returns: The nearest candidate, unless even that one is far away.
    package static func find(_ text: String, in candidates: some Sequence<String>) -> String? {
        let written = fold(text)
        // Longer than any key by far: no slip explains it, and the distance would cost its square.
        guard (1...64).contains(written.count) else { return nil }
        var best: (name: String, distance: Int)?
        for candidate in candidates {
            let name = fold(candidate)
            let reach = max(1, min(written.count, name.count) / 3)
            guard abs(name.count - written.count) <= reach else { continue }
            let distance = distance(written, name)
            if distance <= reach, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.name
    }

    /// Insertions, deletions, replacements and swaps of neighbors that turn one text into the other (the restricted
    /// Damerau-Levenshtein distance).
    static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...second.count)
        for row in first.indices {
            var current = [row + 1]
            current.reserveCapacity(second.count + 1)
            for column in second.indices {
                let replacement = last[column] + (first[row] == second[column] ? 0 : 1)
                var cost = min(replacement, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            (beforeLast, last) = (last, current)
        }
        return last[second.count]
    }

    private static func fold(_ text: String) -> [UInt8] {
        text.utf8.map { byte in
            if byte.isLowercaseLetter { return byte - 0x20 }
            return byte == UInt8(ascii: "-") || byte == UInt8(ascii: " ") ? UInt8(ascii: "_") : byte
        }
    }
}
