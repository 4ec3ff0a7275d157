import NIOCore

/// Puts fragmented IP packets together again.
///
/// At most 64 packets are held while fragments of them are missing, 65 535 octets each: the one that was begun first
/// gives way, and all that were begun more than a minute of the capture ago, for their identification may belong to others
/// by then (RFC 1122, 3.3.2). Packets with fragments that overlap in part, or differ, are left out, as RFC 5722 asks.
struct FragmentAssembler {
    private struct Key: Hashable {
        let source, destination: IPAddress
        let transport: UInt8
        let identification: UInt32
    }

    private static let limit = 64
    private static let maximumLength = 65_535
    /// Seconds.
    private static let ageLimit = 60.0
    private var partials: [Key: PartialDatagram] = [:]
    /// The keys of `partials`, first begun first.
    private var order: [Key] = []

    /// Takes a fragment.
    ///
    /// - Returns: the whole packet, if this was the fragment it lacked.
    mutating func add(
        _ datagram: IPDatagram, _ fragment: IPDatagram.Fragment, time: CaptureTime
    ) throws(MalformedPacket) -> IPDatagram? {
        // What the capture has cut can't be put together, and what can't become a TCP segment needn't.
        guard datagram.missing == 0, datagram.mayCarryTCP else { return nil }
        forget(before: time)
        let key = Key(
            source: datagram.source, destination: datagram.destination, transport: datagram.transport,
            identification: fragment.identification)
        var partial = partials[key] ?? PartialDatagram(begun: time)
        let end = fragment.offset + datagram.payload.readableBytes
        let isInOrder = partial.insert(datagram.payload, at: fragment.offset)
        if !fragment.hasMore { partial.length = partial.length ?? end }
        guard isInOrder, fragment.hasMore || partial.length == end, end <= Self.maximumLength,
            partial.end <= partial.length ?? Self.maximumLength
        else {
            remove(key)
            throw .fragments
        }
        guard let payload = partial.whole else {
            keep(partial, key)
            return nil
        }
        remove(key)
        var whole = datagram
        whole.fragment = nil
        whole.payload = payload
        return whole
    }

    private mutating func keep(_ partial: PartialDatagram, _ key: Key) {
        if partials.updateValue(partial, forKey: key) == nil { order.append(key) }
        if order.count > Self.limit { partials[order.removeFirst()] = nil }
    }

    private mutating func forget(before now: CaptureTime) {
        while let first = order.first, let partial = partials[first], now.seconds(since: partial.begun) > Self.ageLimit
        {
            remove(first)
        }
    }

    private mutating func remove(_ key: Key) {
        if partials.removeValue(forKey: key) != nil { order.removeAll { $0 == key } }
    }
}
