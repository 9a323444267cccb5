import Experiments

/// Comparisons as probe documents write them: what is read holds for what it names, and what is refused says why.
///
/// An input is lines: `int`, `float` or `text`, the criteria, and the values; `list` behind the type gives them as a list.
enum ComparisonFuzz {
    static func play(_ input: [UInt8]) {
        let lines = String(decoding: input, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        guard lines.count >= 2 else { return }
        let criteria = lines[1]
        let values = Array(lines.dropFirst(2))
        let value = values.joined(separator: "\n")
        do throws(InvalidComparison) {
            switch lines[0] {
            case "int":
                judge(try Comparison<Int>(criteria: criteria, value: value), at: [0, .min, .max], criteria, value)
            case "int list": judge(try Comparison<Int>(criteria: criteria, values: values), at: [0, .min, .max])
            case "float":
                judge(try Comparison<Double>(criteria: criteria, value: value), at: [0, .infinity], criteria, value)
            case "float list": judge(try Comparison<Double>(criteria: criteria, values: values), at: [0, .infinity])
            case "text": judge(try TextComparison(criteria: criteria, value: value), criteria, value)
            case "text list":
                let comparison = try TextComparison(criteria: criteria, values: values)
                checkLine(comparison.description)
                check(values.allSatisfy { comparison.holds(for: $0) }, "\(comparison) excludes a text of its own")
            default: return
            }
        } catch {
            checkLine(error.description)
        }
    }

    private static func judge<Value: LosslessStringConvertible>(
        _ comparison: Comparison<Value>, at samples: [Value], _ criteria: String = "", _ value: String = ""
    ) {
        checkLine(comparison.description)
        for sample in samples { _ = comparison.holds(for: sample) }
        guard let number = Value(value) else { return check(criteria.isEmpty, "\(value) was read, and is no number") }
        let holds = ["==": true, "<=": true, ">=": true, "!=": false, "<": false, ">": false][criteria]
        check(comparison.holds(for: number) == holds, "\(comparison) is wrong about \(number)")
    }

    private static func judge(_ comparison: TextComparison, _ criteria: String, _ value: String) {
        checkLine(comparison.description)
        let word = criteria.lowercased()
        if word == "matches" || word == "notmatches" {
            // What a pattern finds is the concern of the standard library; that it ends, and one way or the other, is ours.
            let positive = try? TextComparison(criteria: "matches", value: value)
            check(comparison.holds(for: "a b") == (positive?.holds(for: "a b") == (word == "matches")), "\(comparison)")
        } else {
            check(comparison.holds(for: value) == !word.hasPrefix("not"), "\(comparison) is wrong about its own text")
        }
    }
}
