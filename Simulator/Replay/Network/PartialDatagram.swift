import NIOCore

/// The fragments of an IP packet that isn't whole yet.
struct PartialDatagram {
    /// When the first of them was captured.
    let begun: CaptureTime
    /// In the order of their offsets, without overlaps.
    private var pieces: [(offset: Int, octets: ByteBuffer)] = []
    /// The whole payload's length, once the last fragment is there.
    var length: Int?

    init(begun: CaptureTime) {
        self.begun = begun
    }

    /// Where the last of the fragments ends.
    var end: Int { pieces.last.map { $0.offset + $0.octets.readableBytes } ?? 0 }

    /// Adds a fragment; false if it overlaps others in part, or differs from one in its place. One that is there already
    /// changes nothing.
    mutating func insert(_ octets: ByteBuffer, at offset: Int) -> Bool {
        let place = pieces.firstIndex { $0.offset >= offset } ?? pieces.count
        if place < pieces.count, pieces[place].offset == offset {
            return pieces[place].octets == octets
        }
        if let before = pieces[..<place].last, before.offset + before.octets.readableBytes > offset { return false }
        if let after = pieces[place...].first, offset + octets.readableBytes > after.offset { return false }
        // A copy: a slice would keep the whole packet.
        pieces.insert((offset, ByteBuffer(bytes: octets.readableBytesView)), at: place)
        return true
    }

    /// The payload, if nothing is missing.
    var whole: ByteBuffer? {
        guard let length else { return nil }
        var payload = ByteBuffer()
        for piece in pieces {
            guard piece.offset == payload.readableBytes else { return nil }
            payload.writeImmutableBuffer(piece.octets)
        }
        return payload.readableBytes == length ? payload : nil
    }
}
