import FaultModel

/// What a part of a line means; the color follows from it.
enum TerminalTone: String {
    case plain = ""
    case heading = "1"
    case faint = "2"
    case good = "32"
    case bad = "31"
    case unsure = "33"
}

extension TerminalReport {
    /// Colors a text that has its final width already, because the sequences take no columns.
    func paint(_ text: String, _ tone: TerminalTone) -> String {
        guard color, tone != .plain, !text.isEmpty else { return text }
        return "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m"
    }

    /// A text on the left and one at the right margin; the left one is cut when both do not fit.
    func line(
        _ left: String, _ leftTone: TerminalTone = .plain, right: String, _ rightTone: TerminalTone = .plain,
        indent: Int = 0, mark: String = ""
    ) -> String {
        let used = indent + (mark.isEmpty ? 0 : 2)
        let room = Self.width - used - right.count - (right.isEmpty ? 0 : 2)
        let text = left.printable.cut(to: room)
        let gap = right.isEmpty ? "" : String(repeating: " ", count: Self.width - used - text.count - right.count)
        return String(repeating: " ", count: indent) + (mark.isEmpty ? "" : mark + " ") + paint(text, leftTone) + gap
            + paint(right, rightTone)
    }

    /// A text broken between words into lines that fit, all with the same indent.
    func wrapped(_ text: String, indent: Int, tone: TerminalTone = .plain) -> [String] {
        let room = Self.width - indent
        var lines: [String] = []
        var current = ""
        for word in text.printable.split(separator: " ") {
            let word = String(word).cut(to: room)
            if !current.isEmpty && current.count + 1 + word.count > room {
                lines.append(current)
                current = word
            } else {
                current += (current.isEmpty ? "" : " ") + word
            }
        }
        if !current.isEmpty { lines.append(current) }
        return lines.map { String(repeating: " ", count: indent) + paint($0, tone) }
    }
}

extension String {
    /// The text without control characters: what a peer sends must not steer the reader's terminal.
    var printable: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
    }

    /// The text with at most so many characters, an ellipsis in place of what is missing.
    func cut(to room: Int) -> String {
        count <= room ? self : prefix(max(0, room - 1)) + "…"
    }

    /// The text filled up with spaces on the right, or on the left.
    func padded(to width: Int, onTheLeft: Bool = false) -> String {
        let fill = String(repeating: " ", count: max(0, width - count))
        return onTheLeft ? fill + self : self + fill
    }
}

extension Duration {
    /// The length with a unit that suits it, as in `420 µs`, `12.3 ms` or `4.05 s`.
    var readable: String {
        let nanoseconds = wholeNanoseconds
        return switch nanoseconds.magnitude {
        case 0: "0 ms"
        case ..<1_000_000: "\((nanoseconds + 500) / 1_000) µs"
        case ..<1_000_000_000: "\(decimal(nanoseconds, unit: 1_000_000, places: 1)) ms"
        default: "\(decimal(nanoseconds, unit: 1_000_000_000, places: 2)) s"
        }
    }

    /// The length in milliseconds, as in `12.3`.
    func milliseconds(places: Int) -> String {
        decimal(wholeNanoseconds, unit: 1_000_000, places: places)
    }
}

/// A number of units with decimal places, rounded half up; whole numbers only, so that it is the same everywhere.
private func decimal(_ value: Int64, unit: Int64, places: Int) -> String {
    var scale: Int64 = 1
    for _ in 0..<places { scale *= 10 }
    let step = unit / scale
    let rounded = (value.magnitude + UInt64(step / 2)) / UInt64(step)
    let (whole, part) = rounded.quotientAndRemainder(dividingBy: UInt64(scale))
    let digits = String(part)
    let sign = value < 0 && rounded > 0 ? "-" : ""
    return "\(sign)\(whole).\(String(repeating: "0", count: places - digits.count))\(digits)"
}
