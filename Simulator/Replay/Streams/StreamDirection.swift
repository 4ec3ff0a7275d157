import NIOCore

/// What one end of a connection has sent.
struct StreamDirection {
    /// A segment that can't be passed on yet.
    struct Held {
        let sequence: TCPSequence
        /// What its sender had received; nil without ACK.
        let acknowledgement: TCPSequence?
        var payload: ByteBuffer
        /// Octets behind the payload that the capture has cut off.
        let missing: Int
        /// FIN.
        let isLast: Bool
        let frame: Int
        let time: CaptureTime
        /// How many segments of the connection came before it.
        let arrival: Int

        var end: TCPSequence { sequence.advanced(by: payload.readableBytes + missing + (isLast ? 1 : 0)) }
    }

    /// The number of the next octet; nil while nothing is known.
    var next: TCPSequence?
    /// Octets after which what comes late is a repetition, and numbers may have gone around.
    private static let lateLimit = 1 << 24
    /// The number of the first octet that was passed on; nil while nothing is known, and when that is long ago.
    private var start: TCPSequence?
    /// The highest number that the other end has acknowledged.
    private(set) var acknowledged: TCPSequence?
    /// While `next` isn't known, what the other end had when this was last told: its first acknowledgement, and those that
    /// `unseen` was told of. The capture may lack a whole direction.
    private var base: TCPSequence?
    /// Segments that wait, in the order of their numbers.
    private(set) var held: [Held] = []
    /// Octets in `held`.
    private(set) var heldOctets = 0
    /// Segments that brought nothing new: retransmissions and keep-alives.
    var repetitions = 0
    /// The packet that the last event is put down to, which may be later than the segment's own.
    var latest: (frame: Int, time: CaptureTime)?
    /// How far `unseen` has been told.
    private var toldUnseen: TCPSequence?

    /// Holds a segment, with a copy of its octets: a slice would keep the packet.
    mutating func hold(_ segment: Held) {
        guard let next else { return }
        var segment = segment
        segment.payload = ByteBuffer(bytes: segment.payload.readableBytesView)
        let distance = segment.sequence.distance(from: next)
        let place = held.firstIndex { $0.sequence.distance(from: next) > distance } ?? held.count
        held.insert(segment, at: place)
        heldOctets += segment.payload.readableBytes
    }

    mutating func takeFirst() -> Held? {
        guard !held.isEmpty else { return nil }
        let first = held.removeFirst()
        heldOctets -= first.payload.readableBytes
        return first
    }

    /// Octets between what was passed on and the first segment held; 0 if it follows or overlaps.
    var hole: Int {
        guard let next, let first = held.first else { return 0 }
        return max(0, first.sequence.distance(from: next))
    }

    /// The other end says that it has everything before this number.
    mutating func acknowledge(_ number: TCPSequence) {
        acknowledged = number
        if next == nil, base == nil { base = number }
    }

    /// The first segment has come. What the other end was still waiting for before it may come yet.
    mutating func begin(at sequence: TCPSequence, plausibleDistance: Int) {
        let isBehindBase = base.map { (0...plausibleDistance).contains(sequence.distance(from: $0)) } ?? false
        next = isBehindBase ? base : sequence
        start = next
    }

    /// How many of the segment's octets were sent before the first that was passed on, and were never seen so far. They
    /// count once, though they are sent again.
    mutating func takeLate(_ segment: Held) -> Int {
        guard let start, let next else { return 0 }
        guard (0...Self.lateLimit).contains(next.distance(from: start)) else {
            self.start = nil
            return 0
        }
        guard segment.sequence.distance(from: start) < 0 else { return 0 }
        self.start = segment.sequence
        return min(start.distance(from: segment.sequence), segment.payload.readableBytes + segment.missing)
    }

    /// The other end's acknowledgements belong to another connection.
    mutating func forgetAcknowledgements() {
        (acknowledged, base, toldUnseen) = (nil, nil, nil)
    }

    /// The end of what was passed on; where nothing was, of what was sent before the capture.
    var known: TCPSequence? { next ?? base }

    /// True if the other end says that it has more than was passed on.
    var isAcknowledgedAhead: Bool {
        guard let known, let acknowledged else { return false }
        return acknowledged.distance(from: known) > 0
    }

    /// True once for each acknowledgement of octets that weren't passed on.
    mutating func isUnseen(before acknowledgement: TCPSequence) -> Bool {
        guard let known else { return false }
        // What was told long ago may look like something ahead.
        let told = toldUnseen.flatMap { (0...Self.lateLimit).contains($0.distance(from: known)) ? $0 : nil }
        guard acknowledgement.distance(from: told ?? known) > 0 else { return false }
        toldUnseen = acknowledgement
        if next == nil { base = acknowledgement }
        return true
    }
}
