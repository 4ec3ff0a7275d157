import IEC104Link
import NIOCore
import Replay
import TestSupport

/// A recorded TCP connection between a controlling station (10.0.0.1:40000) and a controlled one (10.0.0.2:2404), built
/// packet by packet, raw IP.
struct Recording {
    private(set) var packets: [CapturedPacket] = []
    private var next: [Direction: UInt32]
    private let ports: [Direction: UInt16]
    /// Seconds since 1970 of the next packet.
    var time = 1_000_000.0

    /// - Parameter isFromBeginning: starts with SYN, SYN and ACK, ACK.
    init(isFromBeginning: Bool = true, port: UInt16 = 2404, first: UInt32 = 1000) {
        next = [.control: first, .monitor: 50_000]
        ports = [.control: 40_000, .monitor: port]
        guard isFromBeginning else { return }
        add(.control, flags: 0x02, [])
        advance(.control, 1)
        add(.monitor, flags: 0x12, [])
        advance(.monitor, 1)
        add(.control, flags: 0x10, [])
    }

    /// Adds a packet with these octets, given in hexadecimal.
    mutating func send(_ direction: Direction, _ text: String) {
        send(direction, octets(text))
    }

    mutating func send(_ direction: Direction, _ payload: [UInt8]) {
        add(direction, flags: 0x18, payload)
        advance(direction, payload.count)
    }

    /// A packet that the capture lacks.
    mutating func lose(_ direction: Direction, _ text: String) {
        advance(direction, octets(text).count)
    }

    mutating func close(_ direction: Direction) {
        add(direction, flags: 0x11, [])
        advance(direction, 1)
    }

    mutating func wait(_ seconds: Double) { time += seconds }

    /// Exchanges two packets, which the capture has in the wrong order.
    mutating func swap(_ one: Int, _ other: Int) {
        packets.swapAt(one, other)
    }

    /// Leaves only the packets of one direction, as a capture has them that sees but one of two ways.
    mutating func keep(only direction: Direction) {
        // The source address, 10.0.0.1 or 10.0.0.2, ends at octet 15.
        packets.removeAll { $0.octets.getInteger(at: 15, as: UInt8.self) != (direction == .control ? 1 : 2) }
    }

    /// Adds a packet once more.
    mutating func add(_ packet: CapturedPacket) {
        packets.append(packet)
    }

    private mutating func advance(_ direction: Direction, _ count: Int) {
        next[direction, default: 0] &+= UInt32(count)
    }

    mutating func add(_ direction: Direction, flags: UInt8, back: UInt32 = 0, _ payload: [UInt8]) {
        let segment = Packets.tcp(
            ports[direction] ?? 0, ports[direction.other] ?? 0, sequence: (next[direction] ?? 0) &- back,
            acknowledgement: flags & 0x10 == 0 ? 0 : next[direction.other] ?? 0, flags: flags, payload)
        let time = CaptureTime(nanoseconds: Int64(time * 1e9))
        let octets = ByteBuffer(bytes: Packets.ipv4(fromFirst: direction == .control, segment))
        packets.append(CapturedPacket(frame: packets.count + 1, time: time, octets: octets))
    }

    /// What the analysis makes of it; frames are numbered in the order of the packets.
    func events(port: UInt16? = nil) throws -> [TrafficEvent] {
        var analyzer = CaptureAnalyzer(linkType: .rawIP, port: port)
        var events: [TrafficEvent] = []
        for (index, packet) in packets.enumerated() {
            let packet = CapturedPacket(frame: index + 1, time: packet.time, octets: packet.octets)
            try analyzer.receive(packet, into: &events)
        }
        analyzer.finish(into: &events)
        return events
    }

    /// The events in short: `c2s 4 TESTFR act`, `s2c 6 missing 10`.
    func summary(port: UInt16? = nil) throws -> [String] {
        try events(port: port).compactMap { event in
            let what: String
            switch event.content {
            case .apdu(_, let apci): what = "\(apci)"
            case .malformed(_, let fault): what = "\(fault)"
            case .skipped(let octets): what = "skipped \(octets.hexadecimalText)"
            case .missing(let count): what = "missing \(count.map { "\($0)" } ?? "?")"
            case .unseen: what = "unseen"
            case .late(let count): what = "late \(count)"
            case .ended: what = "ended"
            case .finished: return nil
            }
            return "\(event.direction.text) \(event.frame) \(what)"
        }
    }

    /// The findings in short: `s2c 6 window-k`.
    func findings(_ change: (inout CheckParameters) -> Void = { _ in }) throws -> [String] {
        var parameters = CheckParameters()
        change(&parameters)
        var check = CaptureCheck(parameters)
        return try events().flatMap { check.take($0) }
            .map { "\($0.direction?.text ?? "-") \($0.frame) \($0.rule.rawValue)" }
    }
}
