/// Stops the fuzzer, in release builds too.
func check(_ condition: Bool, _ what: @autoclosure () -> String) {
    if !condition { fatalError(what()) }
}

/// Checks that a message is one line which a terminal can show: nothing in it steers the terminal or breaks the line.
func checkLine(_ line: String, _ what: @autoclosure () -> String = "a message") {
    check(!line.isEmpty, "\(what()) is empty")
    checkText(line, what(), mayBreak: false)
}

/// Checks that a text of several lines holds nothing that steers a terminal.
func checkText(_ text: String, _ what: @autoclosure () -> String = "a text", mayBreak: Bool = true) {
    for scalar in text.unicodeScalars {
        switch scalar.properties.generalCategory {
        case .control where scalar == "\n" && mayBreak: continue
        case .control, .format, .lineSeparator, .paragraphSeparator:
            check(false, "\(what()) has U+\(String(scalar.value, radix: 16)): \(text.debugDescription)")
        default: continue
        }
    }
}
