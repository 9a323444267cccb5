public import Evidence

/// Events as JSON Lines: a header, then one flat object for each event.
///
/// `Docs/event-log.md` is the reference of the schema.
public enum JSONLines {
    /// The name of the schema, as in the header.
    public static let schema = "faultlab.events"
    /// The version of the schema, as in the header; it changes when a reader of the old one would misread the new one.
    public static let version = 1

    /// Renders the first line of a file.
    ///
    /// - Parameter header: What to say about the run.
    /// - Returns: The line in UTF-8, with its line feed.
    public static func line(_ header: JSONLinesHeader) -> [UInt8] {
        line { header.write(to: &$0, discarded: 0) }
    }

    /// Renders an event.
    ///
    /// - Parameter event: The event.
    /// - Returns: The line in UTF-8, with its line feed.
    public static func line(_ event: Event) -> [UInt8] {
        line { write(event, to: &$0) }
    }

    /// Renders what a reader of a growing log got: an event, or a line that says which events are missing.
    ///
    /// - Parameter item: The event or the gap.
    /// - Returns: The line in UTF-8, with its line feed.
    public static func line(_ item: LiveEvent) -> [UInt8] {
        switch item {
        case .event(let event): line(event)
        case .missed(let ids): line { JSONLinesRow(missed: ids).write(to: &$0) }
        }
    }

    /// Renders a whole record.
    ///
    /// - Parameters:
    ///   - record: The events; if a bounded log let some go, the header counts them.
    ///   - header: What to say about the run.
    /// - Returns: The lines in UTF-8, each with its line feed.
    public static func encode(_ record: EventRecord, header: JSONLinesHeader = JSONLinesHeader()) -> [UInt8] {
        var writer = JSONWriter()
        header.write(to: &writer, discarded: record.discarded)
        writer.newline()
        for event in record.events {
            write(event, to: &writer)
            writer.newline()
        }
        return writer.bytes
    }

    /// Writes a log while it grows, until it is finished or the task is cancelled.
    ///
    /// - Parameters:
    ///   - events: The events; where this falls behind too far, a line says which are missing.
    ///   - header: What to say about the run.
    ///   - sink: Takes one line at a time, in UTF-8 with its line feed. While it waits, nobody else does.
    /// - Throws: What the sink throws; nothing is written after that.
    public static func write<Failure: Error>(
        _ events: LiveEvents, header: JSONLinesHeader = JSONLinesHeader(),
        to sink: (consuming [UInt8]) async throws(Failure) -> Void
    ) async throws(Failure) {
        try await sink(line(header))
        var iterator = events.makeAsyncIterator()
        while let item = await iterator.next() { try await sink(line(item)) }
    }

    private static func write(_ event: Event, to writer: inout JSONWriter) {
        JSONLinesRow(event.fact).write(to: &writer, id: event.id, time: event.time)
    }

    private static func line(_ write: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        write(&writer)
        writer.newline()
        return writer.bytes
    }
}
