import DequeModule
import IEC104Model
import NIOCore

/// Recognises the same update arriving both as event and as state, in either order.
///
/// Producers usually write a value to the image and to the stream. Whichever arrives second is the *twin* of the first
/// and is not sent again. Two things make this more than a comparison with the current value: several events of a point
/// may be under way, and a state read between two writes may be older than an event already received.
///
/// - A state that was sent is remembered until its event arrives. As long as it is what the point shows, the point
///   itself is the memory (`PointState.awaitsOwnEvent`); here are those that were replaced, and those without a time.
/// - An event without a time of its own is remembered for `window`, so that a state equal to it is known for an echo; and
///   so is one with a time that such an event replaces.
///
/// Both memories are bounded. A state that has fallen out can at worst be sent twice, never lost. While events have
/// fallen out, each state that could be the echo of one is taken for it: it waits, and counts if nothing newer follows.
struct TwinRecognition {
    /// What two arrivals of one update have in common.
    struct Fingerprint: Equatable {
        let value: ProcessValue
        let quality: QualityDescriptor
        let cause: CauseOfTransmission
        /// The source's time; nil where it gave none.
        let timestamp: Int64?

        init(_ update: PointUpdate) {
            value = update.information.value
            quality = update.information.quality
            cause = update.cause
            timestamp = update.hasSourceTimestamp ? update.timestamp : nil
        }

        init(_ point: PointState) {
            value = point.information.value
            quality = point.information.quality
            cause = point.cause
            timestamp = point.flags.contains(.sourceTimestamp) ? point.timestamp : nil
        }
    }

    private struct Memory {
        let number: UInt64
        let address: PointAddress
        let fingerprint: Fingerprint
        let time: NIODeadline
    }

    /// How long two arrivals without a time of their own may lie apart.
    static let window = TimeAmount.seconds(5)
    /// Events remembered for recognising echoes.
    private static let recentCapacity = 4096

    /// Sent states remembered at most.
    private let capacity: Int
    private var nextNumber: UInt64 = 0
    private var sentStates: [PointAddress: [Memory]] = [:]
    private var sentStatesByAge: Deque<(address: PointAddress, number: UInt64)> = []
    private var recentEvents: Deque<Memory> = []
    /// Until then an event that isn't remembered any more may have an echo.
    private var forgottenUntil: NIODeadline?

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Remembers a state that was sent.
    mutating func sent(state update: PointUpdate, now: NIODeadline) {
        remember(Fingerprint(update), sentAs: update.address, now: now)
    }

    /// Remembers a state that was sent and is about to be replaced before its event has come.
    mutating func replaced(_ point: PointState, now: NIODeadline) {
        remember(Fingerprint(point), sentAs: point.address, now: now)
    }

    private mutating func remember(_ fingerprint: Fingerprint, sentAs address: PointAddress, now: NIODeadline) {
        let memory = memory(fingerprint, of: address, now: now)
        sentStates[address, default: []].append(memory)
        sentStatesByAge.append((address, memory.number))
        if sentStatesByAge.count > capacity, let oldest = sentStatesByAge.popFirst(),
            sentStates[oldest.address]?.first?.number == oldest.number
        {
            forgetStates(of: oldest.address, through: 0)
        }
    }

    /// Whether an event is a twin, and of what.
    struct Verdict {
        enum Twin {
            case none
            /// Of what the point shows.
            case own
            /// Of a state that is remembered here, and forgotten now: the next equal event counts.
            case remembered
        }

        var twin: Twin
        /// True if other states of the point that were replaced, or have no time, still wait for their events.
        var areOthersAwaited: Bool
    }

    /// Judges `event`. Unless it is a twin, or is going to be one of what the point shows (`isOwn`), the states without a
    /// time are forgotten: a later event that equals one of them is a change again, and taking it for a twin would leave
    /// the controlling stations with the value of the event between.
    mutating func judge(event: PointUpdate, isOwn: Bool, now: NIODeadline) -> Verdict {
        guard let place = sentStates.index(forKey: event.address) else {
            return Verdict(twin: isOwn ? .own : .none, areOthersAwaited: false)
        }
        let fingerprint = Fingerprint(event)
        let found = sentStates.values[place].firstIndex {
            $0.fingerprint == fingerprint && (fingerprint.timestamp != nil || now - $0.time <= Self.window)
        }
        if let found {
            // The writes before the one found came before it in the stream as well: their events can't follow any more.
            sentStates.values[place].removeSubrange(...found)
        } else if isOwn {
            sentStates.values[place].removeAll()
        } else {
            sentStates.values[place].removeAll { $0.fingerprint.timestamp == nil }
        }
        let isEmpty = sentStates.values[place].isEmpty
        if isEmpty { sentStates.remove(at: place) }
        return Verdict(twin: found != nil ? .remembered : isOwn ? .own : .none, areOthersAwaited: !isEmpty)
    }

    /// Remembers an event that has no time of its own.
    ///
    /// - Parameter point: shows what was before.
    mutating func received(event update: PointUpdate, replacing point: PointState, now: NIODeadline) {
        guard !update.hasSourceTimestamp else { return }
        if point.flags.contains(.sourceTimestamp) { remember(event: Fingerprint(point), of: point.address, now: now) }
        remember(event: Fingerprint(update), of: update.address, now: now)
    }

    private mutating func remember(event fingerprint: Fingerprint, of address: PointAddress, now: NIODeadline) {
        if recentEvents.count == Self.recentCapacity {
            forgottenUntil = recentEvents.removeFirst().time + Self.window
        }
        recentEvents.append(memory(fingerprint, of: address, now: now))
    }

    /// True if `update`, a state, equals an event received moments ago, or may, or is older than one by its time.
    ///
    /// - Parameter point: shows the value of an event. One with a time can be compared with it, and is no matter of this.
    func isEcho(_ update: PointUpdate, of point: PointState, now: NIODeadline) -> Bool {
        guard !update.hasSourceTimestamp || !point.flags.contains(.sourceTimestamp) else { return false }
        let age = TimeAmount.milliseconds(update.timestamp - point.timestamp)
        if let forgottenUntil, now <= forgottenUntil, !point.flags.contains(.sourceTimestamp), age <= Self.window {
            return true
        }
        let fingerprint = Fingerprint(update)
        for memory in recentEvents.reversed() {
            if now - memory.time > Self.window { return false }
            guard memory.address == update.address else { continue }
            if memory.fingerprint == fingerprint { return true }
            if update.hasSourceTimestamp, let time = memory.fingerprint.timestamp, update.timestamp < time {
                return true
            }
        }
        return false
    }

    private mutating func memory(_ fingerprint: Fingerprint, of address: PointAddress, now: NIODeadline) -> Memory {
        nextNumber += 1
        return Memory(number: nextNumber, address: address, fingerprint: fingerprint, time: now)
    }

    private mutating func forgetStates(of address: PointAddress, through index: Int) {
        sentStates[address]?.removeSubrange(...index)
        if sentStates[address]?.isEmpty == true { sentStates[address] = nil }
    }
}
