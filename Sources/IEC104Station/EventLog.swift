import DequeModule
import IEC104Model
import NIOCore

/// The events of the station, encoded once and read by every session at its own pace.
///
/// Neighbouring events of the same type, cause and common address share an ASDU for as long as nobody can have read
/// it. The log is bounded by `capacity` events; it is the station that closes a session before its cursor falls off.
/// What every session has read is dropped a chunk at a time.
struct EventLog {
    /// Octets of a chunk. Large enough to make its bookkeeping negligible, small enough to be given back soon.
    private static let chunkSize = 64 * 1024

    private var chunks: Deque<EventLogChunk> = []
    private var writer = OpenASDU()
    /// Events appended since the station started.
    private(set) var eventCount: UInt64 = 0

    /// The place after the newest event.
    var end: EventCursor {
        guard let last = chunks.last else { return EventCursor(chunk: nextChunk, entry: 0, event: eventCount) }
        return EventCursor(chunk: last.number, entry: last.entries.count, event: eventCount)
    }

    /// Octets held, for tests and metrics.
    var storedOctets: Int { chunks.reduce(0) { $0 + $1.octets.readableBytes } }

    private var nextChunk: UInt64 = 0

    /// Appends one event.
    ///
    /// - Returns: false if value and type don't go together; nothing is appended then.
    mutating func append(
        _ information: ProcessInformation, as type: TypeIdentification, cause: CauseOfTransmission,
        address: PointAddress
    ) -> Bool {
        guard let elementSize = ProcessInformation.elementSize(of: type) else { return false }
        let objectSize = 3 + elementSize
        let header = OpenASDU.Header(type: type, cause: cause, commonAddress: address.commonAddress)
        let joins = writer.accepts(header, objectSize: objectSize)
        if !joins, chunks.last.map({ $0.octets.readableBytes + ASDU.maximumSize > Self.chunkSize }) ?? true {
            chunks.append(EventLogChunk(number: nextChunk, size: Self.chunkSize))
            nextChunk += 1
        }
        let last = chunks.count - 1
        guard
            chunks[last].append(
                information, as: type, at: address.informationObjectAddress, joining: joins, header: header,
                event: eventCount)
        else { return false }
        if joins { writer.grow(by: objectSize) } else { writer.open(header, objectSize: objectSize) }
        eventCount += 1
        return true
    }

    /// Ends the open ASDU: from now on sessions may read it, and later events start another.
    mutating func seal() {
        writer.close()
    }

    /// Copies the ASDU at `cursor` to `buffer` and moves on; false at the end of the log.
    func read(_ cursor: inout EventCursor, into buffer: inout ByteBuffer) -> Bool {
        while let first = chunks.first, cursor.chunk >= first.number {
            let index = Int(cursor.chunk - first.number)
            guard index < chunks.count else { return false }
            let chunk = chunks[index]
            guard cursor.entry < chunk.entries.count else {
                guard index + 1 < chunks.count else { return false }
                cursor.chunk += 1
                cursor.entry = 0
                continue
            }
            let entry = chunk.entries[cursor.entry]
            cursor.entry += 1
            cursor.event = entry.firstEvent + UInt64(entry.objects)
            chunk.copy(entry, to: &buffer)
            return true
        }
        return false
    }

    /// Gives back the chunks that lie before every cursor.
    mutating func discard(before cursors: some Sequence<EventCursor>) {
        let oldest = cursors.lazy.map(\.chunk).min() ?? nextChunk
        while let first = chunks.first, first.number < oldest {
            // The newest chunk is kept while it can still be written to.
            if chunks.count == 1, oldest == nextChunk, writer.isOpen { return }
            chunks.removeFirst()
        }
    }

    /// Number of chunks held; the station looks for ones to give back when it grows.
    var chunkCount: Int { chunks.count }
}
