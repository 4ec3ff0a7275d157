import NIOCore
import Presentation

/// What was missing or passed over, until the next APDU of the same direction is told together with it.
struct GapNotes {
    /// What came before an APDU.
    struct Note {
        /// Octets passed over, the first 1024 of them.
        fileprivate(set) var skipped = ByteBuffer()
        /// All octets passed over.
        fileprivate(set) var skippedCount = 0
        /// Octets the capture lacks.
        fileprivate(set) var missing = 0
        /// True if the capture lacks octets, even if nobody knows how many.
        fileprivate(set) var hasGap = false

        /// What is missing, in words; nil if nothing is.
        var text: String? {
            guard hasGap else { return nil }
            return missing > 0
                ? "\(missing) octets before this are missing in the capture"
                : "octets before this are missing in the capture"
        }
    }

    private struct Key: Hashable {
        let stream: Int
        let direction: Direction
    }

    private static let shownLimit = 1024
    private var notes: [Key: Note] = [:]

    /// Notes an event, if it tells of a gap.
    mutating func take(_ event: TrafficEvent) {
        let key = Key(stream: event.stream.index, direction: event.direction)
        switch event.content {
        case .missing(let count):
            notes[key, default: Note()].hasGap = true
            notes[key, default: Note()].missing += count ?? 0
        case .skipped(let octets):
            var note = notes[key] ?? Note()
            note.skippedCount += octets.readableBytes
            let room = max(0, Self.shownLimit - note.skipped.readableBytes)
            note.skipped.writeBytes(octets.readableBytesView.prefix(room))
            notes[key] = note
        default: break
        }
    }

    /// What came before the next APDU of a direction; it isn't told again.
    mutating func claim(_ stream: TrafficStream, _ direction: Direction) -> Note? {
        notes.removeValue(forKey: Key(stream: stream.index, direction: direction))
    }
}
