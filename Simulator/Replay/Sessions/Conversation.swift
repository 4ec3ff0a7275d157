import NIOCore

/// A TCP connection of a capture: its segments go in, what concerns IEC 60870-5-104 comes out.
struct Conversation {
    private enum State {
        case unknown(Recognition)
        case known(TrafficStream, controlled: Side)
        /// Something else than IEC 60870-5-104.
        case other
    }

    /// Counts the TCP connections of the capture.
    let index: Int
    private let first, second: Endpoint
    private var state: State
    private var assembler = StreamAssembler()
    private var splitters = (APDUSplitter(isSynchronized: false), APDUSplitter(isSynchronized: false))
    private var events: [StreamEvent] = []
    private var outputs: [APDUSplitter.Output] = []
    /// The sequence number of the SYN of each side.
    private var openings: (TCPSequence?, TCPSequence?)
    /// True if anything but SYNs has come.
    private var hasBegun = false
    /// The last packet.
    private(set) var latest: (frame: Int, time: CaptureTime)

    /// Octets held until what is missing before them comes.
    var heldOctets: Int { assembler.heldOctets }
    /// False once it is known to carry something else.
    var isOfInterest: Bool { if case .other = state { false } else { true } }

    /// - Parameters:
    ///   - first: the end that comes first in order.
    ///   - port: the only port that counts; nil recognizes connections by what they carry.
    init(index: Int, first: Endpoint, second: Endpoint, port: UInt16?, frame: Int, time: CaptureTime) {
        self.index = index
        self.first = first
        self.second = second
        state = .unknown(Recognition(ports: (first.port, second.port), wanted: port))
        latest = (frame, time)
    }

    /// True if the segment opens another connection between the same ends.
    func isReopened(by segment: TCPSegment, from side: Side) -> Bool {
        guard segment.flags.contains(.syn) else { return false }
        if let opening = side == .first ? openings.0 : openings.1 { return opening != segment.sequence }
        return hasBegun
    }

    /// Takes the next segment.
    mutating func receive(
        _ segment: TCPSegment, from side: Side, frame: Int, time: CaptureTime, into traffic: inout [TrafficEvent]
    ) {
        latest = (frame, time)
        if segment.flags.contains(.syn) { open(segment, side) } else { hasBegun = true }
        guard isOfInterest else { return }
        assembler.receive(segment, from: side, frame: frame, time: time, into: &events)
        passOn(into: &traffic)
    }

    /// Passes on all that is held, whatever is missing.
    mutating func flush(into traffic: inout [TrafficEvent]) {
        assembler.finish(into: &events)
        passOn(into: &traffic)
    }

    /// Nothing more will come.
    mutating func finish(into traffic: inout [TrafficEvent]) {
        flush(into: &traffic)
        guard case .known(let stream, let controlled) = state else { return }
        for side in Side.allCases {
            interrupt(side)
            put(direction(side, controlled), latest.frame, latest.time, stream, into: &traffic)
        }
        traffic.append(
            TrafficEvent(
                stream: stream, direction: .monitor, frame: latest.frame, time: latest.time, content: .finished))
    }

    private mutating func open(_ segment: TCPSegment, _ side: Side) {
        switch side {
        case .first: openings.0 = segment.sequence
        case .second: openings.1 = segment.sequence
        }
        if case .unknown(var recognition) = state, recognition.opener == nil {
            recognition.opener = segment.flags.contains(.ack) ? side.other : side
            state = .unknown(recognition)
        }
    }

    private mutating func passOn(into traffic: inout [TrafficEvent]) {
        defer { events.removeAll(keepingCapacity: true) }
        for event in events { take(event, into: &traffic) }
    }

    private mutating func take(_ event: StreamEvent, into traffic: inout [TrafficEvent]) {
        switch state {
        case .other: break
        case .known(let stream, let controlled):
            split(event, stream, controlled, into: &traffic)
        case .unknown(var recognition):
            // Taken out, so that what it keeps isn't copied.
            state = .other
            var verdict = recognition.verdictByPort
            if case .undecided = verdict { verdict = recognition.judge(event) } else { _ = recognition.judge(event) }
            switch verdict {
            case .undecided: state = .unknown(recognition)
            case .other: assembler = StreamAssembler()
            case .recognized(let controlled):
                let stream = TrafficStream(
                    index: index, controlling: controlled == .first ? second : first,
                    controlled: controlled == .first ? first : second,
                    isFromBeginning: openings.0 != nil && openings.1 != nil)
                state = .known(stream, controlled: controlled)
                splitters = (
                    APDUSplitter(isSynchronized: openings.0 != nil), APDUSplitter(isSynchronized: openings.1 != nil)
                )
                for event in recognition.kept { split(event, stream, controlled, into: &traffic) }
            }
        }
    }

    private func direction(_ side: Side, _ controlled: Side) -> Direction {
        side == controlled ? .monitor : .control
    }

    private mutating func split(
        _ event: StreamEvent, _ stream: TrafficStream, _ controlled: Side, into traffic: inout [TrafficEvent]
    ) {
        let direction = direction(event.side, controlled)
        var content: TrafficEvent.Content?
        switch event.content {
        case .octets(let octets):
            if event.side == .first {
                splitters.0.receive(octets, into: &outputs)
            } else {
                splitters.1.receive(octets, into: &outputs)
            }
        case .missing(let count):
            interrupt(event.side)
            content = .missing(count)
        case .unseen: content = .unseen
        case .late(let count): content = .late(count)
        case .ended:
            interrupt(event.side)
            content = .ended
        }
        put(direction, event.frame, event.time, stream, into: &traffic)
        if let content {
            traffic.append(
                TrafficEvent(
                    stream: stream, direction: direction, frame: event.frame, time: event.time, content: content))
        }
    }

    private mutating func interrupt(_ side: Side) {
        if side == .first {
            splitters.0.interrupt(into: &outputs)
        } else {
            splitters.1.interrupt(into: &outputs)
        }
    }

    private mutating func put(
        _ direction: Direction, _ frame: Int, _ time: CaptureTime, _ stream: TrafficStream,
        into traffic: inout [TrafficEvent]
    ) {
        for output in outputs {
            let content: TrafficEvent.Content =
                switch output {
                case .apdu(let octets, let apci): .apdu(octets, apci)
                case .malformed(let octets, let fault): .malformed(octets, fault)
                case .skipped(let octets): .skipped(octets)
                }
            traffic.append(
                TrafficEvent(stream: stream, direction: direction, frame: frame, time: time, content: content))
        }
        outputs.removeAll(keepingCapacity: true)
    }
}
