import NIOCore
import Replay
import TestSupport
import Testing

@Suite("IP fragments")
struct FragmentTests {
    private static let payload = octets(APDUs.testAct + APDUs.startAct + APDUs.stopAct)
    private static let segment = Packets.tcp(40_000, 2404, sequence: 1, payload)

    /// The segment cut at octets 16 and 32: offsets 2 and 4 in units of eight octets.
    private static let fragments = [
        Packets.ipv4(fragment: 0x2000, Array(segment[..<16])),
        Packets.ipv4(fragment: 0x2002, Array(segment[16..<32])),
        Packets.ipv4(fragment: 0x0004, Array(segment[32...])),
    ]

    /// - Parameter seconds: how long one is captured after the other.
    private func payload(_ packets: [[UInt8]], apart seconds: Int = 0) throws -> [UInt8]? {
        var reader = PacketReader(linkType: .rawIP)
        for (index, packet) in packets.enumerated() {
            let captured = CapturedPacket(
                frame: 1, time: CaptureTime(nanoseconds: Int64(index * seconds) * 1_000_000_000),
                octets: ByteBuffer(bytes: packet))
            if let segment = try reader.segment(in: captured) { return Array(segment.payload.readableBytesView) }
        }
        return nil
    }

    @Test("in any order, and repeated", arguments: [[0, 1, 2], [2, 1, 0], [1, 0, 0, 2], [2, 2, 0, 1]])
    func order(_ order: [Int]) throws {
        #expect(try payload(order.map { Self.fragments[$0] }) == Self.payload)
    }

    @Test("nothing comes while one is missing")
    func missing() throws {
        #expect(try payload([Self.fragments[0], Self.fragments[2]]) == nil)
    }

    @Test("fragments of other packets don't mix")
    func others() throws {
        let other = Packets.ipv4(identification: 2, fragment: 0x2002, [UInt8](repeating: 9, count: 16))
        #expect(try payload([Self.fragments[0], other, Self.fragments[1], Self.fragments[2]]) == Self.payload)
    }

    @Test("overlapping fragments are a fault")
    func overlap() throws {
        let other = Packets.ipv4(fragment: 0x2001, [UInt8](repeating: 9, count: 16))
        #expect(throws: MalformedPacket.fragments) { try payload([Self.fragments[0], other]) }
    }

    @Test("a fragment that differs from the one in its place doesn't mix with it, nor does another end")
    func different() throws {
        let other = Packets.ipv4(fragment: 0x2000, [UInt8](repeating: 9, count: 16))
        #expect(throws: MalformedPacket.fragments) { try payload([Self.fragments[0], other] + Self.fragments[1...]) }
        let end = Packets.ipv4(fragment: 0x0008, [UInt8](repeating: 9, count: 8))
        #expect(throws: MalformedPacket.fragments) { try payload([Self.fragments[2], end]) }
    }

    @Test("fragments of other times don't mix")
    func age() throws {
        #expect(try payload(Self.fragments, apart: 30) == Self.payload)
        #expect(try payload(Self.fragments, apart: 31) == nil)
    }

    @Test("fragments of what isn't TCP take no place")
    func otherTransports() throws {
        let others = (0..<64).map {
            Packets.ipv4(protocol: 17, identification: 100 + $0, fragment: 0x2000, [UInt8](repeating: 0, count: 8))
        }
        #expect(try payload([Self.fragments[0]] + others + Array(Self.fragments[1...])) == Self.payload)
    }

    @Test("IPv6")
    func version6() throws {
        func fragment(_ place: UInt16, _ octets: ArraySlice<UInt8>) -> [UInt8] {
            Packets.ipv6(next: 44, [6, 0] + place.octets + [0, 0, 0, 7] + octets)
        }
        let packets = [fragment(16, Self.segment[16...]), fragment(1, Self.segment[..<16])]
        #expect(try payload(packets) == Self.payload)
        // A fragment that is the whole packet.
        #expect(try payload([fragment(0, Self.segment[...])]) == Self.payload)
    }

    @Test("packets that never become whole give way to new ones")
    func bounded() throws {
        let begun = (0..<64).map {
            Packets.ipv4(identification: 100 + $0, fragment: 0x2000, [UInt8](repeating: 0, count: 8))
        }
        #expect(try payload([Self.fragments[0]] + begun + Array(Self.fragments[1...])) == nil)
        #expect(try payload(begun + Self.fragments) == Self.payload)
    }
}
