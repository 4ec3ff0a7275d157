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
    /// The highest number that the other end has acknowledged.
    var acknowledged: TCPSequence?
    /// Segments that wait, in the order of their numbers.
    private(set) var held: [Held] = []
    /// Octets in `held`.
    private(set) var heldOctets = 0
    /// Segments that brought nothing new: retransmissions and keep-alives.
    var repetitions = 0
    /// The packet that the last event is put down to, which may be later than the segment's own.
    var latest: (frame: Int, time: CaptureTime)?
    /// How far `unseen` has been told.
    var toldUnseen: TCPSequence?

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

    /// True if the other end says that it has more than was passed on.
    var isAcknowledgedAhead: Bool {
        guard let next, let acknowledged else { return false }
        return acknowledged.distance(from: next) > 0
    }
}
