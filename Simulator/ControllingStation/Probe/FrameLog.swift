import NIOCore
import Synchronization

/// What happened on the connections of probes, in order: the evidence of a case.
package final class FrameLog: Sendable {
    /// Something that happened.
    package struct Entry: Sendable {
        /// What it was.
        package enum Event: Sendable {
            /// The probe connected, from here to there.
            case connected(local: SocketAddress?, remote: SocketAddress?)
            /// Octets that the probe sent.
            case sent([UInt8])
            /// An APDU that the station sent, or octets that make none.
            case received([UInt8])
            /// The station closed the connection.
            case closedByStation
            /// The probe closed its own direction.
            case sendingClosedByProbe
            /// The probe closed it, or reset it.
            case closedByProbe(isReset: Bool)
            /// Something outside the connections: a value fed in, a step of the case.
            case note(String)
        }

        /// The connection, "A", "B", ...; empty for notes.
        package let connection: String
        package let event: Event
        /// When, by the clock that never steps.
        package let time: NIODeadline
        /// When, in milliseconds since 1970 UTC.
        package let millisecondsSince1970: Int64
    }

    /// Entries that are kept; later ones are only counted.
    private static let limit = 200_000

    private struct State {
        var entries: [Entry] = []
        var omitted = 0
    }

    private let state = Mutex(State())
    /// When the case began.
    package let start = NIODeadline.now()

    package init() {}

    package func append(_ connection: String, _ event: Entry.Event, at time: NIODeadline = .now()) {
        let entry = Entry(
            connection: connection, event: event, time: time, millisecondsSince1970: WallClock.milliseconds())
        state.withLock { state in
            if state.entries.count < Self.limit { state.entries.append(entry) } else { state.omitted += 1 }
        }
    }

    package func note(_ text: String) { append("", .note(text)) }

    /// What is kept, in order.
    package var entries: [Entry] { state.withLock { $0.entries } }
    /// How many came after the log was full.
    package var omitted: Int { state.withLock { $0.omitted } }
}
