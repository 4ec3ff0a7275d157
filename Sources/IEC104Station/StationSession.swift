import DequeModule
import IEC104Model
import NIOCore

/// What a session asks of the link it runs on.
package protocol StationSessionLink: AnyObject {
    /// There is something to send: pull it with `nextASDU(into:)` as the window allows.
    func wake()
    /// The session can't go on: close the connection.
    func close(_ reason: StationSession.CloseReason)
}

/// One controlling station's view of the station: its place in the event log, its interrogations, its answers.
///
/// Nothing is queued that can be made when it is needed. Confined to the event loop of its station.
package final class StationSession {
    /// Why the station gives a session up.
    package enum CloseReason: Hashable, Sendable, CustomStringConvertible {
        /// The session fell more than `events.buffer` events behind.
        case overrun(behind: Int)
        /// The controlling station asks more than it lets be answered.
        case tooManyRequests
        /// The station is initialized anew.
        case reset

        package var description: String {
            switch self {
            case .overrun(let behind): "\(behind) events behind"
            case .tooManyRequests: "too many answers left unread"
            case .reset: "reset process command"
            }
        }
    }

    /// Answers waiting for the window. A controlling station that leaves more unread is closed.
    static let maximumAnswers = 1024
    /// Interrogations waiting for the running one; a further one is refused.
    static let maximumInterrogations = 16

    let station: Station
    /// The host that the session belongs to.
    let peer: String
    /// The connection under the session.
    package weak var link: (any StationSessionLink)?
    private(set) var isStarted = false
    /// Stands for this connection with selections and executions, until data transfer is stopped.
    private(set) var owner: CommandMachine.Owner = 0

    var answers: Deque<PendingAnswer> = []
    /// Answers that follow the events before a place in the log.
    var lateAnswers: Deque<(answer: PendingAnswer, event: UInt64)> = []
    var interrogations: Deque<Interrogation> = []
    private var cursor: EventCursor?
    private var sweeps: Deque<Sweep> = []
    private var initialized: ArraySlice<CommonAddress> = []
    private var turn = 0
    /// Time-tagged events before this one are left out: a controlling station has asked for it.
    private var discardedBefore: UInt64 = 0

    init(station: Station, peer: String) {
        self.station = station
        self.peer = peer
    }

    /// Events that wait for this session.
    package var behind: Int {
        cursor.map { Int(station.log.eventCount - $0.event) } ?? 0
    }

    /// True if none of the first `count` events of the station waits for this session.
    package func hasSent(events count: UInt64) -> Bool {
        cursor.map { $0.event >= count } ?? true
    }

    /// Its place in the event log, once data transfer has been started.
    var position: EventCursor? { cursor }

    /// STARTDT was confirmed. The first time, events count from now on; after a stop, from where the session stood.
    package func dataTransferStarted() {
        // A start takes back a stop that has not been confirmed.
        guard !isStarted else { return }
        isStarted = true
        owner = station.nextOwner()
        if cursor == nil { cursor = station.log.end }
        // What a stop has kept from being told is still to come.
        if initialized.isEmpty { initialized = station.endOfInitialization(for: peer)[...] }
    }

    /// STOPDT was confirmed. Events are kept for the next start; answers and cyclic data would be stale by then.
    package func dataTransferStopped() {
        isStarted = false
        station.commands.ownerLeft(owner)
        answers.removeAll()
        lateAnswers.removeAll()
        interrogations.removeAll()
        sweeps.removeAll { $0.key != .sourceQuality }
    }

    /// The connection is gone.
    package func linkClosed() {
        isStarted = false
        station.commands.ownerLeft(owner)
        station.remove(self)
    }

    /// Appends the next ASDU to send.
    ///
    /// End of initialization comes first, then answers; then events, interrogation and sweeps take turns, so that
    /// none of them has to wait for another one's end.
    ///
    /// - Returns: false, with `buffer` unchanged, if there is nothing to send.
    package func nextASDU(into buffer: inout ByteBuffer) -> Bool {
        let start = buffer.writerIndex
        guard nextUncounted(into: &buffer) else { return false }
        let count = buffer.getInteger(at: start + 1, as: UInt8.self) ?? 0
        station.counters.delivered += UInt64(count & 0x7F)
        return true
    }

    private func nextUncounted(into buffer: inout ByteBuffer) -> Bool {
        if let commonAddress = initialized.popFirst() {
            station.encodeEndOfInitialization(commonAddress, into: &buffer)
            if initialized.isEmpty { station.toldEndOfInitialization(to: peer) }
            return true
        }
        if let late = lateAnswers.first, let cursor, cursor.event >= late.event {
            lateAnswers.removeFirst()
            answers.append(late.answer)
        }
        if !answers.isEmpty {
            if answers[0].writeNext(into: &buffer) { answers.removeFirst() }
            return true
        }
        for _ in 0..<3 {
            turn = (turn + 1) % 3
            let sent =
                switch turn {
                case 0: nextEvent(into: &buffer)
                case 1: nextOfInterrogation(into: &buffer)
                default: nextOfSweep(into: &buffer)
                }
            if sent { return true }
        }
        return false
    }

    private func nextEvent(into buffer: inout ByteBuffer) -> Bool {
        guard var place = cursor else { return false }
        defer { cursor = place }
        while place.event < discardedBefore {
            let start = buffer.writerIndex
            guard station.log.read(&place, into: &buffer) else { return false }
            let type = buffer.getInteger(at: start, as: UInt8.self).map(TypeIdentification.init(rawValue:))
            if type?.hasTimeTag != true { return true }
            buffer.moveWriterIndex(to: start)
        }
        return station.log.read(&place, into: &buffer)
    }

    /// Leaves out the time-tagged events that are waiting.
    func discardTimeTaggedEvents() {
        discardedBefore = station.log.eventCount
    }

    private func nextOfInterrogation(into buffer: inout ByteBuffer) -> Bool {
        guard !interrogations.isEmpty, interrogations[0].next(station.image, into: &buffer) else { return false }
        if interrogations[0].isFinished {
            interrogations.removeFirst()
            station.counters.interrogations += 1
        }
        return true
    }

    private func nextOfSweep(into buffer: inout ByteBuffer) -> Bool {
        while !sweeps.isEmpty {
            guard let cursor, cursor.event >= sweeps[0].behind else { return false }
            if sweeps[0].next(station.image, into: &buffer) { return true }
            sweeps.removeFirst()
        }
        return false
    }

    /// Starts a sweep. A cyclic one whose predecessor is still running is left out; a change of quality starts anew.
    func begin(_ sweep: Sweep) {
        if let running = sweeps.firstIndex(where: { $0.key == sweep.key }) {
            guard sweep.key == .sourceQuality else { return }
            sweeps.remove(at: running)
        }
        sweeps.append(sweep)
    }

    /// True while a cursor of the session may stand on any slot of the image.
    var hasCursors: Bool { !interrogations.isEmpty || !sweeps.isEmpty }
}
