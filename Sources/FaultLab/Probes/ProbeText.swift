import Evidence
import FaultModel

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#endif

/// Words for the details of answers.
enum ProbeText {
    /// A length of time, as in `3.2 ms`.
    static func length(_ length: Duration) -> String { Wording.length(length) }

    /// The beginning of a text in quotation marks, on one line.
    static func excerpt(_ text: String) -> String {
        let beginning = text.unicodeScalars.prefix(100)
        let isWhole = beginning.endIndex == text.unicodeScalars.endIndex
        return String(String.UnicodeScalarView(beginning)).quoted + (isWhole ? "" : "…")
    }

    /// A command as one would type it, so far as a reader needs it.
    static func commandLine(_ words: [String]) -> String {
        let plain = words.map { word in
            let isPlain = !word.isEmpty && word.utf8.allSatisfy { 0x21...0x7E ~= $0 && !"\"'\\".utf8.contains($0) }
            return isPlain ? word : word.quoted
        }
        return plain.joined(separator: " ")
    }

    /// A signal, as in `signal 9 (Killed)`.
    static func signal(_ number: Int) -> String {
        guard let name = strsignal(Int32(number)) else { return "signal \(number)" }
        return "signal \(number) (\(String(cString: name)))"
    }
}
