public import Experiments

/// Renders a run for people who read a terminal: at most 100 columns, the same text on every machine.
///
/// ```swift
/// print(TerminalReport(color: true).render(report))
/// ```
public struct TerminalReport: Hashable, Sendable {
    /// The most columns of a line.
    static let width = 100

    /// Whether marks and headings are colored with ANSI sequences.
    public let color: Bool
    /// The most rows of the table of requests; longer tables are cut in the middle.
    public let rowLimit: Int

    /// Configures the rendering.
    ///
    /// - Parameters:
    ///   - color: Whether marks and headings are colored with ANSI sequences; the environment is never asked.
    ///   - rowLimit: The most rows of the table of requests, at least 2; longer tables are cut in the middle.
    public init(color: Bool = false, rowLimit: Int = 40) {
        self.color = color
        self.rowLimit = max(2, rowLimit)
    }

    /// Renders a run.
    ///
    /// - Parameter report: What the run found out.
    /// - Returns: Lines that end in line feeds; the last one says how the run ended, and with which seed it repeats.
    public func render(_ report: RunReport) -> String {
        let sections = [
            header(report), steadyState(report), faults(report), requests(report), links(report), upstream(report),
            calls(report), stop(report), expectations(report), warnings(report), problems(report), score(report),
            conclusion(report),
        ]
        return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }
}
