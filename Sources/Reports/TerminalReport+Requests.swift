import Evidence
import Experiments
import FaultModel

extension TerminalReport {
    /// The table of requests, one row each, cut in the middle when it is long.
    func requests(_ report: RunReport) -> [String] {
        let requests = TerminalRequest.all(in: report.record)
        guard !requests.isEmpty else { return [] }
        let resets = requests.count { $0.reset != nil }
        let start = report.phases.first?.start ?? .zero
        let rows = requests.map { request in
            let fate = request.fate
            return Row(
                request: request.id.description, title: request.title,
                time: (request.time - start).milliseconds(places: 1), choice: request.choice, fate: fate.text,
                lateness: request.lateness, tone: fate.tone)
        }
        let heading = Row(
            request: "request", title: "target", time: "at ms", choice: "decision", fate: "what happened",
            lateness: "late ms", tone: .faint)
        let widths = Widths(fitting: [heading] + rows)
        let count = "\(requests.count), \(resets) of them reset"
        return [paint("Requests", .heading) + "  " + count, layOut(heading, widths, isHeading: true)]
            + cutInTheMiddle(rows.map { layOut($0, widths) })
    }

    private func cutInTheMiddle(_ lines: [String]) -> [String] {
        guard lines.count > rowLimit else { return lines }
        let missing = "… \(lines.count - rowLimit) more rows"
        let head = (rowLimit + 1) / 2
        return lines.prefix(head) + ["  " + paint(missing, .faint)] + lines.suffix(rowLimit - head)
    }

    private struct Row {
        let request: String
        let title: String
        let time: String
        let choice: String
        let fate: String
        let lateness: String
        let tone: TerminalTone
    }

    /// The widths of the columns: as wide as needed, until the target gives way, and after it the ground of the decision.
    private struct Widths {
        private(set) var request = 0
        private(set) var title = 0
        private(set) var time = 0
        private(set) var choice = 0
        private(set) var fate = 0
        private(set) var lateness = 0

        init(fitting rows: [Row]) {
            for row in rows {
                request = max(request, min(row.request.count, 12))
                title = max(title, row.title.count)
                time = max(time, row.time.count)
                choice = max(choice, min(row.choice.count, 32))
                fate = max(fate, min(row.fate.count, 24))
                lateness = max(lateness, row.lateness.count)
            }
            // Two columns of margin and two between each of the six columns.
            let room = TerminalReport.width - 12 - request - time - fate - lateness
            title = min(title, max(16, room - choice))
            choice = min(choice, room - title)
        }
    }

    private func layOut(_ row: Row, _ widths: Widths, isHeading: Bool = false) -> String {
        func cell(_ text: String, _ width: Int, _ tone: TerminalTone = .plain, right: Bool = false) -> String {
            paint(text.printable.cut(to: width).padded(to: width, onTheLeft: right), isHeading ? .faint : tone)
        }
        // Nothing stands to the right of the last cell, so it is not filled up.
        let fateWidth = row.lateness.isEmpty ? min(row.fate.count, widths.fate) : widths.fate
        var cells = [
            cell(row.request, widths.request), cell(row.title, widths.title), cell(row.time, widths.time, right: true),
            cell(row.choice, widths.choice, row.tone == .bad ? .plain : .faint), cell(row.fate, fateWidth, row.tone),
        ]
        if !row.lateness.isEmpty { cells.append(cell(row.lateness, widths.lateness, right: true)) }
        return "  " + cells.joined(separator: "  ")
    }
}
