import NIOCore
import Replay
import TestSupport
import Testing

@Suite("Capture reader")
struct ReaderTests {
    private static let segment = Packets.tcp(40_000, 2404, sequence: 1, octets(APDUs.testAct))

    private func events(_ octets: [UInt8]) throws -> [TrafficEvent] {
        let file = try OctetFile(octets)
        var feed = try CaptureFeed(path: file.path)
        var events: [TrafficEvent] = []
        while let item = feed.next() {
            if case .traffic(let traffic) = item { events += traffic }
        }
        return events.filter { if case .apdu = $0.content { true } else { false } }
    }

    @Test("pcap and pcapng, both byte orders, micro- and nanoseconds", arguments: CaptureOctets.Format.allCases)
    func format(_ format: CaptureOctets.Format) throws {
        var capture = CaptureOctets(format)
        capture.add(Packets.ethernet(Packets.ipv4(Self.segment)), seconds: 1_372_918_997, nanoseconds: 53_303_007)
        let found = try events(capture.octets)
        #expect(found.map(\.frame) == [1])
        let isMicro = format == .pcap || format == .pcapBigEndian
        #expect(found.first?.time.epochText == (isMicro ? "1372918997.053303000" : "1372918997.053303007"))
        #expect(found.first?.time.text == "2013-07-04 06:23:17.053303")
        #expect(found.first?.stream.controlled.description == "10.0.0.2:2404")
    }

    private static let links: [(String, UInt32, [UInt8])] = [
        ("Ethernet with padding", 1, Packets.ethernet(Packets.ipv4(segment)) + [0, 0, 0, 0]),
        ("VLAN", 1, Packets.ethernet(tags: [0x8100], Packets.ipv4(segment))),
        ("QinQ", 1, Packets.ethernet(tags: [0x88A8, 0x8100], Packets.ipv4(segment))),
        ("raw IP", 101, Packets.ipv4(segment)),
        ("raw IPv4", 228, Packets.ipv4(segment)),
        ("raw IPv6", 229, Packets.ipv6(segment)),
        ("IPv6 over Ethernet", 1, Packets.ethernet(type: 0x86DD, Packets.ipv6(segment))),
        ("Linux cooked 1", 113, [0, 0, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, 8, 0] + Packets.ipv4(segment)),
        (
            "Linux cooked 2", 276,
            [8, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0] + Packets.ipv4(segment)
        ),
        ("loopback, little-endian host", 0, [2, 0, 0, 0] + Packets.ipv4(segment)),
        ("loopback, big-endian host", 0, [0, 0, 0, 2] + Packets.ipv4(segment)),
        ("loopback, IPv6 of macOS", 0, [30, 0, 0, 0] + Packets.ipv6(segment)),
        ("loopback of OpenBSD", 108, [0, 0, 0, 24] + Packets.ipv6(segment)),
    ]

    @Test("link types", arguments: links)
    func link(_ name: String, _ type: UInt32, _ packet: [UInt8]) throws {
        var capture = CaptureOctets(.pcap, linkType: type)
        capture.add(packet, seconds: 1)
        #expect(try events(capture.octets).count == 1)
    }

    @Test("other traffic is passed over")
    func otherTraffic() throws {
        var capture = CaptureOctets(.pcap)
        capture.add(Packets.ethernet(type: 0x0806, [0, 1]), seconds: 1)
        capture.add(Packets.ethernet(Packets.ipv4(protocol: 17, [1, 2, 3])), seconds: 1)
        #expect(try events(capture.octets).isEmpty)
    }

    @Test("IPv6 extension headers are passed")
    func extensionHeaders() throws {
        var capture = CaptureOctets(.pcap, linkType: 101)
        // Hop-by-hop with 8 octets, destination options with 16, then TCP.
        let headers: [UInt8] = [60, 0] + [UInt8](repeating: 1, count: 6) + [6, 1] + [UInt8](repeating: 1, count: 14)
        capture.add(Packets.ipv6(next: 0, headers + Self.segment), seconds: 1)
        let found = try events(capture.octets)
        #expect(found.first?.stream.controlling.description == "[2001:db8::1]:40000")
    }

