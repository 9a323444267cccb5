import FaultModel

/// Reads the values of a pattern, and remembers which parameters were asked for.
struct PatternReader {
    let kind: String
    private var given: [(key: String, text: String)] = []
    /// The parameters that were asked for, in that order, with their values.
    private(set) var parameters: [TrafficPattern.Parameter] = []

    /// Reads nothing: every parameter has its default.
    init(kind: String) {
        self.kind = kind
    }

    /// Takes a text apart.
    ///
    /// - Parameters:
    ///   - kind: The name of the kind of traffic.
    ///   - text: What follows its colon.
    /// - Throws: What is no list of parameters.
    init(kind: String, _ text: String) throws(TrafficPatternError) {
        self.kind = kind
        if text.isEmpty { return }
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let sign = part.firstIndex(of: "=") else {
                throw TrafficPatternError(
                    part.isEmpty ? "a parameter of \(kind) is empty" : "'\(part)' is no parameter of \(kind)",
                    hint: part.isEmpty ? "drop a comma" : "write key=value, with commas between them")
            }
            let key = String(part[..<sign])
            if given.contains(where: { $0.key == key }) {
                throw TrafficPatternError(key: key, "the parameter is given twice", hint: "leave one of them out")
            }
            given.append((key, String(part[part.index(after: sign)...])))
        }
    }

    /// The value of a parameter.
    ///
    /// - Parameters:
    ///   - key: The name of the parameter.
    ///   - type: How it is read.
    ///   - standard: The default, as a text.
    ///   - meaning: What it means, half a sentence.
    /// - Returns: The value.
    /// - Throws: What is wrong with the value.
    mutating func value<Value>(
        _ key: String, _ type: PatternValue<Value>, default standard: String, _ meaning: String
    ) throws(TrafficPatternError) -> Value {
        let text = given.first { $0.key == key }?.text ?? standard
        do throws(TunableFlaw) {
            let value = try type.read(text)
            parameters.append(.init(key: key, text: text, meaning: meaning, rule: type.rule))
            return value
        } catch {
            throw TrafficPatternError(key: key, value: text, error.message ?? type.rule, hint: error.hint)
        }
    }

    /// Refuses parameters that nobody asked for.
    ///
    /// - Throws: The first one, with the name that was probably meant.
    func finish() throws(TrafficPatternError) {
        let known = parameters.map(\.key)
        guard let stray = given.first(where: { !known.contains($0.key) }) else { return }
        let hint = NearestName.find(stray.key, in: known).map { "write \($0)" }
        throw TrafficPatternError(
            key: stray.key, "\(kind) has no such parameter", hint: hint ?? "it has \(known.joined(separator: ", "))")
    }
}
