import NIOCore

/// Both directions of a TCP connection, put into the order in which the ends saw them.
///
/// A value without I/O. Segments go in as they were captured: repeated, overlapping, out of order, from the middle of a
/// connection on. Out come the octets of each direction, and what is missing. Nothing is passed on before the data that
/// its sender had already received (by its acknowledgement number), so that an answer never comes before its question;
/// only of a direction that was never seen nothing is awaited.
///
/// What waits for a segment that isn't there is held, but not for ever. The limits, counted in segments of the
/// connection, seconds of the capture, and octets held in a direction:
///
/// | | segments | seconds | octets |
/// |---|---|---|---|
/// | the other end has acknowledged what is missing: only the capture lacks it | 16 | 1 | 262 144 |
/// | otherwise: it will be sent again | 512 | 60 | 262 144 |
package struct StreamAssembler {
    /// Beyond this, a sequence number belongs to another connection, or to nothing.
    private static let plausibleDistance = 1 << 24
    private static let octetLimit = 1 << 18

    private var directions = (StreamDirection(), StreamDirection())
    private var arrivals = 0

    package init() {}

    /// Octets that are held because something is missing before them.
    package var heldOctets: Int { directions.0.heldOctets + directions.1.heldOctets }

    /// Segments of a side that brought nothing new: retransmissions and keep-alives.
    package func repetitions(_ side: Side) -> Int { self[side].repetitions }

    private subscript(side: Side) -> StreamDirection {
        get { side == .first ? directions.0 : directions.1 }
        _modify { if side == .first { yield &directions.0 } else { yield &directions.1 } }
    }

    /// Takes the next segment of the capture.
    package mutating func receive(
        _ segment: TCPSegment, from side: Side, frame: Int, time: CaptureTime, into events: inout [StreamEvent]
    ) {
        arrivals += 1
        let isFirst = segment.flags.contains(.syn)
        let held = StreamDirection.Held(
            sequence: segment.sequence.advanced(by: isFirst ? 1 : 0),
            acknowledgement: segment.flags.contains(.ack) ? segment.acknowledgement : nil, payload: segment.payload,
            missing: segment.missing, isLast: segment.flags.contains(.fin), frame: frame, time: time, arrival: arrivals)
        if let acknowledgement = held.acknowledgement { acknowledge(acknowledgement, by: side) }
        if isFirst, self[side].next == nil { self[side].next = held.sequence }
        if held.end != held.sequence {
            take(held, isPushed: segment.flags.contains(.psh), from: side, into: &events)
        }
        drain(into: &events)
        while let side = overdue(time) {
            force(side, into: &events)
            drain(into: &events)
        }
        if segment.flags.contains(.rst) {
            finish(into: &events)
            events.append(event(side, frame: frame, time: time, .ended))
        }
    }

    /// Passes on all that is held, because nothing more will come, or because it may not wait any longer.
    package mutating func finish(into events: inout [StreamEvent]) {
        while let side = oldest?.side {
            force(side, into: &events)
            drain(into: &events)
        }
        for side in Side.allCases {
            if let acknowledged = self[side].acknowledged, let latest = self[side].latest ?? self[side.other].latest {
                tellUnseen(side, before: acknowledged, frame: latest.frame, time: latest.time, into: &events)
            }
        }
    }

    private mutating func acknowledge(_ number: TCPSequence, by side: Side) {
        let ahead = self[side.other].acknowledged.map { number.distance(from: $0) } ?? 1
        if ahead > 0, ahead <= Self.plausibleDistance { self[side.other].acknowledge(number) }
    }

    private mutating func take(
        _ segment: StreamDirection.Held, isPushed: Bool, from side: Side, into events: inout [StreamEvent]
    ) {
        let mayBeKeepAlive = segment.payload.readableBytes == 1 && !isPushed && !segment.isLast
        if let next = self[side].next {
            guard abs(segment.sequence.distance(from: next)) > Self.plausibleDistance else {
                let late = mayBeKeepAlive ? 0 : self[side].takeLate(segment)
                if late > 0 { events.append(event(side, segment, .late(late))) }
                return takeNew(segment, from: side, into: &events)
            }
            // Another connection between the same ports, whose beginning wasn't captured.
            while self[side].takeFirst() != nil {}
            self[side].forgetAcknowledgements()
            events.append(event(side, segment, .missing(nil)))
        } else if mayBeKeepAlive {
            // The first of a capture that starts in the middle: a keep-alive, whose octet was sent before.
            self[side].begin(at: segment.end, plausibleDistance: Self.plausibleDistance)
            self[side].repetitions += 1
            return
        }
        self[side].begin(at: segment.sequence, plausibleDistance: Self.plausibleDistance)
        takeNew(segment, from: side, into: &events)
    }

    private mutating func takeNew(
        _ segment: StreamDirection.Held, from side: Side, into events: inout [StreamEvent]
    ) {
        guard let next = self[side].next, segment.end.distance(from: next) > 0 else {
            self[side].repetitions += 1
            return
        }
        if self[side].held.isEmpty, segment.sequence.distance(from: next) <= 0, mayPass(segment, from: side) {
            passOnTold(segment, from: side, into: &events)
        } else {
            self[side].hold(segment)
        }
    }

    /// False if the sender had received data that hasn't been passed on yet.
    private func isTimely(_ segment: StreamDirection.Held, from side: Side) -> Bool {
        guard let acknowledgement = segment.acknowledgement, let known = self[side.other].known else { return true }
        return !(1...Self.plausibleDistance).contains(acknowledgement.distance(from: known))
    }

    /// Whether there is nothing to wait for. A direction of which nothing was ever seen isn't waited for: the capture may
    /// lack it, and who looks at a live one would wait in vain.
    private func mayPass(_ segment: StreamDirection.Held, from side: Side) -> Bool {
        self[side.other].next == nil || isTimely(segment, from: side)
    }

    /// Passes on what nothing is missing before.
    private mutating func drain(into events: inout [StreamEvent]) {
        var side = Side.first
        var idle = 0
        while idle < 2 {
            if self[side].hole == 0, let first = self[side].held.first, mayPass(first, from: side),
                let segment = self[side].takeFirst()
            {
                passOnTold(segment, from: side, into: &events)
                idle = 0
            } else {
                side = side.other
                idle += 1
            }
        }
    }

    private var oldest: (side: Side, arrival: Int, time: CaptureTime)? {
        Side.allCases.compactMap { side in
            self[side].held.min { $0.arrival < $1.arrival }.map { (side, $0.arrival, $0.time) }
        }.min { $0.1 < $1.1 }
    }

    /// The side whose first segment may not wait any longer.
    private func overdue(_ time: CaptureTime) -> Side? {
        guard heldOctets > 0 || !self[.first].held.isEmpty || !self[.second].held.isEmpty else { return nil }
        if let side = Side.allCases.first(where: { self[$0].heldOctets > Self.octetLimit }) { return side }
        guard let (side, arrival, since) = oldest else { return nil }
        let isCertain = self[side].hole == 0 || self[side].isAcknowledgedAhead
        let (segments, seconds) = isCertain ? (16, 1.0) : (512, 60.0)
        return arrivals - arrival >= segments || time.seconds(since: since) >= seconds ? side : nil
    }

    /// Passes on the first segment of a side, and says what is missing before it.
    private mutating func force(_ side: Side, into events: inout [StreamEvent]) {
        let hole = self[side].hole
        guard let segment = self[side].takeFirst() else { return }
        if hole > 0 {
            self[side].next = segment.sequence
            events.append(event(side, segment, .missing(hole)))
        }
        passOnTold(segment, from: side, into: &events)
    }

    /// Passes a segment on, and says before it what its sender had received that wasn't seen.
    private mutating func passOnTold(
        _ segment: StreamDirection.Held, from side: Side, into events: inout [StreamEvent]
    ) {
        if let acknowledgement = segment.acknowledgement, !isTimely(segment, from: side) {
            tellUnseen(side.other, before: acknowledgement, frame: segment.frame, time: segment.time, into: &events)
        }
        passOn(segment, from: side, into: &events)
    }

    private mutating func tellUnseen(
        _ side: Side, before acknowledgement: TCPSequence, frame: Int, time: CaptureTime,
        into events: inout [StreamEvent]
    ) {
        guard self[side].isUnseen(before: acknowledgement) else { return }
        events.append(event(side, frame: frame, time: time, .unseen))
    }

    private mutating func passOn(
        _ segment: StreamDirection.Held, from side: Side, into events: inout [StreamEvent]
    ) {
        guard let next = self[side].next, segment.end.distance(from: next) > 0 else {
            self[side].repetitions += 1
            return
        }
        var payload = segment.payload
        let repeated = max(0, next.distance(from: segment.sequence))
        payload.moveReaderIndex(forwardBy: min(repeated, payload.readableBytes))
        if payload.readableBytes > 0 { events.append(event(side, segment, .octets(payload))) }
        let missing = segment.missing - max(0, repeated - segment.payload.readableBytes)
        if missing > 0 { events.append(event(side, segment, .missing(missing))) }
        self[side].next = segment.end
        if segment.isLast { events.append(event(side, segment, .ended)) }
    }

    /// An event, put down to the latest packet that had to come before it.
    private mutating func event(
        _ side: Side, frame: Int, time: CaptureTime, _ content: StreamEvent.Content
    ) -> StreamEvent {
        var latest = (frame: frame, time: time)
        if let known = self[side].latest, known.frame > frame { latest = known }
        self[side].latest = latest
        return StreamEvent(side: side, frame: latest.frame, time: latest.time, content: content)
    }

    private mutating func event(
        _ side: Side, _ segment: StreamDirection.Held, _ content: StreamEvent.Content
    ) -> StreamEvent {
        event(side, frame: segment.frame, time: segment.time, content)
    }
}