    @Test("a packet that makes no sense is told, and reading goes on")
    func malformed() throws {
        var capture = CaptureOctets(.pcap, linkType: 101)
        capture.add([0x75, 0, 0, 0], seconds: 1)
        capture.add([0x41, 0, 0, 20] + [UInt8](repeating: 0, count: 16), seconds: 1)
        capture.add(Packets.ipv4([1, 2, 3]), seconds: 1)
        capture.add(Packets.ipv6(next: 0, [6, 9]), seconds: 1)
        capture.add(Packets.ipv4(Self.segment), seconds: 1)
        let file = try OctetFile(capture.octets)
        var feed = try CaptureFeed(path: file.path)
        var (faults, apdus) = ([String](), 0)
        while let item = feed.next() {
            switch item {
            case .malformed(let fault, _): faults.append("\(fault)")
            case .traffic(let events):
                apdus += events.filter { if case .apdu = $0.content { true } else { false } }.count
            }
        }
        #expect(
            faults == [
                "IP version 7", "IPv4: header length 4", "TCP: the header is cut off", "IPv6: the header is cut off",
            ])
        #expect(apdus == 1)
    }

    @Test(
        "a capture that breaks off anywhere in its last packet is read to there, and the fault says where",
        arguments: [CaptureOctets.Format.pcap, .pcapng])
    func truncated(_ format: CaptureOctets.Format) throws {
        var capture = CaptureOctets(format, linkType: 101)
        capture.add(Packets.ipv4(Self.segment), seconds: 1)
        let end = capture.octets.count
        capture.add(Packets.ipv4(Self.segment), seconds: 1)
        for length in end..<capture.octets.count {
            let file = try OctetFile(Array(capture.octets.prefix(length)))
            var feed = try CaptureFeed(path: file.path)
            var items = 0
            while feed.next() != nil { items += 1 }
            // The packet, and what is open at the end.
            #expect(items == 2)
            guard length > end else {
                #expect(feed.fault == nil)
                continue
            }
            let fault = feed.fault
            let text = try #require(fault).description
            #expect(text.hasPrefix("the capture can't be read beyond packet 1, octet \(end) of the file: truncated"))
            #expect(text.contains("tried to read") && text.contains("copy it again"))
        }
    }

    @Test("a packet that the snapshot length has cut isn't malformed, but what it lacks is told")
    func cut() throws {
        var capture = CaptureOctets(.pcap, linkType: 101)
        let packet = Packets.ipv4(Self.segment)
        capture.add(Array(packet.prefix(30)), of: packet.count, seconds: 1)
        capture.add(Array(packet.prefix(30)), seconds: 2)
        let file = try OctetFile(capture.octets)
        var feed = try CaptureFeed(path: file.path)
        var (texts, findings) = ([String](), [Finding]())
        let check = CaptureCheck(CheckParameters())
        while let item = feed.next() {
            guard case .malformed(let fault, let packet) = item else { continue }
            texts.append(fault.text(of: packet))
            findings += check.take(fault, in: packet)
        }
        #expect(
            texts == [
                "packet cut by the capture, which has kept 30 of 46 octets: TCP: the header is cut off",
                "malformed packet: TCP: the header is cut off",
            ])
        #expect(findings.map(\.frame) == [2])
        #expect(feed.cutPackets == 1)
    }

    @Test("what is no capture, and link types that aren't supported, are refused")
    func refused() throws {
        for octets in [[], [UInt8]("this is no capture at all, but text".utf8)] {
            let file = try OctetFile(octets)
            #expect(throws: CaptureFault.self) { _ = try CaptureFeed(path: file.path) }
        }
        let wireless = try OctetFile(CaptureOctets(.pcap, linkType: 105).octets)
        #expect(throws: CaptureFault.linkType("IEEE802_11")) { _ = try CaptureFeed(path: wireless.path) }
    }
}
